import { err, ok, type Result } from '#lib/domain/result.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { stateOf } from '#lib/server/acting/page.ts';
import * as queries from '#lib/server/acting/queries.ts';
import type { Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import {
	invitable,
	issue,
	type Issued,
	type InviteRefusal
} from '#lib/server/invitations/issue.ts';
import type { Place } from '#lib/server/invitations/service.ts';
import { once } from '#lib/server/once.ts';

/**
 * Makes the code and second number of somebody who was approved, or a new way in when they have one:
 * an account of their own, never the victim's.
 */
export async function invite(
	ctx: Ctx,
	place: Place,
	{ id, formKey }: { readonly id: string; readonly formKey: string }
): Promise<Result<Issued, InviteRefusal | 'not_now' | 'repeated'>> {
	requireRole(ctx, 'officer');
	const outcome = await once<Issued, InviteRefusal | 'not_now'>(
		ctx,
		formKey,
		async (tx, takeTurns) => {
			const invited = await invitable(ctx, tx, place, takeTurns);
			if (!invited.ok) return invited;
			const row = await queries.oneActing(tx, ctx.actor, place, id);
			if (!row) throw notFound();
			if (stateOf(row, ctx.clock()) !== 'active') return err('not_now');
			const about = { participationId: invited.value.id, representativeId: id };
			return ok(await issue(ctx, tx, { ...about, signsIn: row.account_id !== null }));
		}
	);
	if (!outcome.ok) return outcome;
	return outcome.value === 'repeated' ? err('repeated') : ok(outcome.value);
}
