import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbedded, type Embedded } from '#lib/server/db/embedded.ts';
import { makeDatabase, type RoleName } from '#lib/server/db/roles.ts';
import { installWorkerSchema } from '#lib/server/jobs/install.ts';

let embedded: Embedded;
const clients: pg.Client[] = [];

beforeAll(async () => {
	embedded = await startEmbedded({ purpose: 'test' });
	await makeDatabase(embedded.adminUrl, 'waymark');
	await installWorkerSchema(embedded.url('waymark', 'waymark_worker'));
});

afterAll(async () => {
	await Promise.all(clients.map((client) => client.end()));
	await embedded.stop();
});

async function connectAs(role: RoleName): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: embedded.url('waymark', role) });
	await client.connect();
	clients.push(client);
	return client;
}

const add = 'select graphile_worker.waymark_add_jobs($1, $2)';

describe('the door through which the application adds jobs', () => {
	test('takes many at once, in the transaction of the change they belong to', async () => {
		const app = await connectAs('waymark_app');
		const worker = await connectAs('waymark_worker');
		const count = async () => {
			const { rows } = await worker.query('select count(*)::int as jobs from graphile_worker.jobs');
			return rows;
		};
		const payloads = JSON.stringify([{ notice: 'a' }, { notice: 'b' }, { notice: 'c' }]);
		await app.query('begin');
		await app.query(add, ['send_notice', payloads]);
		expect(await count()).toEqual([{ jobs: 0 }]);
		await app.query('rollback');
		expect(await count()).toEqual([{ jobs: 0 }]);
		await app.query(add, ['send_notice', payloads]);
		expect(await count()).toEqual([{ jobs: 3 }]);
	});

	test('takes a time to run at', async () => {
		const app = await connectAs('waymark_app');
		const worker = await connectAs('waymark_worker');
		const at = '2030-01-01T09:00:00.000Z';
		await app.query('select graphile_worker.waymark_add_jobs($1, $2, $3)', ['late', '[{}]', at]);
		const { rows } = await worker.query(
			"select run_at from graphile_worker.jobs where task_identifier = 'late'"
		);
		expect(rows).toEqual([{ run_at: new Date(at) }]);
	});

	test.each([
		"select graphile_worker.add_job('x')",
		'select * from graphile_worker.jobs',
		'select * from graphile_worker._private_jobs',
		'delete from graphile_worker._private_jobs'
	])('is the only one: %s', async (statement) => {
		const app = await connectAs('waymark_app');
		await expect(app.query(statement)).rejects.toThrow(/permission denied/);
	});

	test('is closed to oversight', async () => {
		const oversight = await connectAs('waymark_oversight');
		await expect(oversight.query(add, ['x', '[]'])).rejects.toThrow(/permission denied/);
	});

	test('may be installed again', async () => {
		await expect(
			installWorkerSchema(embedded.url('waymark', 'waymark_worker'))
		).resolves.toBeUndefined();
	});
});
