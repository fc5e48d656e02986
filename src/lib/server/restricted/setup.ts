import type { ListRefusal } from '#lib/domain/restricted/insider.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Insider } from '#lib/forms/insider.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { tell, type Tell } from '#lib/server/notice/tell.ts';
import * as queries from '#lib/server/restricted/queries.ts';
import { sealForForce } from '#lib/server/sealing/seal.ts';

/** A label that could not be put on a list while a case was being set up. */
export type SetUpRefusal = {
	readonly list: 'named' | 'barred';
	readonly label: string;
	readonly why: ListRefusal;
};

/**
 * Restricts a case that is being set up, when its people work where it could be read: to the
 * officer who acts and whom they name, with those shut out whom they bar.
 */
export async function setUp(
	ctx: Ctx,
	tx: Tx,
	caseId: string,
	insider: Insider
): Promise<Result<void, SetUpRefusal>> {
	if (!insider.restrict) return ok(undefined);
	// No reason is asked for twice: the answer on the form is the reason.
	const reasonSealed = await sealForForce(ctx.keys, '');
	const outcome = await queries.restrictCase(ctx, tx, { caseId, reasonSealed });
	if (outcome === 'not_found') throw notFound();
	const notices: Tell[] = [];
	for (const list of ['barred', 'named'] as const) {
		for (const label of insider[list]) {
			const found = await oneOf(ctx, tx, label);
			if (!found.ok) return err({ list, label, why: found.error });
			const change = { caseId, reasonSealed, accountId: found.value, act: list };
			const why = await queries.changeAccess(ctx, tx, change);
			if (why === 'not_found') throw notFound();
			if (why !== 'done' && why !== 'same') return err({ list, label, why });
			if (list === 'named' && why === 'done') notices.push(work(found.value));
		}
	}
	if (outcome === 'done') {
		await record(ctx, tx, 'case.restricted', { subjectId: caseId });
		const standards = await queries.standardsPeople(tx, ctx.actor, caseId);
		notices.push(...standards.map(work));
	}
	await tell(ctx, tx, notices);
	return ok(undefined);
}

/** Gives the one member of staff who is known by a label. */
export async function oneOf(
	ctx: Ctx,
	tx: Tx,
	label: string
): Promise<Result<string, 'unknown' | 'several'>> {
	const [first, second] = await queries.staffByLabel(tx, ctx.actor, label);
	if (!first) return err('unknown');
	return second ? err('several') : ok(first.id);
}

/** A notice that something waits, about no person: which case it is, they read after signing in. */
export function work(accountId: string): Tell {
	return { accountId, participationId: null, kind: 'staff_work' };
}
