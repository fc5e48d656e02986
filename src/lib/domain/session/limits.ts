/** How long a session lives, in seconds: without a request from the person, and in all. */
export type SessionLimits = { idle: number; absolute: number };

/** The limits of one force: victims are on shared phones, staff at desks all day. */
export type LimitSettings = { victim: SessionLimits; staff: SessionLimits };

const minute = 60;
const hour = 60 * minute;

/**
 * What holds in a force that has set nothing else. A force's own are in its row, and PostgreSQL
 * applies them; a test compares the two.
 */
export const standardLimits: LimitSettings = {
	victim: { idle: 10 * minute, absolute: 2 * hour },
	staff: { idle: 15 * minute, absolute: 8 * hour }
};

/** Beyond what no force can go, either way; the same in PostgreSQL. */
export const limitBounds: Readonly<
	Record<keyof LimitSettings, { leastIdle: number; mostIdle: number; mostAbsolute: number }>
> = {
	victim: { leastIdle: 5 * minute, mostIdle: 30 * minute, mostAbsolute: 4 * hour },
	staff: { leastIdle: 5 * minute, mostIdle: hour, mostAbsolute: 12 * hour }
};

/** How long, in seconds, a secret given again opens what is of class C. */
export const stepUpSeconds = 5 * minute;

/** How long before the end, in seconds, a person is told and can stay. */
export const warningSeconds = 2 * minute;

/** When a session ends if the person does nothing, and when it ends whatever they do. */
export type Stay = { readonly until: Date; readonly last: Date };

/** Takes when a person was last seen, their idle limit and the session's end; gives when it ends. */
export function stayOf(session: { seenAt: Date; idleSeconds: number; expiresAt: Date }): Stay {
	const idleEnd = session.seenAt.getTime() + session.idleSeconds * 1_000;
	const last = session.expiresAt;
	return { until: new Date(Math.min(idleEnd, last.getTime())), last };
}
