import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { within, type Ctx } from '#lib/server/context.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { failure, quietly, tenantTables } from './catalog.ts';
import { closeDaysAgo, everywhere, fill, take, type Filled } from './eyes.ts';

// Nothing here asks the application's own check: every query is a bare one, as an actor.
let t: TestDatabase;
let w: World;
let filled: Filled;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
	filled = await fill(t, w);
});
afterAll(() => t.close());

describe('PostgreSQL alone shows', () => {
	test('a victim their own rows and no note among staff', async () => {
		const hidden = {
			access_change: '',
			case_access: '',
			case_assignment: 'mine 1',
			invitation: '',
			mailed_code: '',
			linked_check: '',
			safety_conversation: ''
		};
		const own = { support_request: 'mine 2', thread: 'mine 2', message: 'mine 2' };
		expect(await filled.seenBy(w.victim)).toEqual(everywhere('mine 1', { ...hidden, ...own }));
	});

	test('an officer the cases assigned to them, but nothing of an independent service', async () => {
		const hidden = { audit: '' };
		const own = { message: 'mine 2' };
		expect(await filled.seenBy(w.officer)).toEqual(everywhere('mine 1', { ...hidden, ...own }));
	});

	test('an officer nothing of a case that is not theirs', async () => {
		const stranger = await w.person('officer');
		expect(await filled.seenBy(stranger)).toEqual(everywhere('', {}));
	});

	test('a supervisor the cases of their own team, and another supervisor none of them', async () => {
		const all = 'mine 1, other 1';
		const own = { audit: '', message: 'mine 2, other 2' };
		expect(await filled.seenBy(w.supervisor)).toEqual(everywhere(all, own));
		const team_id = randomUUID();
		await t.owner
			.insertInto('team')
			.values({ force_id: w.forceId, id: team_id, name: 'Team 2' })
			.execute();
		const elsewhere = await w.person('supervisor', { teamId: team_id });
		expect(await filled.seenBy(elsewhere)).toEqual(everywhere('', {}));
	});

	test.each(['agency_desk', 'oversight', 'operator'] as const)('%s nothing', async (role) => {
		expect(await filled.seenBy(await w.person(role))).toEqual(everywhere('', {}));
	});

	test('nobody of one force a row of another, in any table', async () => {
		const there = await world(t, 'northshire');
		await fill(t, there);
		const people: Ctx[] = [
			...[w.victim, w.officer, w.supervisor, w.caseworker, w.serviceCaseworker],
			...(await Promise.all(
				(['agency_desk', 'oversight', 'operator'] as const).map((role) => w.person(role))
			))
		];
		// On these the application has no right at all (shape.test.ts).
		const closed = [
			...[
				'activation',
				'linked_person',
				'authenticator',
				'half_sign_in',
				'recovery_code',
				'passkey',
				'passkey_challenge'
			],
			...['session', 'spent_trip', 'step_up']
		];
		const tables = (await tenantTables(t.owner)).filter((table) => !closed.includes(table));
		for (const person of people) {
			for (const table of tables) {
				const { rows } = await within(person, (tx) =>
					sql`select 1 from ${sql.table(table)} where force_id = ${there.forceId}`.execute(tx)
				);
				expect([person.actor.role, table, rows.length]).toEqual([person.actor.role, table, 0]);
			}
		}
	});
});

describe('PostgreSQL alone shows a caseworker', () => {
	const queue = { support_request: 'mine 1, other 1', safety_plan: 'mine 1, other 1' };

	test('the queue of their desk, with when its people may be called, and no more', async () => {
		expect(await filled.seenBy(w.caseworker)).toEqual(everywhere('', queue));
		expect(await filled.seenBy(w.serviceCaseworker)).toEqual(everywhere('', queue));
	});

	test('what the police know of a person whose request they took', async () => {
		await take(t, w, filled.mine.request, w.caseworker);
		const ofPolice = { contact_change: '', linked_check: '', opened_area: '' };
		const hidden = { audit: '', case_access: '', access_change: '', notice: '', ...ofPolice };
		const expected = everywhere('mine 1', { ...hidden, ...queue, message: 'mine 2' });
		expect(await filled.seenBy(w.caseworker)).toEqual(expected);
		const colleague = await w.person('caseworker');
		expect(await filled.seenBy(colleague)).toEqual(everywhere('', queue));
	});

	test('of an independent service the needs that the victim agreed to, and no others', async () => {
		await take(t, w, filled.mine.serviceRequest, w.serviceCaseworker);
		const before = await filled.seenBy(w.serviceCaseworker);
		expect([before.statement, before.entry, before.review]).toEqual(['mine 1', 'mine 1', 'mine 1']);
		await sql`update consent set revoked_at = now()`.execute(t.owner);
		const after = await filled.seenBy(w.serviceCaseworker);
		await sql`update consent set revoked_at = null`.execute(t.owner);
		expect([after.statement, after.entry, after.review]).toEqual(['', '', '']);
		expect([after.thread, after.message]).toEqual(['mine 1', 'mine 1']);
	});

	test('nothing of a person 30 days after their request was closed', async () => {
		await take(t, w, filled.other.request, w.caseworker);
		await closeDaysAgo(t, filled.other.request, 29);
		expect((await filled.seenBy(w.caseworker)).statement).toBe('mine 1, other 1');
		await closeDaysAgo(t, filled.other.request, 31);
		expect((await filled.seenBy(w.caseworker)).statement).toBe('mine 1');
	});
});

describe('a restricted case', () => {
	const setAccess = (ctx: Ctx, kind: 'named' | 'barred' | null) =>
		kind === null
			? sql`delete from case_access where account_id = ${ctx.actor.accountId}`.execute(t.owner)
			: sql`insert into case_access values
				(${w.forceId}, ${w.case.id}, ${ctx.actor.accountId}, ${kind})`.execute(t.owner);
	const restrict = (restricted: boolean) =>
		sql`update crime_case set restricted = ${restricted} where id = ${w.case.id}`.execute(t.owner);

	test('is closed to its officer and their supervisor until they are named', async () => {
		await restrict(true);
		expect((await filled.seenBy(w.officer)).participation).toBe('');
		expect((await filled.seenBy(w.supervisor)).participation).toBe('other 1');
		await setAccess(w.officer, 'named');
		expect((await filled.seenBy(w.officer)).participation).toBe('mine 1');
		await setAccess(w.officer, null);
		await restrict(false);
	});

	test('shows its requests to nobody at the desk but who is named, and to nobody barred', async () => {
		const colleague = await w.person('caseworker');
		await restrict(true);
		expect(await filled.seenBy(colleague)).toEqual(everywhere('', {}));
		await setAccess(colleague, 'named');
		expect((await filled.seenBy(colleague)).support_request).toBe('mine 1');
		await restrict(false);
		await setAccess(colleague, null);
		await setAccess(colleague, 'barred');
		expect(await filled.seenBy(colleague)).toEqual(everywhere('', {}));
		await setAccess(colleague, null);
	});

	test('stays open to its victim', async () => {
		await restrict(true);
		expect((await filled.seenBy(w.victim)).participation).toBe('mine 1');
		await restrict(false);
	});

	test('or any other shuts out who is barred from it, assigned to it or not', async () => {
		await setAccess(w.officer, 'barred');
		expect(await filled.seenBy(w.officer)).toEqual(everywhere('', {}));
		await setAccess(w.officer, null);
	});
});

describe('without an actor', () => {
	test.each(['app', 'worker'] as const)(
		'the role waymark_%s sees no row of any table',
		async (role) => {
			const db = quietly(t.urls[role]);
			const seen: [string, number][] = [];
			for (const table of [...(await tenantTables(t.owner)), 'force']) {
				const rows = await sql`select 1 from ${sql.table(table)}`.execute(db).then(
					(result) => result.rows.length,
					// No right on the table at all is as good as no row.
					(error: unknown) => (failure(error).code === '42501' ? 0 : Promise.reject(error))
				);
				if (rows > 0) seen.push([table, rows]);
			}
			await db.destroy();
			expect(seen).toEqual([]);
		}
	);

	test('nothing can be written', async () => {
		const db = quietly(t.urls.app);
		const write = sql`insert into submission (force_id, account_id, key)
			values (${w.forceId}, ${w.victim.actor.accountId}, gen_random_uuid())`.execute(db);
		expect(await write.catch((error: unknown) => failure(error).code)).toBe('42501');
		await db.destroy();
	});
});

describe('PostgreSQL alone refuses', () => {
	const refusals: [string, (of: World) => Ctx, string][] = [
		['a victim an officer’s entry', (of) => of.victim, 'insert into entry select * from entry'],
		[
			'an officer a victim’s statement',
			(of) => of.officer,
			'insert into statement select * from statement'
		],
		[
			'a victim a change of what they said',
			(of) => of.victim,
			'update statement set language = $$cy$$'
		],
		['an officer a change of the audit', (of) => of.officer, 'update audit set action = $$none$$'],
		['a victim the removal of a row', (of) => of.victim, 'delete from statement'],
		['a victim the passwords', (of) => of.victim, 'select password_hash from account'],
		['an officer the sessions', (of) => of.officer, 'select * from session']
	];
	test.each(refusals)('%s', async (_name, who, statement) => {
		const tried = within(who(w), (tx) => sql.raw(statement).execute(tx));
		expect(await tried.catch((error: unknown) => failure(error).code)).toBe('42501');
	});
});
