import { randomUUID } from 'node:crypto';
import type { Role } from '#lib/domain/access/role.ts';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import type { Actor, Ctx } from '#lib/server/context.ts';
import { keyRing, lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';
import { newDataKey, seal, sealForForce } from '#lib/server/sealing/seal.ts';
import type { TestDatabase } from './database.ts';

/** Keys of the tests; nothing real is sealed with them. */
export const testKeys: KeyRing = keyRing({
	current: 'k1',
	keys: { k1: new Uint8Array(32).fill(7) }
});

export type TestCase = { id: string; reference: string; participationId: string; person: string };

export type World = {
	forceId: string;
	now: { at: Date };
	teamId: string;
	policeDeskId: string;
	serviceDeskId: string;
	forceControllerId: string;
	serviceControllerId: string;
	victim: Ctx;
	otherVictim: Ctx;
	officer: Ctx;
	otherOfficer: Ctx;
	supervisor: Ctx;
	caseworker: Ctx;
	serviceCaseworker: Ctx;
	/** The victim's case (officer assigned) and the other victim's (other officer). */
	case: TestCase;
	otherCase: TestCase;
	/** Makes another person of a role, and gives what services act with for them. */
	person(role: Role, more?: Partial<Actor>): Promise<Ctx>;
	/** Makes another case of an officer with one participation of a victim. */
	caseOf(officer: Ctx, victim: Ctx | null, role?: ParticipationRole): Promise<TestCase>;
};

/** Fills a test database with one force and its people, written as the tables' owner. */
export async function world(t: TestDatabase, slug = 'midshire'): Promise<World> {
	const forceId = randomUUID();
	const now = { at: new Date('2026-11-23T10:00:00Z') };
	const places = await theForce(t, forceId, slug);
	const person = (role: Role, more: Partial<Actor> = {}): Promise<Ctx> =>
		makePerson(t, places, now, role, more);
	const caseOf = (officer: Ctx, victim: Ctx | null, role: ParticipationRole = 'self') =>
		makeCase(t, places, officer, victim, role);

	const officer = await person('officer');
	const otherOfficer = await person('officer');
	const victim = await person('victim');
	const otherVictim = await person('victim');
	const mine = await caseOf(officer, victim);
	const other = await caseOf(otherOfficer, otherVictim);
	return {
		now,
		...places,
		victim: about(victim, mine),
		otherVictim: about(otherVictim, other),
		officer,
		otherOfficer,
		supervisor: await person('supervisor'),
		caseworker: await person('caseworker'),
		serviceCaseworker: await person('caseworker', {
			deskId: places.serviceDeskId,
			controllerId: places.serviceControllerId
		}),
		case: mine,
		otherCase: other,
		person,
		caseOf
	};
}

/** The same person with their participation in a case chosen. */
export function about(ctx: Ctx, chosen: TestCase): Ctx {
	return { ...ctx, actor: { ...ctx.actor, participationId: chosen.participationId } };
}

type Places = Pick<
	World,
	| 'forceId'
	| 'teamId'
	| 'policeDeskId'
	| 'serviceDeskId'
	| 'forceControllerId'
	| 'serviceControllerId'
>;

async function theForce(t: TestDatabase, forceId: string, slug: string): Promise<Places> {
	const { owner } = t;
	const [teamId, policeDeskId, serviceDeskId] = [randomUUID(), randomUUID(), randomUUID()];
	const [forceControllerId, serviceControllerId] = [randomUUID(), randomUUID()];
	const force_id = forceId;
	await owner
		.insertInto('force')
		.values({ id: forceId, slug, name: slug, origin: `https://${slug}.example.com` })
		.execute();
	await owner
		.insertInto('controller')
		.values([
			{ force_id, id: forceControllerId, kind: 'force', name: 'Midshire Police' },
			{ force_id, id: serviceControllerId, kind: 'service', name: 'Midshire Advocates' }
		])
		.execute();
	await owner.insertInto('team').values({ force_id, id: teamId, name: 'Team 1' }).execute();
	await owner
		.insertInto('desk')
		.values([
			{
				force_id,
				id: policeDeskId,
				controller_id: forceControllerId,
				kind: 'support',
				name: 'Victim care',
				next_desk_id: null
			},
			{
				force_id,
				id: serviceDeskId,
				controller_id: serviceControllerId,
				kind: 'support',
				name: 'Advocates',
				next_desk_id: null
			}
		])
		.execute();
	return { forceId, teamId, policeDeskId, serviceDeskId, forceControllerId, serviceControllerId };
}

const aYear = 365 * 86_400_000;

// Colleagues are found by what victims read of them, so no two may be called the same.
let collar = 1_000;
let reference = 10_000;

async function makePerson(
	t: TestDatabase,
	places: Places,
	now: { at: Date },
	role: Role,
	more: Partial<Actor>
): Promise<Ctx> {
	const id = randomUUID();
	const police = role === 'officer' || role === 'supervisor';
	const actor: Actor = {
		forceId: places.forceId,
		accountId: id,
		role,
		deskId: role === 'caseworker' ? places.policeDeskId : null,
		teamId: police ? places.teamId : null,
		controllerId: police || role === 'caseworker' ? places.forceControllerId : null,
		sessionId: randomUUID(),
		participationId: null,
		view: 'full',
		label: role === 'victim' ? null : `PC ${String((collar += 1))}`,
		language: 'en',
		// Who works here gave a code; a victim's own secret is asked for in the tests of it.
		steppedUpUntil: role === 'victim' ? null : new Date(now.at.getTime() + aYear),
		...more
	};
	await t.owner
		.insertInto('account')
		.values({
			force_id: places.forceId,
			id,
			role,
			sign_in_hash: lookupHash(testKeys, 'sign-in', id),
			password_hash: null,
			staff_label: actor.label,
			contact_sealed:
				role === 'victim' ? null : await sealForForce(testKeys, { mail: `${id}@example.com` }),
			desk_id: actor.deskId,
			team_id: actor.teamId,
			controller_id: actor.controllerId
		})
		.execute();
	return { db: t.app, actor, keys: testKeys, clock: () => now.at, requestId: randomUUID() };
}

async function makeCase(
	t: TestDatabase,
	places: Places,
	officer: Ctx,
	victim: Ctx | null,
	role: ParticipationRole
): Promise<TestCase> {
	const force_id = places.forceId;
	const [id, victimId, participationId] = [randomUUID(), randomUUID(), randomUUID()];
	const digits = String((reference += 1));
	const { key, wrapped } = await newDataKey(testKeys);
	await t.owner
		.insertInto('crime_case')
		.values({
			...{ force_id, id, reference: `CA-${digits}`, crime_reference: `20/${randomUUID()}` },
			...{ urn: null, category: 'harassment', reported_at: new Date('2026-11-20T09:00:00Z') },
			...{ opened_at: new Date('2026-11-20T10:00:00Z'), team_id: places.teamId, closed_at: null }
		})
		.execute();
	await t.owner
		.insertInto('case_assignment')
		.values({
			...{ force_id, case_id: id, account_id: officer.actor.accountId ?? '', kind: 'officer' },
			ended_at: null
		})
		.execute();
	await t.owner
		.insertInto('victim')
		.values({ force_id, id: victimId, name_sealed: await seal(key, 'Sam Example') })
		.execute();
	await t.owner
		.insertInto('victim_key')
		.values({ force_id, victim_id: victimId, wrapped, destroyed_at: null })
		.execute();
	await t.owner
		.insertInto('participation')
		.values({
			...{ force_id, id: participationId, case_id: id, victim_id: victimId, role },
			...{ account_id: victim?.actor.accountId ?? null, reference: `VR-${digits}` },
			...{ tier: 'standard', ended_at: null }
		})
		.execute();
	return { id, reference: `CA-${digits}`, participationId, person: `VR-${digits}` };
}
