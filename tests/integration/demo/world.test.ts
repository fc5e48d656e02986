import { expect, test } from 'vitest';
import { seedDemo } from '#lib/server/demo/seed.ts';
import { testDatabase } from '../../support/database.ts';
import { testKeys } from '../../support/world.ts';

/** Seeds a fresh database; gives what a reader of its lists would see. */
async function seeded(today: Date): Promise<unknown[]> {
	const t = await testDatabase();
	try {
		const { app, owner } = t.urls;
		const parts = { ownerUrl: owner, appUrl: app, keys: testKeys, origin: 'http://localhost:1' };
		await seedDemo({ ...parts, say: () => undefined, today });
		return await Promise.all([
			t.owner
				.selectFrom('crime_case')
				.select(['reference', 'crime_reference', 'category', 'reported_at'])
				.orderBy('crime_reference')
				.execute(),
			t.owner
				.selectFrom('participation')
				.select(['reference', 'role', 'tier', 'language'])
				.orderBy('reference')
				.execute(),
			t.owner
				.selectFrom('support_request')
				.select(['reference', 'kind', 'state', 'due_at'])
				.orderBy('reference')
				.execute(),
			t.owner
				.selectFrom('statement')
				.select(['need_id', 'kind', 'said_at', 'answer_due_at'])
				.orderBy(['said_at', 'need_id', 'answer_due_at'])
				.execute()
		]);
	} finally {
		await t.close();
	}
}

test('the same day gives the same demo world', async () => {
	const today = new Date();
	const [one, two] = [await seeded(today), await seeded(today)];
	expect(two).toEqual(one);
	expect((one[0] as unknown[]).length).toBeGreaterThanOrEqual(40);
}, 240_000);
