import { randomUUID } from 'node:crypto';
import type { Category } from '#lib/domain/case/category.ts';
import type { Ground, Tier } from '#lib/domain/case/tier.ts';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import type { Language } from '#lib/i18n/languages.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { newDataKey, seal } from '#lib/server/sealing/seal.ts';

export type CaseRow = {
	readonly id: string;
	readonly reference: string;
	readonly crimeReference: string;
	readonly category: Category;
	readonly reportedAt: Date;
	readonly teamId: string;
};

/** A person to be added to a case. */
export type NewPerson = {
	readonly name: string;
	readonly role: Exclude<ParticipationRole, 'supporter_readonly'>;
	readonly language: Language;
	readonly tier: Tier;
	readonly grounds: readonly Ground[];
};

/** Stores a case, and the officer who acts as the officer in it. */
export async function insertCase(ctx: Ctx, tx: Tx, row: CaseRow): Promise<void> {
	const { forceId: force_id, accountId } = ctx.actor;
	const now = ctx.clock();
	await tx
		.insertInto('crime_case')
		.values({
			force_id,
			id: row.id,
			reference: row.reference,
			crime_reference: row.crimeReference,
			urn: null,
			category: row.category,
			reported_at: row.reportedAt,
			opened_at: now,
			team_id: row.teamId,
			closed_at: null
		})
		.execute();
	await assign(ctx, tx, row.id, accountId ?? '');
}

/** Makes someone the officer in a case that has none. */
export async function assign(ctx: Ctx, tx: Tx, caseId: string, accountId: string): Promise<void> {
	await tx
		.insertInto('case_assignment')
		.values({
			force_id: ctx.actor.forceId,
			case_id: caseId,
			account_id: accountId,
			kind: 'officer',
			began_at: ctx.clock(),
			ended_at: null
		})
		.execute();
}

/**
 * Stores a new victim with a data key of their own, their participation in a case, and an open
 * assessment that is due at `assessmentDue`. Gives the participation's id.
 */
export async function insertPerson(
	ctx: Ctx,
	tx: Tx,
	caseId: string,
	person: NewPerson & { readonly reference: string; readonly assessmentDue: Date }
): Promise<string> {
	const force_id = ctx.actor.forceId;
	const [victimId, id] = [randomUUID(), randomUUID()];
	const now = ctx.clock();
	const { key, wrapped } = await newDataKey(ctx.keys);
	await tx
		.insertInto('victim')
		.values({ force_id, id: victimId, name_sealed: await seal(key, person.name), created_at: now })
		.execute();
	await tx
		.insertInto('victim_key')
		.values({ force_id, victim_id: victimId, wrapped, made_at: now, destroyed_at: null })
		.execute();
	await tx
		.insertInto('participation')
		.values({
			force_id,
			id,
			case_id: caseId,
			victim_id: victimId,
			account_id: null,
			reference: person.reference,
			role: person.role,
			tier: person.tier,
			grounds: [...person.grounds],
			language: person.language,
			began_at: now,
			ended_at: null
		})
		.execute();
	await tx
		.insertInto('assessment')
		.values({
			force_id,
			id: randomUUID(),
			participation_id: id,
			state: 'open',
			started_at: now,
			due_at: person.assessmentDue,
			confirmed_at: null,
			confirmed_by: null,
			confirmed_label: null
		})
		.execute();
	return id;
}
