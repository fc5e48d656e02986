import { randomUUID } from 'node:crypto';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';
import { parseAddress } from '#lib/domain/notice/address.ts';
import type { Result } from '#lib/domain/result.ts';
import { make } from '#lib/server/accounts/make.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import * as cases from '#lib/server/cases/service.ts';
import * as contact from '#lib/server/contact/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as checking from '#lib/server/reach/checking.ts';
import * as reach from '#lib/server/reach/service.ts';
import * as safety from '#lib/server/safety/service.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import * as support from '#lib/server/support/service.ts';
import type { TestDatabase } from '../../support/database.ts';
import { testKeys, type World } from '../../support/world.ts';

type Scene = { t: TestDatabase; w: World; secret: string };

/** Plays the whole work through the services, with the secret in every text that people write. */
export async function play(scene: Scene): Promise<void> {
	const victim = await join(scene);
	await sayAndAnswer(scene, victim);
	await askAndHelp(scene, victim);
	await write(scene, victim);
	await askForChanges(scene, victim);
}

type Victim = { ctx: Ctx; place: { reference: string; person: string } };

// A case is opened, an account made, an address confirmed, rules for being reached set.
async function join({ t, w, secret }: Scene): Promise<Victim> {
	const person = { name: `${secret} Example`, role: 'self', language: 'en' } as const;
	const tier = { tier: 'standard', grounds: [] } as const;
	const opened = good(
		await cases.open(w.officer, {
			...{ crimeReference: '20/99999/26', category: 'other', reportedAt: w.now.at },
			person: { ...person, ...tier }
		})
	);
	const second = { ...person, ...tier, name: `Baby ${secret}` };
	good(await cases.addVictim(w.officer, opened.reference, second));
	const password = `${secret} lantern orchard`;
	const operator = await w.person('operator');
	const accountId = await make(operator, { role: 'victim', name: `${secret}@home`, password });
	const colleague = { role: 'oversight', name: `${secret}-staff`, label: 'Office' } as const;
	await make(operator, { ...colleague, password, mail: `${secret}@example.com` });
	good(await cases.attachAccount(w.officer, opened.participationId, accountId));
	const ask = { db: t.app, forceId: w.forceId, keys: testKeys };
	good(await signIn(ask, { name: `${secret}@home`, password, source: '192.0.2.1' }));
	await signIn(ask, { name: `${secret}@home`, password: `${secret}!`, source: '192.0.2.1' });

	const address = good(parseAddress(`${secret}@example.com`));
	const told = { address, safe: true, version: '' };
	good(await contact.confirmMail(w.officer, opened.person, told, randomUUID()));
	const steppedUpUntil = new Date(w.now.at.getTime() + 300_000);
	const { participationId } = opened;
	const actor = { ...w.victim.actor, accountId, participationId, steppedUpUntil };
	const ctx = { ...w.victim, actor };
	const said = { safe: ['portal', 'call'], unsafe: ['text'], hours: 'day' } as const;
	const rules = wholeRules({ ...said, note: secret, word: secret.slice(0, 30) });
	good(await safety.save(ctx, rules, 0));
	return { ctx, place: { reference: opened.reference, person: opened.person } };
}

// One change of how they are reached is confirmed, one refused and one still held.
async function askForChanges({ w, secret }: Scene, { ctx, place }: Victim): Promise<void> {
	const safe = 'safe' as const;
	const value = `${secret} Street 1`;
	for (const channel of ['post', 'call', 'text'] as const) {
		good(await reach.ask(ctx, { channel, value, safe }, randomUUID()));
	}
	const first = (await checking.read(w.officer, place)).held?.id ?? '';
	const told = { change: first, standing: '', route: 'in_person', safe, words: secret } as const;
	good(await checking.confirm(w.officer, place, told, randomUUID()));
	const second = (await checking.read(w.officer, place)).held?.id ?? '';
	const why = { change: second, words: secret };
	good(await checking.refuse(w.officer, place, why, randomUUID()));
}

// A need is said, recorded, disputed and answered.
async function sayAndAnswer({ t, w, secret }: Scene, { ctx, place }: Victim): Promise<void> {
	const words = `my ${secret} is broken`;
	const answer = { kind: 'answered', choices: ['locks'], words } as const;
	const answers = [{ needId: 'PRA1', version: 0, answer }] as const;
	good(await needs.say(ctx, { key: randomUUID(), area: 'practical', answers }));
	const outcome = { kind: 'action', words, owner: 'officer', by: '2026-12-01' } as const;
	const line = { needId: 'PRA1', version: 0, choices: ['alarm'], words, source: 'pasted' } as const;
	good(
		await recording.recordEntry(w.officer, { key: randomUUID(), place, line: { ...line, outcome } })
	);
	const entry = await last(t, 'entry', ctx);
	const about = { needId: 'PRA1', entryId: entry, version: 1, words } as const;
	const dispute = { key: randomUUID(), area: 'practical', kind: 'not_right', about } as const;
	good(await needs.respond(ctx, dispute));
	const statementId = await last(t, 'statement', ctx);
	const reply = { needId: 'PRA1', statementId, answer: 'agreed_in_part', words } as const;
	const judge = { ...w.supervisor };
	good(await answering.review(judge, { key: randomUUID(), place, answer: reply }));
}

// Support is asked for, taken, talked about, noted, closed and opened again.
async function askAndHelp({ t, w, secret }: Scene, { ctx }: Victim): Promise<void> {
	const asked = { kind: 'money', urgency: 'two_days', deskId: w.policeDeskId } as const;
	const reach = { channels: ['text'], words: `ask for ${secret}` } as const;
	const words = `rent for ${secret}`;
	const number = good(await support.ask(ctx, randomUUID(), { ...asked, reach, words }));
	const request = await t.owner
		.selectFrom('support_request')
		.select(['reference', 'version'])
		.where('participation_id', '=', ctx.actor.participationId)
		.executeTakeFirstOrThrow();
	const { reference } = request;
	const form = async () => {
		const row = await t.owner
			.selectFrom('support_request')
			.select('version')
			.where('reference', '=', reference)
			.executeTakeFirstOrThrow();
		return { key: randomUUID(), version: row.version };
	};
	good(await desk.take(w.caseworker, reference, await form()));
	good(await desk.reply(w.caseworker, reference, { ...(await form()), words }));
	good(await support.write(ctx, number, { ...(await form()), words }));
	await desk.note(w.caseworker, reference, { key: randomUUID(), words, attempt: null });
	const close = { move: 'close', words, outcome: 'given' } as const;
	good(await desk.moveOn(w.caseworker, reference, { ...(await form()), ...close }));
	const reopen = { move: 'reopen', words, outcome: null } as const;
	good(await desk.moveOn(w.caseworker, reference, { ...(await form()), ...reopen }));
}

// A thread with the officer's team.
async function write({ w, secret }: Scene, { ctx, place }: Victim): Promise<void> {
	const words = `where is ${secret}`;
	const number = await messages.start(ctx, randomUUID(), { subject: 'property', words });
	const { version } = await messages.read(ctx, number);
	good(await messages.reply(w.officer, place, number, { key: randomUUID(), version, words }));
	const form = { key: randomUUID(), version: version + 1, words };
	good(await messages.write(ctx, number, form));
}

async function last(t: TestDatabase, table: 'entry' | 'statement', of: Ctx): Promise<string> {
	const row = await t.owner
		.selectFrom(table)
		.select('id')
		.where('participation_id', '=', of.actor.participationId)
		.orderBy('sequence', 'desc')
		.executeTakeFirstOrThrow();
	return row.id;
}

function good<T>(result: Result<T, unknown>): T {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
	return result.value;
}
