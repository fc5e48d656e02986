import { createHash, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Kysely } from 'kysely';
import { hashOfCode } from '#lib/server/accounts/activation.ts';
import * as passwords from '#lib/server/auth/password.ts';
import { signInHash } from '#lib/server/auth/sign-in.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { drawing } from '#lib/server/demo/seed/drawing.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';
import { compare, median, type Ranks } from './ranks.ts';

export type Place = { owner: Kysely<Database>; keys: KeyRing; origin: string };

/** One figure: the first kind against the second, and a difference that must be seen beside them. */
export type Figure = {
	readonly figure: string;
	readonly tries: number;
	/** Known against unknown: `larger` near 0.5 and a `p` that is not small mean no difference seen. */
	readonly known: Ranks;
	/** The control, in the same run: a request that is refused before any secret is checked. */
	readonly control: Ranks;
	/** Whether status, names of headers and page of all answers to both were the same. */
	readonly same: boolean;
};

type Kind = 'known' | 'unknown' | 'control';
type Answer = { readonly ms: number; readonly looks: string };
const perKind = 200;

/** Whether a sign-in name that somebody has can be told from one that nobody has. */
export async function knownNames(place: Place): Promise<Figure> {
	const force = await place.owner.selectFrom('force').select('id').executeTakeFirstOrThrow();
	const names = Array.from({ length: perKind }, (_, at) => `known-${String(at)}-${randomUUID()}`);
	// One hash serves all of them: each is tried once, with a wrong password.
	const password_hash = await passwords.hash(randomUUID());
	await place.owner
		.insertInto('account')
		.values(
			names.map((name) => ({
				...{ force_id: force.id, id: randomUUID(), role: 'victim' as const, password_hash },
				...{ sign_in_hash: signInHash(place.keys, name), staff_label: null },
				...{ contact_sealed: null, desk_id: null, team_id: null, controller_id: null }
			}))
		)
		.execute();
	const fields = (kind: Kind, at: number): Record<string, string> => {
		const name = kind === 'known' ? (names[at] ?? '') : `known-${String(at)}-${randomUUID()}`;
		return { name, password: kind === 'control' ? '' : 'a wrong password' };
	};
	return measure(place, { figure: 'sign-in name, known or not', path: '/sign-in', fields });
}

/** Whether a code that opens something can be told from one that opens nothing. */
export async function knownCodes(place: Place): Promise<Figure> {
	const people = await place.owner
		.selectFrom('participation')
		.innerJoin('case_assignment', 'case_assignment.case_id', 'participation.case_id')
		.select(['participation.force_id', 'participation.id', 'case_assignment.account_id'])
		.where('case_assignment.ended_at', 'is', null)
		.where('case_assignment.kind', '=', 'officer')
		.execute();
	await place.owner
		.updateTable('invitation')
		.set({ revoked_at: new Date() })
		.where('used_at', 'is', null)
		.where('revoked_at', 'is', null)
		.execute();
	// Whether a conversation about what is safe was held is not what is measured.
	await place.owner
		.updateTable('crime_case')
		.set({ category: 'burglary', restricted: false })
		.execute();
	await place.owner.updateTable('participation').set({ tier: 'standard', grounds: [] }).execute();
	const twelve = (at: number): string => String(100_000_000_000 + at * 7_777_777);
	for (const [at, { force_id, id, account_id }] of people.entries()) {
		await place.owner
			.insertInto('invitation')
			.values({
				...{ force_id, participation_id: id, made_by: account_id, made_label: 'bench' },
				...{ code_hash: hashOfCode(place.keys, twelve(at)), second_hash: Buffer.alloc(32, 1) },
				...{ expires_at: new Date(Date.now() + 86_400_000), used_at: null, revoked_at: null },
				representative_id: null
			})
			.execute();
	}
	// Each code may be wrong a few times before anybody waits.
	if (people.length * 5 < perKind)
		throw new Error('The world has too few people for so many tries.');
	const fields = (kind: Kind, at: number): Record<string, string> => ({
		// Both come again as often, so that what is counted of them is there as often.
		code: kind === 'known' ? twelve(at % people.length) : twelve(1_000 + (at % people.length)),
		second: kind === 'control' ? '' : '123456'
	});
	return measure(place, { figure: 'code of an invitation, open or not', path: '/begin', fields });
}

type Trial = {
	figure: string;
	path: string;
	fields: (kind: Kind, at: number) => Record<string, string>;
};

// In an order drawn from a fixed seed, so that what warms up or tires does so for all kinds alike.
async function measure(place: Place, { figure, path, fields }: Trial): Promise<Figure> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const draw = drawing();
	const order = (['known', 'unknown', 'control'] as const)
		.flatMap((kind) => Array.from({ length: perKind }, (_, at) => ({ kind, at, by: draw(0, 1e9) })))
		.sort((a, b) => a.by - b.by);
	for (let at = 0; at < 10; at += 1)
		await post(place.origin, path, fields('unknown', 5_000 + at), agent, at);
	const answers = new Map<Kind, Answer[]>([
		['known', []],
		['unknown', []],
		['control', []]
	]);
	for (const [turn, { kind, at }] of order.entries()) {
		const answer = await post(place.origin, path, fields(kind, at), agent, turn + 100);
		answers.get(kind)?.push(answer);
	}
	agent.destroy();
	const ms = (kind: Kind): number[] => (answers.get(kind) ?? []).map((answer) => answer.ms);
	const looks = new Set(
		['known', 'unknown'].flatMap((kind) =>
			(answers.get(kind as Kind) ?? []).map((one) => one.looks)
		)
	);
	process.stderr.write(
		`  ${figure}: medians ${(['known', 'unknown', 'control'] as const).map((kind) => `${kind} ${median(ms(kind)).toFixed(1)} ms`).join(', ')}\n`
	);
	for (const look of looks) process.stderr.write(`    ${look}\n`);
	return {
		...{ figure, tries: perKind, known: compare(ms('known'), ms('unknown')) },
		...{ control: compare(ms('control'), ms('unknown')), same: looks.size === 1 }
	};
}

// Each try comes from an address of its own, as the proxy in front would say: what is measured is
// the answer to a first mistake, and not the wait after several.
function post(
	origin: string,
	path: string,
	fields: Record<string, string>,
	agent: Agent,
	turn: number
): Promise<Answer> {
	const from = `198.51.${String(100 + Math.floor(turn / 250))}.${String(turn % 250)}`;
	const body = new URLSearchParams(fields).toString();
	const { hostname, port, host } = new URL(origin);
	const headers = {
		...{ host, origin, accept: 'text/html', 'x-forwarded-for': from },
		'content-type': 'application/x-www-form-urlencoded'
	};
	return new Promise((resolve, reject) => {
		const began = performance.now();
		const sent = request({ hostname, port, path, method: 'POST', headers, agent }, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.on('end', () => {
				const ms = performance.now() - began;
				const names = Object.keys(answer.headers).sort().join(' ');
				const page = withoutTyped(Buffer.concat(parts).toString('utf8'), fields);
				const print = createHash('sha256').update(page).digest('hex').slice(0, 12);
				resolve({ ms, looks: `${String(answer.statusCode)} ${print} ${names}` });
			});
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

// What was typed is played back, and the policy's nonce is new each time: the rest must be the same.
function withoutTyped(page: string, fields: Record<string, string>): string {
	const bare = Object.values(fields)
		.filter((value) => value !== '')
		.reduce((text, value) => text.replaceAll(value, ''), page);
	return bare.replaceAll(/nonce="[^"]*"/g, '').replaceAll(/__sveltekit_[a-z0-9]+/g, '');
}
