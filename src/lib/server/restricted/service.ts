import type { Role } from '#lib/domain/access/role.ts';
import type { AccessAct, ListAct, ListRefusal } from '#lib/domain/restricted/insider.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { once } from '#lib/server/once.ts';
import * as queries from '#lib/server/restricted/queries.ts';
import { oneOf, work } from '#lib/server/restricted/setup.ts';
import { openForForce, sealForForce } from '#lib/server/sealing/seal.ts';

/** Somebody on a list. */
export type Listed = {
	readonly id: string;
	readonly label: string;
	readonly role: Role;
	readonly you: boolean;
};

/** Something that was done to the lists; `reason` is empty when the case was set up so. */
export type AccessLine = {
	readonly sequence: number;
	readonly act: AccessAct;
	readonly whom: string | null;
	readonly by: string;
	readonly at: Date;
	readonly reason: string;
};

/** Who may see a case, and how that came about. */
export type AccessPage = {
	readonly reference: string;
	readonly restricted: boolean;
	readonly named: readonly Listed[];
	readonly barred: readonly Listed[];
	readonly lines: readonly AccessLine[];
	/** Somebody asked for the restriction to be lifted; `own` when it was the reader. */
	readonly ask: { readonly by: string; readonly own: boolean } | null;
	/** Desks that a victim may ask where nobody is named. */
	readonly empty: readonly string[];
	readonly mayRestrict: boolean;
	/** Whether the reader works on the case, and has its page. */
	readonly worksOnIt: boolean;
};

/** Gives who may see a case, to those who may change that; the look is written down. */
export async function read(ctx: Ctx, reference: string): Promise<AccessPage> {
	requireRole(ctx, 'officer', 'supervisor', 'agency_desk');
	const { actor } = ctx;
	const [found, lists, changes, empty] = await within(ctx, async (tx) => {
		const one = await theCase(tx, ctx, reference);
		const [people, done, desks] = await Promise.all([
			queries.readLists(tx, actor, one.id),
			queries.readChanges(tx, actor, one.id),
			one.restricted ? queries.desksWithoutAnyone(tx, actor, one.id) : [],
			record(ctx, tx, 'case.access_viewed', { subjectId: one.id })
		]);
		return [one, people, done, desks] as const;
	});
	const onList = (kind: 'named' | 'barred'): Listed[] =>
		lists.filter((row) => row.kind === kind).map((row) => listedOf(ctx, row));
	return {
		reference,
		restricted: found.restricted,
		named: found.restricted ? onList('named') : [],
		barred: onList('barred'),
		lines: await Promise.all(changes.map((row) => lineOf(ctx, row))),
		ask: askOf(ctx, changes),
		empty: empty.map((desk) => desk.name),
		mayRestrict: !found.restricted && actor.role === 'officer',
		worksOnIt: actor.role !== 'agency_desk'
	};
}

/** Whether the actor may still see who may see a case. */
export async function maySee(ctx: Ctx, reference: string): Promise<boolean> {
	requireRole(ctx, 'officer', 'supervisor', 'agency_desk');
	return (await within(ctx, (tx) => queries.accessCase(tx, ctx.actor, reference))) !== null;
}

/** Keeps a case to its officer who acts, and whom they name from then on. */
export async function restrict(
	ctx: Ctx,
	reference: string,
	{ reason, key }: { reason: string; key: string }
): Promise<Result<void, 'same'>> {
	requireRole(ctx, 'officer');
	return plainly(
		once<void, 'same'>(ctx, key, async (tx) => {
			const { id: caseId } = await theCase(tx, ctx, reference);
			const reasonSealed = await sealForForce(ctx.keys, reason);
			const outcome = await queries.restrictCase(ctx, tx, { caseId, reasonSealed });
			if (outcome !== 'done') return refusal(outcome);
			await record(ctx, tx, 'case.restricted', { subjectId: caseId });
			await tellStandards(ctx, tx, caseId);
			return ok(undefined);
		})
	);
}

/** Puts somebody, found by their label, on a list; what they see changes with it, at once. */
export async function add(
	ctx: Ctx,
	reference: string,
	form: { act: ListAct; label: string; reason: string; key: string }
): Promise<Result<void, ListRefusal>> {
	return change(ctx, reference, form, (tx) => oneOf(ctx, tx, form.label));
}

/** Takes somebody off the list they are on. Refused: the last officer who is named. */
export async function remove(
	ctx: Ctx,
	reference: string,
	form: { act: ListAct; accountId: string; reason: string; key: string }
): Promise<Result<void, ListRefusal>> {
	return change(ctx, reference, form, () => Promise.resolve(ok(form.accountId)));
}

/** Asks for a second person to agree that the restriction be lifted. */
export async function askLift(
	ctx: Ctx,
	reference: string,
	{ reason, key }: { reason: string; key: string }
): Promise<Result<void, 'same'>> {
	requireRole(ctx, 'officer', 'supervisor', 'agency_desk');
	return plainly(
		once<void, 'same'>(ctx, key, async (tx) => {
			const { id: caseId } = await theCase(tx, ctx, reference);
			const reasonSealed = await sealForForce(ctx.keys, reason);
			const outcome = await queries.askLift(ctx, tx, { caseId, reasonSealed });
			if (outcome !== 'done') return refusal(outcome);
			await record(ctx, tx, 'case.lift_asked', { subjectId: caseId });
			await tellStandards(ctx, tx, caseId);
			return ok(undefined);
		})
	);
}

/** Agrees that the restriction be lifted, or says no. Whoever asked may only take it back. */
export async function answerLift(
	ctx: Ctx,
	reference: string,
	form: { agree: boolean; reason: string; key: string }
): Promise<Result<void, 'same' | 'own'>> {
	requireRole(ctx, 'officer', 'supervisor', 'agency_desk');
	return plainly(
		once<void, 'same' | 'own'>(ctx, form.key, async (tx) => {
			const { id: caseId } = await theCase(tx, ctx, reference);
			const reasonSealed = await sealForForce(ctx.keys, form.reason);
			const { agree } = form;
			const outcome = await queries.answerLift(ctx, tx, { caseId, reasonSealed, agree });
			if (outcome !== 'done') return refusal(outcome);
			await record(ctx, tx, 'case.lift_answered', { subjectId: caseId });
			return ok(undefined);
		})
	);
}

type Change = { readonly act: ListAct; readonly reason: string; readonly key: string };

function change(
	ctx: Ctx,
	reference: string,
	{ act, reason, key }: Change,
	whom: (tx: Tx) => Promise<Result<string, ListRefusal>>
): Promise<Result<void, ListRefusal>> {
	requireRole(ctx, 'officer', 'supervisor', 'agency_desk');
	return plainly(
		once<void, ListRefusal>(ctx, key, async (tx) => {
			const { id: caseId } = await theCase(tx, ctx, reference);
			const found = await whom(tx);
			if (!found.ok) return found;
			const reasonSealed = await sealForForce(ctx.keys, reason);
			const about = { caseId, accountId: found.value, act, reasonSealed };
			const outcome = await queries.changeAccess(ctx, tx, about);
			if (outcome !== 'done') return refusal(outcome);
			await record(ctx, tx, 'case.access_changed', { subjectId: caseId });
			if (act === 'named') await tell(ctx, tx, [work(found.value)]);
			return ok(undefined);
		})
	);
}

async function theCase(tx: Tx, ctx: Ctx, reference: string): Promise<queries.AccessCase> {
	const found = await queries.accessCase(tx, ctx.actor, reference);
	if (!found) throw notFound();
	return found;
}

async function tellStandards(ctx: Ctx, tx: Tx, caseId: string): Promise<void> {
	const people = await queries.standardsPeople(tx, ctx.actor, caseId);
	await tell(ctx, tx, people.filter((id) => id !== ctx.actor.accountId).map(work));
}

function refusal<T extends string>(outcome: T): Result<void, Exclude<T, 'done' | 'not_found'>> {
	if (outcome === 'not_found') throw notFound();
	return err(outcome as Exclude<T, 'done' | 'not_found'>);
}

// A second press of one form is as good as the first.
async function plainly<E>(outcome: Promise<Result<unknown, E>>): Promise<Result<void, E>> {
	const done = await outcome;
	return done.ok ? ok(undefined) : done;
}

function listedOf(ctx: Ctx, row: queries.ListRow): Listed {
	return { ...row, label: row.label ?? '', you: row.id === ctx.actor.accountId };
}

async function lineOf(ctx: Ctx, row: queries.ChangeRow): Promise<AccessLine> {
	const { sequence, act, label: whom, made_label: by, made_at: at } = row;
	const reason = await openForForce<string>(ctx.keys, row.reason_sealed);
	return { sequence, act, whom, by, at, reason };
}

function askOf(ctx: Ctx, changes: readonly queries.ChangeRow[]): AccessPage['ask'] {
	const about: readonly AccessAct[] = ['restricted', 'lift_asked', 'lift_refused', 'lifted'];
	const last = changes.find((row) => about.includes(row.act));
	if (last?.act !== 'lift_asked') return null;
	return { by: last.made_label, own: last.made_by === ctx.actor.accountId };
}
