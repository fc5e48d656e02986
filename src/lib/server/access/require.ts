import type { Role } from '#lib/domain/access/role.ts';
import type { Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';

/** A service's first line: throws not found unless the actor has one of the roles. */
export function requireRole(ctx: Ctx, ...roles: readonly Role[]): void {
	if (!roles.some((role) => role === ctx.actor.role)) throw notFound();
}

/** Gives the victim's chosen participation; throws not found for anyone else. */
export function requireParticipation(ctx: Ctx): string {
	requireRole(ctx, 'victim');
	if (ctx.actor.participationId === null) throw notFound();
	return ctx.actor.participationId;
}

/** Gives the actor's account; throws not found for a machine. */
export function requireAccount(ctx: Ctx): string {
	if (ctx.actor.accountId === null) throw notFound();
	return ctx.actor.accountId;
}
