import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#lib/server/db/schema.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { failure, quietly } from './catalog.ts';
import { illegal } from './illegal.ts';
import { insert, sealed, store, typicalRows, type Row } from './rows.ts';

let t: TestDatabase;
let w: World;
let owner: Kysely<Database>;
let rows: Record<string, Row>;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
	owner = quietly(t.urls.owner);
	rows = await typicalRows(t, w, { chosen: w.case, victim: w.victim, officer: w.officer });
	await store(t, rows);
});
afterAll(async () => {
	await owner.destroy();
	await t.close();
});

async function refusal(work: Promise<unknown>): Promise<string | undefined> {
	return work.then(
		() => 'stored',
		(error: unknown) => failure(error).constraint
	);
}

const cases = Object.entries(illegal).flatMap(([table, changes]) =>
	Object.entries(changes).map(([title, change]) => {
		const [constraint = '', wrong = ''] = title.split(': ');
		return { table, wrong, constraint, change };
	})
);

describe('PostgreSQL refuses to store', () => {
	test.each(cases)('in $table: $wrong', async ({ table, constraint, change }) => {
		expect(await refusal(insert(owner, table, { ...rows[table], ...change }))).toBe(constraint);
	});

	test('safety rules in clear', async () => {
		const plan = { ...rows.safety_plan, participation_id: w.otherCase.participationId };
		const clear = insert(owner, 'safety_plan', { ...plan, rules_sealed: '{}' });
		expect(await refusal(clear)).toBe('safety_plan_sealed');
		expect(await refusal(insert(t.owner, 'safety_plan', { ...plan, rules_sealed: sealed }))).toBe(
			'stored'
		);
	});

	test('an enhanced tier without grounds', async () => {
		const change = sql`update participation set tier = 'enhanced'`.execute(owner);
		expect(await refusal(change)).toBe('participation_enhanced_has_grounds');
	});

	test('a destroyed key that is still there', async () => {
		const change = sql`update victim_key set destroyed_at = now()`.execute(owner);
		expect(await refusal(change)).toBe('victim_key_destroyed');
	});

	test('a second officer in one case', async () => {
		const more = { force_id: w.forceId, case_id: w.case.id, kind: 'officer' };
		const row = { ...more, account_id: w.otherOfficer.actor.accountId };
		expect(await refusal(insert(owner, 'case_assignment', row))).toBe(
			'case_assignment_one_officer'
		);
	});

	test('a row of one force that points into another', async () => {
		const other = await world(t, 'northshire');
		const row = { ...rows.safety_plan, force_id: other.forceId };
		expect(await refusal(insert(owner, 'safety_plan', row))).toBe('safety_plan_participation_fk');
	});

	test.each([
		['a caseworker without a desk', { role: 'caseworker' }, 'account_caseworker_has_desk'],
		['a supervisor without a team', { role: 'supervisor' }, 'account_supervisor_has_team'],
		['a member of staff without a label', { staff_label: null }, 'account_staff_has_label'],
		['a password in clear', { password_hash: 'letmein' }, 'account_password_form'],
		['an account in an unknown role', { role: 'root' }, 'account_role']
	])('%s', async (_name, change, constraint) => {
		const base = { force_id: w.forceId, role: 'officer', sign_in_hash: randomBytes(32) };
		const row = { ...base, staff_label: 'PC 1', ...change };
		expect(await refusal(insert(owner, 'account', row))).toBe(constraint);
	});
});
