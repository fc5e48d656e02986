import type { CheckOutcome, Markers } from '#lib/domain/linked/markers.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { LinkedPerson } from '#lib/forms/linked-person.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as cases from '#lib/server/cases/queries.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { hashOf } from '#lib/server/linked/hashes.ts';
import { openNote, sealNote } from '#lib/server/linked/notes.ts';
import * as people from '#lib/server/linked/people.ts';
import * as queries from '#lib/server/linked/queries.ts';
import { stopThoseWhoMeet } from '#lib/server/linked/service.ts';
import { once } from '#lib/server/once.ts';
import { sealForForce } from '#lib/server/sealing/seal.ts';

/** A linked person as the list shows them. */
export type Linked = {
	readonly id: string;
	readonly role: 'suspect' | 'associate';
	readonly knows: readonly ('address' | 'number' | 'name')[];
	readonly addedBy: string;
	readonly addedAt: Date;
};

/** A stop: open until somebody has looked. */
export type Check = {
	readonly id: string;
	readonly about: queries.About;
	/** Whom it is about; null when they are not in the case yet. */
	readonly person: string | null;
	readonly owner: string;
	readonly openedBy: string;
	readonly openedAt: Date;
	readonly dueAt: Date;
	readonly ended: {
		readonly outcome: CheckOutcome;
		readonly note: string;
		readonly by: string;
		readonly at: Date;
	} | null;
};

export type LinkedPage = {
	readonly people: readonly Linked[];
	readonly open: readonly Check[];
	readonly ended: readonly Check[];
	/** Whether the reader may change who is linked; a supervisor looks and resolves. */
	readonly mayChange: boolean;
	readonly now: Date;
};

/** Gives who is linked to a case, and its checks; the look is written down. */
export async function read(ctx: Ctx, reference: string): Promise<LinkedPage> {
	requireRole(ctx, 'officer', 'supervisor');
	const [linked, rows] = await within(ctx, async (tx) => {
		const caseId = await caseOf(ctx, tx, reference);
		return Promise.all([
			people.linkedPeople(tx, ctx.actor, caseId),
			queries.checksOf(tx, ctx.actor, caseId),
			record(ctx, tx, 'linked.viewed', { subjectId: caseId })
		]);
	});
	const checks = await Promise.all(rows.map((row) => checkOf(ctx, row)));
	return {
		people: linked.map(linkedOf),
		open: checks.filter((check) => check.ended === null),
		ended: checks.filter((check) => check.ended !== null),
		mayChange: ctx.actor.role === 'officer',
		now: ctx.clock()
	};
}

/**
 * Links a suspect or an associate to a case: what is known of them is kept as keyed hashes and
 * cannot be read again by anybody. Gives how many people of the case share something with them.
 */
export async function add(
	ctx: Ctx,
	reference: string,
	one: LinkedPerson,
	formKey: string
): Promise<number> {
	requireRole(ctx, 'officer');
	const outcome = await once<number, never>(ctx, formKey, async (tx) => {
		const caseId = await caseOf(ctx, tx, reference);
		const hash = (kind: Parameters<typeof hashOf>[2], marker: string | null): Buffer | null =>
			marker === null ? null : hashOf(ctx.keys, caseId, kind, marker);
		const id = await people.addLinked(ctx, tx, caseId, {
			role: one.role,
			address: hash('addresses', one.address),
			number: hash('numbers', one.number),
			initial: hash('names', one.name),
			surname: hash('surname', one.surname)
		});
		if (id === null) throw notFound();
		await record(ctx, tx, 'linked.added', { subjectId: id });
		return ok(await stopThoseWhoMeet(ctx, tx, { caseId, markers: markersOfLinked(one) }));
	});
	return outcome.ok && outcome.value !== 'repeated' ? outcome.value : 0;
}

/** Takes a linked person off the list, with a reason. Refused: one who is not on it any more. */
export async function remove(
	ctx: Ctx,
	reference: string,
	{ id, reason }: { readonly id: string; readonly reason: string },
	formKey: string
): Promise<Result<void, 'gone'>> {
	requireRole(ctx, 'officer');
	const outcome = await once<void, 'gone'>(ctx, formKey, async (tx) => {
		const caseId = await caseOf(ctx, tx, reference);
		const reasonSealed = await sealForForce(ctx.keys, reason);
		if (!(await people.removeLinked(ctx, tx, caseId, { id, reasonSealed }))) return err('gone');
		await record(ctx, tx, 'linked.removed', { subjectId: id });
		return ok(undefined);
	});
	return outcome.ok ? ok(undefined) : outcome;
}

/** Ends a check, as somebody who has looked. Refused: one that somebody else has ended. */
export async function resolve(
	ctx: Ctx,
	reference: string,
	end: { readonly id: string; readonly outcome: CheckOutcome; readonly note: string },
	formKey: string
): Promise<Result<void, 'gone'>> {
	requireRole(ctx, 'officer', 'supervisor');
	const done = await once<void, 'gone'>(ctx, formKey, async (tx) => {
		const caseId = await caseOf(ctx, tx, reference);
		const held = await queries.holdCheck(tx, ctx.actor, caseId, end.id);
		if (!held) return err('gone');
		const { participation_id: participationId } = held;
		const noteSealed = await sealNote(ctx, tx, participationId, end.note);
		await queries.resolveCheck(ctx, tx, { ...end, caseId, noteSealed });
		await record(ctx, tx, 'linked.check_resolved', { participationId, subjectId: end.id });
		return ok(undefined);
	});
	return done.ok ? ok(undefined) : done;
}

async function caseOf(ctx: Ctx, tx: Tx, reference: string): Promise<string> {
	const found = await cases.caseIds(tx, ctx.actor, reference);
	if (!found) throw notFound();
	return found.id;
}

function markersOfLinked({ address, number, name }: LinkedPerson): Markers {
	const one = (marker: string | null): string[] => (marker === null ? [] : [marker]);
	return { addresses: one(address), numbers: one(number), names: one(name) };
}

function linkedOf(row: people.LinkedRow): Linked {
	const knows = (['address', 'number', 'name'] as const).filter((kind) => row[`has_${kind}`]);
	const { id, role, added_label: label, added_at: addedAt } = row;
	return { id, role, knows, addedBy: label ?? '', addedAt };
}

async function checkOf(ctx: Ctx, row: queries.CheckRow): Promise<Check> {
	const { id, about, person, opened_label: openedBy, opened_at: openedAt, due_at: dueAt } = row;
	const { outcome, resolved_at: at } = row;
	const ended =
		outcome === null || at === null
			? null
			: { outcome, at, by: row.resolved_label ?? '', note: await openNote(ctx, row) };
	return { id, about, person, owner: row.owner ?? '', openedBy, openedAt, dueAt, ended };
}
