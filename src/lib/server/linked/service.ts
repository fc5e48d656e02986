import type { Known } from '#lib/domain/acting/marks.ts';
import {
	markersOf,
	markersOfKnown,
	share,
	type Detail,
	type Markers
} from '#lib/domain/linked/markers.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { answerDue } from '#lib/domain/standard/answer-limits.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { hashesOf, subjectHash } from '#lib/server/linked/hashes.ts';
import * as queries from '#lib/server/linked/queries.ts';
import { open, unwrapDataKey } from '#lib/server/sealing/seal.ts';

/** Somebody who is being set up in a case, or something of theirs that is about to change. */
export type Meeting = {
	readonly caseId: string;
	/** Whose it is; null while there is no participation yet. */
	readonly participationId: string | null;
	readonly about: Exclude<queries.About, 'linked_person'>;
	readonly name?: string;
	readonly details?: readonly Detail[];
};

/** The refusal of something that a person has to look at first. */
export type Stop = { readonly kind: 'check'; readonly meeting: Meeting };

/**
 * Asks whether what is about to be written may be. Stopped when it shares an address, a number, or
 * an initial and surname with a linked person or with somebody else in the case, and nobody has
 * looked at that yet. The caller writes nothing and gives the refusal to `orStop`.
 */
export async function mayMeet(ctx: Ctx, tx: Tx, meeting: Meeting): Promise<Result<void, Stop>> {
	const { caseId, participationId } = meeting;
	const markers = markersOf(meeting);
	const [linked, others, known] = await Promise.all([
		queries.meetsLinked(tx, ctx.actor, caseId, hashesOf(ctx.keys, caseId, markers)),
		queries.peopleOf(tx, ctx.actor, caseId),
		queries.wasKnown(tx, ctx.actor, caseId, subjectOf(ctx, meeting, markers))
	]);
	if (known) return ok(undefined);
	const stopped = { kind: 'check', meeting } as const;
	if (linked) return err(stopped);
	const people = await openPeople(ctx, others);
	const met = people.some((one) => one.id !== participationId && share(one.markers, markers));
	return met ? err(stopped) : ok(undefined);
}

/**
 * Whether each of some people who act, or are to act, shares something with a person linked to the
 * case: yes or no, and no more.
 */
export function meetsLinked(
	ctx: Ctx,
	tx: Tx,
	caseId: string,
	people: readonly Known[]
): Promise<readonly boolean[]> {
	return Promise.all(
		people.map((known) =>
			queries.meetsLinked(tx, ctx.actor, caseId, hashesOf(ctx.keys, caseId, markersOfKnown(known)))
		)
	);
}

/**
 * Gives what a command gave. When `mayMeet` stopped it, its transaction is undone by now: the check
 * is put on the list of those who work on the case, in a transaction of its own.
 */
export async function orStop<T, E>(
	ctx: Ctx,
	command: Promise<Result<T, E | Stop>>
): Promise<Result<T, E | 'check'>> {
	const outcome = await command;
	if (outcome.ok) return outcome;
	const { error } = outcome;
	if (!isStop(error)) return err(error);
	requireRole(ctx, 'officer', 'supervisor');
	const { meeting } = error;
	await within(ctx, (tx) => openOne(ctx, tx, { ...meeting, markers: markersOf(meeting) }));
	return err('check');
}

function isStop(error: unknown): error is Stop {
	return typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'check';
}

/** Opens a check for everybody in a case who shares something with a person just linked to it. */
export async function stopThoseWhoMeet(
	ctx: Ctx,
	tx: Tx,
	{ caseId, markers }: { readonly caseId: string; readonly markers: Markers }
): Promise<number> {
	const people = await openPeople(ctx, await queries.peopleOf(tx, ctx.actor, caseId));
	const met = people.filter((one) => share(one.markers, markers));
	for (const one of met) {
		const about = { caseId, participationId: one.id, about: 'linked_person' } as const;
		await openOne(ctx, tx, { ...about, markers });
	}
	return met.length;
}

type ToCheck = Pick<Meeting, 'caseId' | 'participationId'> & {
	readonly about: queries.About;
	readonly markers: Markers;
};

async function openOne(ctx: Ctx, tx: Tx, check: ToCheck): Promise<void> {
	const { caseId, participationId, about, markers } = check;
	const subject = subjectOf(ctx, check, markers);
	// As fast as an answer about safety: until somebody has looked, nobody is told anything.
	const dueAt = answerDue('C', ctx.clock());
	const opened = await queries.openCheck(ctx, tx, {
		...{ caseId, participationId, about, subject, dueAt }
	});
	if (opened) await record(ctx, tx, 'linked.check_opened', { participationId, subjectId: caseId });
}

function subjectOf(
	ctx: Ctx,
	{ caseId, participationId }: Pick<Meeting, 'caseId' | 'participationId'>,
	markers: Markers
): Buffer {
	return subjectHash(ctx.keys, caseId, { participationId, markers });
}

type Opened = { readonly id: string; readonly markers: Markers };

// A row for each way somebody is reached: opened together, as one person. Of who was erased
// nothing can be compared.
async function openPeople(ctx: Ctx, rows: readonly queries.PersonRow[]): Promise<Opened[]> {
	const people = [...Map.groupBy(rows, (row) => row.id)];
	const opened = people.map(async ([id, of]): Promise<Opened | null> => {
		const [first] = of;
		if (!first?.wrapped) return null;
		const key = await unwrapDataKey(ctx.keys, first.wrapped);
		const details = await Promise.all(
			of.flatMap(({ channel, value_sealed: sealed }) =>
				channel === null || sealed === null
					? []
					: [open<string>(key, sealed).then((value) => ({ channel, value }))]
			)
		);
		const name = await open<string>(key, first.name_sealed);
		return { id, markers: markersOf({ name, details }) };
	});
	return (await Promise.all(opened)).filter((one) => one !== null);
}
