import type { Known } from '#lib/domain/acting/marks.ts';
import type { OpenableArea } from '#lib/domain/acting/opened.ts';
import { reviewDue } from '#lib/domain/acting/review.ts';
import { actingRolesFor, type ActingRole } from '#lib/domain/acting/roles.ts';
import { actingState, type ActingState, type Link } from '#lib/domain/acting/standing.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireRole } from '#lib/server/access/require.ts';
import * as queries from '#lib/server/acting/queries.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import type { Place } from '#lib/server/invitations/service.ts';
import { meetsLinked } from '#lib/server/linked/service.ts';
import { personOf, type PersonView } from '#lib/server/needs/person.ts';
import { keyOf } from '#lib/server/needs/reading.ts';
import * as rows from '#lib/server/needs/rows.ts';
import { open, type DataKey } from '#lib/server/sealing/seal.ts';

/** What is sealed of somebody who acts: who they are, and a child's date of birth. */
export type Who = Known & { readonly birth: string | null };

/** Words that somebody wrote about a decision, with who and when. */
export type Noted = { readonly by: string | null; readonly at: Date; readonly words: string };

/** Somebody who acts, is to act or acted for a person, as the police read it. */
export type ActingView = {
	readonly id: string;
	readonly role: ActingRole;
	readonly name: string;
	readonly number: string;
	readonly state: ActingState;
	readonly link: Link;
	/** Whether they share something with a person linked to the suspect as it stands now. */
	readonly meets: boolean;
	/** The officer who named them; null when the victim asked. */
	readonly askedBy: string | null;
	readonly askedAt: Date;
	readonly consentAt: Date | null;
	readonly untilAt: Date | null;
	readonly approved: { readonly by: string | null; readonly at: Date } | null;
	readonly cleared: Noted | null;
	readonly ended: Noted | null;
	readonly signsIn: boolean;
	readonly codeOpen: boolean;
	readonly conflict: Noted | null;
	readonly reviewed: Noted | null;
	/** Why the officer is to look at them now, and by when. */
	readonly review: ReturnType<typeof reviewDue>;
	/** What of the child's is open to them. */
	readonly opened: readonly (Noted & { readonly id: string; readonly area: OpenableArea })[];
};

export type ActingPage = {
	readonly person: PersonView;
	/** The parts that somebody may be given who acts for this person. */
	readonly roles: readonly ActingRole[];
	readonly people: readonly ActingView[];
	readonly mayChange: boolean;
	/** Whether the reader showed lately that it is still them. */
	readonly fresh: boolean;
};

/** Gives who acts for a person of the reader's cases; the read is written down. */
export async function read(ctx: Ctx, place: Place): Promise<ActingPage> {
	requireRole(ctx, 'officer', 'supervisor');
	const { actor } = ctx;
	return within(ctx, async (tx) => {
		const [who, found, acting, opened] = await Promise.all([
			rows.readParticipation(tx, actor, place),
			rows.readPerson(tx, actor, place),
			queries.actingFor(tx, actor, place),
			queries.openedTo(tx, actor, place),
			rows.recordView(ctx, tx, place)
		]);
		if (!who || !found) throw notFound();
		const key = await keyOf(ctx, who);
		const known = await Promise.all(acting.map((row) => whoOf(key, row)));
		const meets = await meetsLinked(ctx, tx, who.case_id, known);
		return {
			person: await personOf(ctx, who, found),
			roles: actingRolesFor(who.role),
			people: await Promise.all(
				acting.map((row, index) =>
					viewOf(key, row, {
						known: known[index] ?? nobody,
						meets: meets[index] ?? false,
						accountSince: who.account_since,
						opened: opened.filter((one) => one.representative_id === row.id),
						now: ctx.clock()
					})
				)
			),
			fresh: isFresh(ctx),
			mayChange: actor.role === 'officer'
		};
	});
}

const nobody: Who = { given: '', family: '', number: '', address: '', birth: null };

/** Opens who somebody is; nothing is known of one who was approved before it was kept. */
export async function whoOf(
	key: DataKey,
	row: { readonly who_sealed: string | null }
): Promise<Who> {
	return row.who_sealed === null ? nobody : open<Who>(key, row.who_sealed);
}

/** Gives a name as it is written on a page. */
export function nameOf({ given, family }: Known): string {
	return [given, family].filter((part) => part !== '').join(' ');
}

/** Gives where somebody stands, from what is stored. */
export function stateOf(row: queries.ActingRow, now: Date): ActingState {
	const { link, approved_at, until_at, revoked_at } = row;
	return actingState(
		{ link, approvedAt: approved_at, untilAt: until_at, revokedAt: revoked_at },
		now
	);
}

/** Gives why somebody is to be looked at now, from what is stored. */
export function reviewOf(
	row: queries.ActingRow,
	accountSince: Date | null,
	now: Date
): ReturnType<typeof reviewDue> {
	const { role, asked_at, until_at, conflict_at, reviewed_at } = row;
	const times = { askedAt: asked_at, untilAt: until_at, conflictAt: conflict_at };
	const facts = { role, state: stateOf(row, now), ...times, accountSince };
	return reviewDue({ ...facts, reviewedAt: reviewed_at }, now);
}

type About = {
	readonly known: Who;
	readonly meets: boolean;
	readonly accountSince: Date | null;
	readonly opened: Awaited<ReturnType<typeof queries.openedTo>>;
	readonly now: Date;
};

async function viewOf(key: DataKey, row: queries.ListedRow, about: About): Promise<ActingView> {
	const { known, meets, accountSince, now } = about;
	const [cleared, ended, conflict, reviewed, reasons] = await Promise.all([
		noted(key, row.cleared_at, row.cleared_label, row.cleared_sealed),
		noted(key, row.revoked_at, row.ended_label, row.ended_sealed),
		noted(key, row.conflict_at, row.conflict_label, row.conflict_sealed),
		noted(key, row.reviewed_at, row.reviewed_label, row.reviewed_sealed),
		Promise.all(about.opened.map((one) => open<string>(key, one.reason_sealed)))
	]);
	return {
		...{ id: row.id, role: row.role, name: nameOf(known), number: known.number },
		...{ state: stateOf(row, now), link: row.link, meets, cleared, ended, conflict, reviewed },
		...{ askedBy: row.asked_label, askedAt: row.asked_at, consentAt: row.consent_at },
		untilAt: row.until_at,
		approved: row.approved_at && { by: row.approved_label, at: row.approved_at },
		...{ signsIn: row.account_id !== null, codeOpen: row.code_open },
		review: reviewOf(row, accountSince, now),
		opened: about.opened.map((one, index) => ({
			...{ id: one.id, area: one.area, by: one.opened_label, at: one.opened_at },
			words: reasons[index] ?? ''
		}))
	};
}

async function noted(
	key: DataKey,
	at: Date | null,
	by: string | null,
	sealed: string | null
): Promise<Noted | null> {
	if (at === null) return null;
	return { by, at, words: sealed === null ? '' : await open<string>(key, sealed) };
}
