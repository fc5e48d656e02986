import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** A session as the database's functions give it. */
export type SessionRow = {
	id: string;
	account_id: string;
	participation_id: string | null;
	view: 'plain' | 'full';
	last_seen: Date;
	expires_at: Date;
	/** Not in a list: only who asks needs it. */
	idle_seconds?: number;
	stepped_up_until: Date | null;
};

/** What comes with it of its account. */
export type AccountRow = {
	role: Role;
	desk_id: string | null;
	team_id: string | null;
	controller_id: string | null;
	staff_label: string | null;
	language: string;
	private_device: boolean;
};

/** How rows become Lucia's attributes and a new session's attributes become columns. */
export type AttributeMapping = {
	session(row: SessionRow): DatabaseSession['attributes'];
	account(row: AccountRow): DatabaseUser['attributes'];
	columns(attributes: DatabaseSession['attributes']): Pick<SessionRow, 'view' | 'participation_id'>;
};

export type AdapterOptions = {
	forceId: string;
	/** Whether looking a session up leaves its idle time running: true for what no person asked for. */
	background: boolean;
	attributes: AttributeMapping;
	/** Where the session functions are. */
	schema?: string;
};

const sessionColumns = sql`id, account_id, participation_id, view, last_seen, expires_at, stepped_up_until`;
const accountColumns = sql`role, desk_id, team_id, controller_id, staff_label, language, private_device`;

/**
 * Lucia's store within one force, on the session functions of PostgreSQL. It stores the id it is
 * given: that this is a hash and never the cookie's token is the care of `sessions.ts`.
 */
export class KyselyAdapter implements Adapter {
	readonly #db: Kysely<Database>;
	readonly #options: AdapterOptions;

	constructor(db: Kysely<Database>, options: AdapterOptions) {
		this.#db = db;
		this.#options = options;
	}

	/** The session, if it is within its limits, and its account, if that is active: both or neither. */
	async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const { forceId, background, attributes } = this.#options;
		const { rows } = await sql<SessionRow & AccountRow>`
			select ${sessionColumns}, idle_seconds, ${accountColumns} from ${this.#function('session_find')}(
				${forceId}, ${id}, ${background}
			)`.execute(this.#db);
		const [row] = rows;
		if (!row) return [null, null];
		return [this.#session(row), { id: row.account_id, attributes: attributes.account(row) }];
	}

	/** Every session of the account that is within its limits. */
	async getUserSessions(accountId: string): Promise<DatabaseSession[]> {
		const { rows } = await sql<SessionRow>`
			select ${sessionColumns}
			from ${this.#function('session_list')}(${this.#options.forceId}, ${accountId})
			`.execute(this.#db);
		return rows.map((row) => this.#session(row));
	}

	async setSession(session: DatabaseSession): Promise<void> {
		const { view, participation_id } = this.#options.attributes.columns(session.attributes);
		await this.#call(
			'session_put',
			sql`${session.id}, ${session.userId}, ${session.expiresAt}, ${view}, ${participation_id}`
		);
	}

	async updateSessionExpiration(id: string, expiresAt: Date): Promise<void> {
		await this.#call('session_extend', sql`${id}, ${expiresAt}`);
	}

	async deleteSession(id: string): Promise<void> {
		await this.#call('session_end', sql`${id}`);
	}

	/** Ends every session of the account, but for the one with the id `but` if that is given. */
	async deleteUserSessions(accountId: string, but: string | null = null): Promise<void> {
		await this.#call('session_end_all', sql`${accountId}, ${but}`);
	}

	async deleteExpiredSessions(): Promise<void> {
		await sql`select ${this.#function('session_purge')}(${this.#options.forceId})`.execute(
			this.#db
		);
	}

	async #call(name: string, rest: RawBuilder<unknown>): Promise<void> {
		const { forceId } = this.#options;
		await sql`select ${this.#function(name)}(${forceId}, ${rest})`.execute(this.#db);
	}

	#function(name: string): RawBuilder<unknown> {
		return sql.id(this.#options.schema ?? 'public', name);
	}

	#session(row: SessionRow): DatabaseSession {
		return {
			id: row.id,
			userId: row.account_id,
			expiresAt: row.expires_at,
			attributes: this.#options.attributes.session(row)
		};
	}
}
