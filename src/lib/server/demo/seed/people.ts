import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { startPage, type Role } from '#lib/domain/access/role.ts';
import type { Language } from '#lib/i18n/languages.ts';
import { make } from '#lib/server/accounts/make.ts';
import type { Actor, Ctx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { drawing } from '#lib/server/demo/seed/drawing.ts';
import type { DemoForce } from '#lib/server/demo/seed/force.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';

export const demoPassword = 'walk by the water';

export type SignIn = {
	who: string;
	name: string;
	password: string;
	/** What comes after the password: a code, an authenticator to set up, or nothing. */
	then: 'code' | 'set up' | '';
	start: string;
};

/** Who acts in the demo world, by sign-in name. */
export type Cast = {
	readonly actors: ReadonlyMap<string, Actor>;
	/** Gives what services act with as someone, at an instant of the world. */
	as(name: string, at: Date, about?: string): Ctx;
};

type Part = {
	readonly name: string;
	readonly who: string;
	readonly role: Role;
	readonly label?: string;
	readonly language?: Language;
	readonly team?: 'northgate' | 'harbour';
	readonly desk?: 'victimCare' | 'advocates' | 'agency' | 'standards';
};

/** The colleague who has no authenticator yet. */
const newcomer = 'newcomer';

const staff: readonly Part[] = [
	{
		name: 'officer',
		who: 'Officer, Northgate',
		role: 'officer',
		label: 'PC 4021',
		team: 'northgate'
	},
	{
		name: 'officer2',
		who: 'Officer, Northgate',
		role: 'officer',
		label: 'DC 2290',
		team: 'northgate'
	},
	{ name: 'officer3', who: 'Officer, Harbour', role: 'officer', label: 'PC 3356', team: 'harbour' },
	{
		name: 'supervisor',
		who: 'Supervisor, Northgate',
		role: 'supervisor',
		label: 'Sgt 1108',
		team: 'northgate'
	},
	{
		name: 'caseworker',
		who: 'Caseworker, Victim care',
		role: 'caseworker',
		label: 'Amira, Victim care',
		desk: 'victimCare'
	},
	{
		name: 'caseworker2',
		who: 'Caseworker, Victim care',
		role: 'caseworker',
		label: 'Tom, Victim care',
		desk: 'victimCare'
	},
	{
		name: 'advocate',
		who: 'Caseworker, Midshire Advocates',
		role: 'caseworker',
		label: 'Jo, Midshire Advocates',
		desk: 'advocates'
	},
	{
		name: 'witness-care',
		who: 'Agency desk, Witness care unit',
		role: 'agency_desk',
		label: 'Witness care unit',
		desk: 'agency'
	},
	{
		name: newcomer,
		who: 'Officer, Northgate, first day',
		role: 'officer',
		label: 'PC 4187',
		team: 'northgate'
	},
	{
		name: 'standards',
		who: 'Professional standards',
		role: 'agency_desk',
		label: 'Professional standards',
		desk: 'standards'
	},
	{ name: 'oversight', who: 'Oversight', role: 'oversight', label: 'Commissioner’s office' }
];

export type VictimPart = { name: string; who: string; language: Language; shown: boolean };

/** Gives the sign-ins that the demo prints: staff, and the victims who are to be tried. */
export function signIns(victims: readonly VictimPart[]): SignIn[] {
	return partsOf(victims)
		.filter((part) => part.shown)
		.map(({ who, name, role }) => ({
			who,
			name,
			password: demoPassword,
			then: nextStep(role, name),
			start: startPage[role]
		}));
}

function nextStep(role: Role, name: string): SignIn['then'] {
	if (role === 'victim') return '';
	return name === newcomer ? 'set up' : 'code';
}

/** Gives the accounts of everybody who works in the world and has an authenticator. */
export function atWork(cast: Cast): string[] {
	return [...cast.actors]
		.filter(([name, { role }]) => nextStep(role as Role, name) === 'code')
		.flatMap(([, { accountId }]) => accountId ?? []);
}

function partsOf(victims: readonly VictimPart[]): (Part & { shown: boolean })[] {
	return [
		...victims.map((one) => ({ ...one, role: 'victim' as const })),
		...staff.map((one) => ({ ...one, shown: true }))
	];
}

/** Makes the accounts of staff and of the victims named; gives the cast. */
export async function makePeople(
	db: Kysely<Database>,
	keys: KeyRing,
	force: DemoForce,
	victims: readonly VictimPart[]
): Promise<Cast> {
	const actors = new Map<string, Actor>();
	const draw = drawing();
	const operator = ctxFor(
		db,
		keys,
		actorOf(force, randomUUID(), { name: '', who: '', role: 'operator' })
	);
	// The operator is the person at the terminal; they have no account to name.
	const setUp: Ctx = { ...operator, actor: { ...operator.actor, accountId: null } };
	for (const part of partsOf(victims)) {
		const actor = actorOf(force, '', part);
		const id = await make(setUp, {
			role: part.role,
			name: part.name,
			password: demoPassword,
			...(part.language ? { language: part.language } : {}),
			...(part.label ? { label: part.label, mail: `${part.name}@midshire.example.com` } : {}),
			...(actor.deskId ? { deskId: actor.deskId } : {}),
			...(actor.teamId ? { teamId: actor.teamId } : {}),
			...(actor.controllerId ? { controllerId: actor.controllerId } : {})
		});
		actors.set(part.name, { ...actor, accountId: id });
	}
	return {
		actors,
		as(name, at, about) {
			const actor = actors.get(name);
			if (!actor) throw new Error(`the demo world has no ${name}`);
			return { ...ctxFor(db, keys, { ...actor, participationId: about ?? null }, at), draw };
		}
	};
}

/** Gives the machine that brings an agency's events in. */
export function agencySystem(db: Kysely<Database>, keys: KeyRing, forceId: string, at: Date): Ctx {
	return ctxFor(db, keys, { ...nobody(forceId), role: 'agency_system' }, at);
}

function actorOf(force: DemoForce, accountId: string, part: Part): Actor {
	const desk = part.desk ? force[part.desk] : null;
	const police = part.role === 'officer' || part.role === 'supervisor';
	return {
		...nobody(force.forceId),
		accountId,
		role: part.role,
		deskId: desk,
		teamId: part.team ? force.teams[part.team] : null,
		controllerId: part.desk === 'advocates' ? force.service : police || desk ? force.police : null,
		label: part.label ?? null,
		language: part.language ?? 'en'
	};
}

function nobody(forceId: string): Actor {
	return {
		...{ forceId, accountId: null, role: 'victim', deskId: null, teamId: null, controllerId: null },
		...{ sessionId: null, participationId: null, view: 'full', label: null, language: 'en' },
		steppedUpUntil: null
	};
}

function ctxFor(db: Kysely<Database>, keys: KeyRing, actor: Actor, at = new Date()): Ctx {
	return { db, keys, actor, clock: () => at, requestId: 'demo-world' };
}
