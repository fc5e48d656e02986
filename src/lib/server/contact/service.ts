import { randomUUID } from 'node:crypto';
import type { MailAddress } from '#lib/domain/notice/address.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as queries from '#lib/server/contact/queries.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { personOf, type PersonView } from '#lib/server/needs/person.ts';
import * as rows from '#lib/server/needs/rows.ts';
import { open, seal, unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { firstUse } from '#lib/server/submission.ts';

/** What an officer sees of a person's mail: the address, and whether the person said it is safe. */
export type Mail = {
	readonly address: string | null;
	readonly safe: 'safe' | 'unsafe' | 'unknown';
	readonly confirmedAt: Date | null;
};

/** Where a person of one of the actor's cases stands, by the two references in a staff address. */
type Place = { readonly reference: string; readonly person: string };

/** Gives a person of one of the actor's cases with their mail address; the read is written down. */
export async function mail(ctx: Ctx, place: Place): Promise<{ person: PersonView; mail: Mail }> {
	requireRole(ctx, 'officer', 'supervisor');
	const { actor } = ctx;
	const [row, who, found] = await within(ctx, (tx) =>
		Promise.all([
			queries.personMail(tx, actor, place.person),
			rows.readParticipation(tx, actor, place),
			rows.readPerson(tx, actor, place),
			rows.recordView(ctx, tx, place)
		])
	);
	if (!row || !who || !found) throw notFound();
	return { person: await personOf(ctx, who, found), mail: await mailOf(ctx, row) };
}

/**
 * Records, after a person was asked by a route known to be safe, their mail address and whether
 * mail to it is safe. The address before it is kept as replaced, and never used again.
 */
export async function confirmMail(
	ctx: Ctx,
	person: string,
	told: { address: MailAddress; safe: boolean },
	formKey: string
): Promise<void> {
	requireRole(ctx, 'officer', 'supervisor');
	const accountId = requireAccount(ctx);
	await within(ctx, async (tx) => {
		const found = await queries.personMail(tx, ctx.actor, person);
		if (!found?.wrapped) throw notFound();
		if (!(await firstUse(ctx, tx, formKey))) return;
		const key = await unwrapDataKey(ctx.keys, found.wrapped);
		await queries.replaceMail(tx, ctx.actor, found.victim_id);
		await queries.insertMail(tx, {
			force_id: ctx.actor.forceId,
			id: randomUUID(),
			victim_id: found.victim_id,
			channel: 'mail',
			value_sealed: await seal(key, told.address),
			safe: told.safe ? 'safe' : 'unsafe',
			state: 'confirmed',
			confirmed_by: accountId,
			confirmed_at: ctx.clock()
		});
		await record(ctx, tx, 'safety.changed', { participationId: found.id });
	});
}

async function mailOf(ctx: Ctx, row: queries.MailRow): Promise<Mail> {
	if (row.value_sealed === null || row.wrapped === null) {
		return { address: null, safe: 'unknown', confirmedAt: null };
	}
	const key = await unwrapDataKey(ctx.keys, row.wrapped);
	return {
		address: await open<string>(key, row.value_sealed),
		safe: row.safe ?? 'unknown',
		confirmedAt: row.confirmed_at
	};
}
