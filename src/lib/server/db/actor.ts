import { AsyncLocalStorage } from 'node:async_hooks';
import type { Role } from '#lib/domain/access/role.ts';

/** Who acts, as PostgreSQL's row security is told at the start of each transaction. */
export type DbActor = {
	readonly forceId: string;
	readonly accountId: string | null;
	readonly role: Role | 'agency_system' | 'worker';
	readonly deskId: string | null;
	readonly teamId: string | null;
	readonly controllerId: string | null;
};

const acting = new AsyncLocalStorage<DbActor>();

/** Runs `work` so that every transaction begun inside it is the actor's. */
export function actingAs<T>(actor: DbActor, work: () => Promise<T>): Promise<T> {
	return acting.run(actor, work);
}

/** Gives the SQL, one message, that begins a transaction as the current actor (or as nobody). */
export function beginAsActor(begin: string): string {
	const actor = acting.getStore();
	if (!actor) return begin;
	const settings: [string, string | null][] = [
		['force', actor.forceId],
		['account', actor.accountId],
		['role', actor.role],
		['desk', actor.deskId],
		['team', actor.teamId],
		['controller', actor.controllerId]
	];
	const calls = settings.map(
		([name, value]) => `set_config('waymark.${name}', '${plain(value)}', true)`
	);
	return `${begin}; select ${calls.join(', ')}`;
}

// Ids and role names only: anything else would have to be quoted, so it is refused.
function plain(value: string | null): string {
	if (value === null) return '';
	if (!/^[0-9a-z_-]{1,40}$/.test(value)) throw new Error('an actor is made of ids and role names');
	return value;
}
