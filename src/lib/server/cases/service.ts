import { randomUUID } from 'node:crypto';
import type { Category } from '#lib/domain/case/category.ts';
import { tierFits } from '#lib/domain/case/tier.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { assessmentDue } from '#lib/domain/standard/answer-limits.ts';
import type { Insider } from '#lib/forms/insider.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as queries from '#lib/server/cases/queries.ts';
import {
	brokenConstraint,
	caseReference,
	personReference,
	withNewReferences
} from '#lib/server/cases/references.ts';
import {
	assign,
	insertCase,
	insertPerson,
	type CaseRow,
	type NewPerson
} from '#lib/server/cases/writes.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import * as linked from '#lib/server/linked/service.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { setUp, type SetUpRefusal } from '#lib/server/restricted/setup.ts';
import { firstUse } from '#lib/server/submission.ts';

export type { NewPerson };

/** What an officer says to open a case. */
export type NewCase = {
	/** As `crimeReference` of the domain gives it. */
	readonly crimeReference: string;
	readonly category: Category;
	readonly reportedAt: Date;
	readonly person: NewPerson;
	/** Whether it is kept to named people; left out: no. */
	readonly insider?: Insider;
};

/** A case just opened: its id and reference, the first participation and its reference. */
export type Opened = {
	readonly caseId: string;
	readonly reference: string;
	readonly participationId: string;
	readonly person: string;
};

export type OpenRefusal = 'duplicate' | 'in_future' | 'no_team' | 'tier' | SetUpRefusal;

/**
 * Opens a case with its first victim; the officer who acts becomes the officer in it. `key` makes
 * a second press of one form give the case that the first opened. Refused: a crime reference that
 * has a case, a report in the future, an officer of no team, a tier that its grounds do not fit.
 */
export async function open(
	ctx: Ctx,
	opening: NewCase,
	key?: string
): Promise<Result<Opened, OpenRefusal>> {
	requireRole(ctx, 'officer');
	const { teamId } = ctx.actor;
	if (teamId === null) return err('no_team');
	if (opening.reportedAt > ctx.clock()) return err('in_future');
	if (!tierFits(opening.person.tier, opening.person.grounds)) return err('tier');
	try {
		return await withNewReferences(() =>
			within(ctx, async (tx) => {
				if (key !== undefined && !(await firstUse(ctx, tx, key))) return again(ctx, tx, opening);
				return storeCase(ctx, tx, opening, teamId);
			})
		);
	} catch (error) {
		if (brokenConstraint(error) === 'crime_case_crime_reference_unique') return err('duplicate');
		throw error;
	}
}

export type AddRefusal = 'tier' | 'repeated' | 'check' | SetUpRefusal;

/** A person just added: the participation and its reference. */
export type Added = { readonly participationId: string; readonly person: string };

/**
 * Adds another victim to a case, with an assessment counted from now. Refused: a tier that its
 * grounds do not fit, a form that was taken before, and a label that nobody is known by. `check`: a
 * person has to look first, because they may be somebody in the case or linked to it.
 */
export async function addVictim(
	ctx: Ctx,
	reference: string,
	person: NewPerson,
	key?: string,
	insider?: Insider
): Promise<Result<Added, AddRefusal>> {
	requireRole(ctx, 'officer');
	if (!tierFits(person.tier, person.grounds)) return err('tier');
	const adding = withNewReferences(() =>
		within(ctx, async (tx): Promise<Result<Added, Exclude<AddRefusal, 'check'> | linked.Stop>> => {
			if (key !== undefined && !(await firstUse(ctx, tx, key))) return err('repeated');
			return storeVictim(ctx, tx, reference, person, insider);
		})
	);
	return linked.orStop(ctx, adding);
}

/**
 * Gives a participation the account its person signs in with, once. Taken: it has one already.
 */
export async function attachAccount(
	ctx: Ctx,
	participationId: string,
	accountId: string
): Promise<Result<void, 'taken'>> {
	requireRole(ctx, 'officer', 'supervisor');
	return within(ctx, async (tx) => {
		const known = await queries.accountOf(tx, ctx.actor, participationId);
		if (!known) throw notFound();
		if (!(await queries.setAccount(tx, ctx.actor, participationId, accountId))) return err('taken');
		await record(ctx, tx, 'account.changed', { participationId, subjectId: accountId });
		return ok(undefined);
	});
}

/**
 * Makes another officer of the team the officer in a case. `seen` is the assignment that the
 * supervisor was shown: when it is no longer the one that holds, somebody else changed it (stale).
 */
export async function reassign(
	ctx: Ctx,
	reference: string,
	{ to, seen, key }: { to: string; seen: string; key?: string }
): Promise<Result<void, 'stale' | 'not_an_officer' | 'same'>> {
	requireRole(ctx, 'supervisor');
	return within(ctx, async (tx) => {
		if (key !== undefined && !(await firstUse(ctx, tx, key))) return ok(undefined);
		const [found, officers] = await Promise.all([
			queries.caseIds(tx, ctx.actor, reference),
			queries.officersOfTeam(tx, ctx.actor, reference)
		]);
		if (!found) throw notFound();
		if (!officers.some((officer) => officer.id === to)) return err('not_an_officer');
		if (found.officer_id === to) return err('same');
		const ended = await queries.endAssignment(tx, ctx.actor, {
			id: seen,
			caseId: found.id,
			at: ctx.clock()
		});
		if (!ended) return err('stale');
		await assign(ctx, tx, found.id, to);
		await record(ctx, tx, 'case.reassigned', { subjectId: found.id });
		await tell(ctx, tx, [{ accountId: to, participationId: null, kind: 'staff_work' }]);
		return ok(undefined);
	});
}

async function storeVictim(
	ctx: Ctx,
	tx: Tx,
	reference: string,
	person: NewPerson,
	insider?: Insider
): Promise<Result<Added, SetUpRefusal | linked.Stop>> {
	const found = await queries.caseIds(tx, ctx.actor, reference);
	if (!found) throw notFound();
	const meeting = { caseId: found.id, participationId: null, about: 'new_person' } as const;
	const may = await linked.mayMeet(ctx, tx, { ...meeting, name: person.name });
	if (!may.ok) return may;
	const added = {
		...person,
		reference: personReference(ctx.draw),
		assessmentDue: due(person, ctx.clock())
	};
	const participationId = await insertPerson(ctx, tx, found.id, added);
	await record(ctx, tx, 'participation.added', { participationId, subjectId: found.id });
	const kept = insider ? await setUp(ctx, tx, found.id, insider) : ok(undefined);
	if (!kept.ok) return kept;
	return ok({ participationId, person: added.reference });
}

async function storeCase(
	ctx: Ctx,
	tx: Tx,
	opening: NewCase,
	teamId: string
): Promise<Result<Opened, SetUpRefusal>> {
	const { crimeReference, category, reportedAt, person, insider } = opening;
	const row: CaseRow = {
		...{ id: randomUUID(), reference: caseReference(ctx.draw) },
		...{ crimeReference, category, reportedAt, teamId }
	};
	await insertCase(ctx, tx, row);
	const first = {
		...person,
		reference: personReference(ctx.draw),
		assessmentDue: due(person, reportedAt)
	};
	const participationId = await insertPerson(ctx, tx, row.id, first);
	await record(ctx, tx, 'case.opened', { subjectId: row.id });
	await record(ctx, tx, 'participation.added', { participationId, subjectId: row.id });
	const kept = insider ? await setUp(ctx, tx, row.id, insider) : ok(undefined);
	if (!kept.ok) return kept;
	return ok({
		...{ caseId: row.id, reference: row.reference },
		...{ participationId, person: first.reference }
	});
}

async function again(ctx: Ctx, tx: Tx, opening: NewCase): Promise<Result<Opened, OpenRefusal>> {
	const opened = await queries.firstOfCase(tx, ctx.actor, opening.crimeReference);
	return opened ? ok(opened) : err('duplicate');
}

function due(person: NewPerson, from: Date): Date {
	return assessmentDue(person.tier, from);
}
