import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { Role } from '#lib/domain/access/role.ts';
import type { AttributeMapping } from '#lib/server/auth/adapter.ts';

/** How much a screen shows: `plain` names nothing and nobody. */
export type View = 'plain' | 'full';

/** What a session carries beside its account and its end. */
export type SessionAttributes = {
	view: View;
	participationId: string | null;
	/** When the person last asked for something, to half a minute; null for a session just made. */
	seenAt: Date | null;
	/** The force's idle limit for this person; null where nobody asks for it. */
	idleSeconds: number | null;
	/** Until when the secret given again counts; null when it does not. */
	steppedUpUntil: Date | null;
};

/** What every request knows of the account it comes from. */
export type AccountAttributes = {
	role: Role;
	deskId: string | null;
	teamId: string | null;
	controllerId: string | null;
	staffLabel: string | null;
	language: string;
	privateDevice: boolean;
};

/** Between the columns of the session functions and the attributes above. */
export const attributes: AttributeMapping = {
	session: (row) => ({
		view: row.view,
		participationId: row.participation_id,
		seenAt: row.last_seen,
		idleSeconds: row.idle_seconds ?? null,
		steppedUpUntil: row.stepped_up_until
	}),
	account: (row) => ({
		role: row.role,
		deskId: row.desk_id,
		teamId: row.team_id,
		controllerId: row.controller_id,
		staffLabel: row.staff_label,
		language: row.language,
		privateDevice: row.private_device
	}),
	columns: ({ view, participationId }) => ({ view, participation_id: participationId })
};

/**
 * Lucia on `adapter`, for making sessions that end `period` seconds from now. Without a period it
 * looks sessions up and never prolongs one: Lucia would, after half of a period.
 */
export function luciaOn(adapter: Adapter, period = 0) {
	return new Lucia(adapter, {
		sessionExpiresIn: new TimeSpan(period, 's'),
		getSessionAttributes: (found) => found,
		getUserAttributes: (found) => found
	});
}

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof luciaOn>;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: AccountAttributes;
	}
}
