import type { Ctx } from '#lib/server/context.ts';

/**
 * Whether the person who acts showed a few minutes ago that it is still them: staff with a code,
 * victims with their secret. Asked before invitations, disclosures, exports and changes of accounts.
 */
export function isFresh(ctx: Ctx): boolean {
	const until = ctx.actor.steppedUpUntil;
	return until !== null && until > ctx.clock();
}
