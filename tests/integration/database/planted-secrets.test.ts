import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { dump, linesWith, run } from './dump.ts';
import { play } from './play.ts';

// No word and no name holds it, so wherever it turns up it came from what somebody wrote.
const secret = 'zyxwvuts4711canary';

let t: TestDatabase;
let w: World;
let lines: string[];

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
	await play({ t, w, secret });
	lines = await dump(t);
});
afterAll(() => t.close());

describe('a dump of everything', () => {
	test('holds nothing of what people wrote', () => {
		expect(linesWith(lines, secret)).toEqual([]);
	});

	test('holds none of the answers people chose', () => {
		const said = lines.filter((line) => /^public\.(statement|entry|review): /.test(line));
		expect(said.length).toBeGreaterThan(3);
		expect(said.filter((line) => /\b(locks|alarm)\b/.test(line))).toEqual([]);
	});

	test('has rows in every table that the play wrote to, and in the worker’s', () => {
		const filled = new Set(lines.map((line) => line.slice(0, line.indexOf(':'))));
		const written = [
			'victim',
			'contact_detail',
			'contact_change',
			'safety_plan',
			'statement',
			'entry',
			'review'
		];
		const asked = ['support_request', 'support_transition', 'thread', 'message', 'notice'];
		const others = ['audit', 'submission', 'session', 'throttle', 'account'];
		const expected = [...written, ...asked, ...others].map((table) => `public.${table}`);
		expect([...expected, 'graphile_worker._private_jobs'].filter((n) => !filled.has(n))).toEqual(
			[]
		);
	});
});

describe('the search finds a secret that is there', () => {
	test.each([
		['as it is', `update crime_case set category = 'about ${secret}!'`],
		['in capitals', `update crime_case set category = '${secret.toUpperCase()}'`],
		['in bytes', `update linked_person set surname_hash = rpad('${secret}', 32, '.')::bytea`],
		['in JSON', `insert into force_setting select id, 'x', '{"a":"${secret}"}' from force`],
		['in base64', `update desk set name = encode('--${secret}--'::bytea, 'base64')`],
		['in a job', `update graphile_worker._private_jobs set payload = '{"a":"${secret}"}'`]
	])('%s', async (_name, statement) => {
		await run(
			t,
			`insert into linked_person (force_id, case_id, surname_hash)
			select force_id, id, sha256('') from crime_case limit 1`
		);
		await run(t, statement);
		expect(linesWith(await dump(t), secret).length).toBeGreaterThan(0);
		await run(
			t,
			`delete from linked_person; delete from force_setting;
			update crime_case set category = 'other'; update desk set name = 'Desk';
			update graphile_worker._private_jobs set payload = '{}'`
		);
		expect(linesWith(await dump(t), secret)).toEqual([]);
	});
});
