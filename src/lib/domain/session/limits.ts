import type { Role } from '#lib/domain/access/role.ts';

/** How long a session lives, in seconds: without a request from the person, and in all. */
export type SessionLimits = { idle: number; absolute: number };

/** The limits of one force: victims are on shared phones, staff at desks all day. */
export type LimitSettings = { victim: SessionLimits; staff: SessionLimits };

const minute = 60;
const hour = 60 * minute;

/** What holds in a force that has set nothing else. */
export const standardLimits: LimitSettings = {
	victim: { idle: 10 * minute, absolute: 2 * hour },
	staff: { idle: 15 * minute, absolute: 8 * hour }
};

/** How long, in seconds, a secret given again opens what is of class C. */
export const stepUpSeconds = 5 * minute;

/** Takes a role and, where the force has its own, its settings; gives the limits in seconds. */
export function limitsFor(role: Role, settings: LimitSettings = standardLimits): SessionLimits {
	return role === 'victim' ? settings.victim : settings.staff;
}
