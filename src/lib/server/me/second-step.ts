import type { Result } from '#lib/domain/result.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';

/** Gives the second step of the person who asks. */
export async function read(ctx: Ctx, holder: secondStep.Holder): Promise<secondStep.SecondStep> {
	requireRole(ctx, 'victim');
	const step = await secondStep.find(holder);
	if (!step) throw notFound();
	return step;
}

/** Turns the second step on; gives the codes to keep. Refuses as `secondStep.accept` does. */
export async function accept(
	ctx: Ctx,
	holder: secondStep.Holder,
	given: { sealed: string; typed: string }
): Promise<Result<{ codes: readonly string[] }, 'wrong' | 'gone'>> {
	requireRole(ctx, 'victim');
	const accepted = await secondStep.accept(holder, given);
	if (accepted.ok) await changed(ctx);
	return accepted;
}

/** Makes new codes to keep; null when the secret was not given lately or there is no second step. */
export async function newCodes(
	ctx: Ctx,
	holder: secondStep.Holder
): Promise<readonly string[] | null> {
	requireRole(ctx, 'victim');
	const codes = await secondStep.newCodes(holder);
	if (codes) await changed(ctx);
	return codes;
}

/** Turns the second step off; false when the secret was not given lately or there is none. */
export async function turnOff(ctx: Ctx, holder: secondStep.Holder): Promise<boolean> {
	requireRole(ctx, 'victim');
	const gone = await secondStep.remove(holder);
	if (gone) await changed(ctx);
	return gone;
}

async function changed(ctx: Ctx): Promise<void> {
	const subjectId = requireAccount(ctx);
	await within(ctx, (tx) => record(ctx, tx, 'second_step.changed', { subjectId }));
}
