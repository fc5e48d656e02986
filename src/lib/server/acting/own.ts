import { randomUUID } from 'node:crypto';
import type { OpenableArea } from '#lib/domain/acting/opened.ts';
import { actingRules, type Act, type ActingRole } from '#lib/domain/acting/roles.ts';
import type { ActingState } from '#lib/domain/acting/standing.ts';
import { endOf, type UntilFault } from '#lib/domain/acting/until.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount, requireParticipation } from '#lib/server/access/require.ts';
import { nameOf, stateOf, whoOf } from '#lib/server/acting/page.ts';
import * as queries from '#lib/server/acting/queries.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { keyOf } from '#lib/server/needs/reading.ts';
import { officersOf, readParticipation } from '#lib/server/needs/rows.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { once } from '#lib/server/once.ts';
import { open, seal } from '#lib/server/sealing/seal.ts';

/** Somebody who can see one's case or is to, as its victim reads it. */
export type MyPerson = {
	readonly id: string;
	readonly role: ActingRole;
	readonly name: string;
	/** Why an approval takes longer is not said: it would tell who is linked to whom. */
	readonly state: Exclude<ActingState, 'stopped'>;
	readonly may: readonly Act[];
	readonly untilAt: Date | null;
	readonly endedAt: Date | null;
	readonly mayEnd: boolean;
	/** What of one's own an officer has opened to them, and why. */
	readonly opened: readonly {
		readonly area: OpenableArea;
		readonly by: string;
		readonly at: Date;
		readonly words: string;
	}[];
};

/** One's own people; or, for somebody who acts for another, how they do so and nothing else. */
export type MyPeople = {
	readonly people: readonly MyPerson[];
	readonly myPart: { readonly role: ActingRole; readonly untilAt: Date | null } | null;
};

/** Gives who can see the chosen case and what they may do. */
export async function read(ctx: Ctx): Promise<MyPeople> {
	const participationId = requireParticipation(ctx);
	const place = { participationId };
	return within(ctx, async (tx) => {
		const [own, who, acting, opened, part] = await Promise.all([
			queries.owns(tx, ctx.actor, participationId),
			readParticipation(tx, ctx.actor, place),
			queries.actingFor(tx, ctx.actor, place),
			queries.openedTo(tx, ctx.actor, place),
			queries.ownPart(tx, ctx.actor, participationId)
		]);
		if (!who) throw notFound();
		if (!own) {
			if (!part) throw notFound();
			return { people: [], myPart: { role: part.role, untilAt: part.until_at } };
		}
		const key = await keyOf(ctx, who);
		const people = acting.map(async (row): Promise<MyPerson> => {
			const state = stateOf(row, ctx.clock());
			const shown = state === 'stopped' ? 'waiting' : state;
			return {
				...{ id: row.id, role: row.role, name: nameOf(await whoOf(key, row)), state: shown },
				...{ may: actingRules[row.role].may, untilAt: row.until_at, endedAt: row.revoked_at },
				mayEnd: row.role === 'supporter_readonly' && state !== 'ended' && state !== 'over',
				opened: await Promise.all(
					opened
						.filter((one) => state === 'active' && one.representative_id === row.id)
						.map(async ({ area, opened_label: by, opened_at: at, reason_sealed }) => ({
							...{ area, by, at },
							words: await open<string>(key, reason_sealed)
						}))
				)
			};
		});
		return { people: await Promise.all(people), myPart: null };
	});
}

/** Whom a victim asks to let read their case, and until when. */
export type Asked = {
	readonly given: string;
	readonly family: string;
	readonly number: string;
	readonly until: string | null;
};

/** Asks for a supporter who reads until a day; an officer must approve it first. */
export async function ask(
	ctx: Ctx,
	{ until, ...asked }: Asked,
	formKey: string
): Promise<Result<void, 'step_up' | UntilFault>> {
	const participationId = requireParticipation(ctx);
	const accountId = requireAccount(ctx);
	if (!isFresh(ctx)) return err('step_up');
	const role = 'supporter_readonly';
	const end = endOf(role, { birth: null, until }, ctx.clock());
	if (!end.ok) return end;
	await once<void, never>(ctx, formKey, async (tx, takeTurns) => {
		await takeTurns(participationId);
		const [own, who] = await Promise.all([
			queries.owns(tx, ctx.actor, participationId),
			readParticipation(tx, ctx.actor, { participationId })
		]);
		if (!own || !who) throw notFound();
		const id = randomUUID();
		await queries.insertActing(tx, {
			...{ force_id: ctx.actor.forceId, id, participation_id: participationId, role },
			...{ asked_by: accountId, asked_at: ctx.clock(), consent_at: ctx.clock() },
			who_sealed: await seal(await keyOf(ctx, who), { ...asked, address: '', birth: null }),
			until_at: end.value
		});
		await record(ctx, tx, 'acting.named', { participationId, subjectId: id });
		const officers = await officersOf(tx, ctx.actor, who.case_id);
		await tell(
			ctx,
			tx,
			officers.map((officer) => ({ accountId: officer, participationId, kind: 'staff_work' }))
		);
		return ok(undefined);
	});
	return ok(undefined);
}

/** Takes back what a supporter was allowed: at once, with every session that they have. */
export async function takeBack(
	ctx: Ctx,
	id: string,
	formKey: string
): Promise<Result<void, 'step_up'>> {
	const participationId = requireParticipation(ctx);
	if (!isFresh(ctx)) return err('step_up');
	await once<void, never>(ctx, formKey, async (tx, takeTurns) => {
		await takeTurns(participationId);
		const [own, row] = await Promise.all([
			queries.owns(tx, ctx.actor, participationId),
			queries.oneActing(tx, ctx.actor, { participationId }, id)
		]);
		if (!own || row?.role !== 'supporter_readonly') throw notFound();
		if (row.revoked_at !== null) return ok(undefined);
		await queries.changeActing(tx, ctx.actor, id, { revoked_at: ctx.clock() });
		await record(ctx, tx, 'acting.ended', { participationId, subjectId: id });
		return ok(undefined);
	});
	return ok(undefined);
}
