import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { workerSchema } from '#lib/server/db/roles.ts';

/**
 * Installs or upgrades graphile-worker's tables as the role that owns them, `waymark_worker`, and
 * the one door through which the application may add jobs. The schema must exist (makeDatabase).
 */
export async function installWorkerSchema(workerUrl: string): Promise<void> {
	const pool = new pg.Pool({ connectionString: workerUrl, max: 1 });
	// Without one, a connection lost while idle would end the process.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
	try {
		// The worker would begin with "create schema if not exists", which PostgreSQL refuses to a
		// role that may create none, existing or not; it leaves that out when this table is there.
		await pool.query(`create table if not exists ${workerSchema}.migrations (
			id int primary key,
			ts timestamptz default now() not null,
			breaking boolean not null default false
		)`);
		await runMigrations({ pgPool: pool, schema: workerSchema });
		await pool.query(door);
	} finally {
		await pool.end();
	}
}

// The worker's tables have row security on and the application has no right on any of them, so it
// adds jobs with the worker's rights, and only so. Every name is written in full because a caller
// chooses its own search path.
const door = `
create or replace function ${workerSchema}.waymark_add_jobs(
	task text,
	payloads json,
	run_at timestamptz default null
)
returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $function$
	select ${workerSchema}.add_jobs(array(
		select row(task, payload, null, run_at, null, null, null, null)::${workerSchema}.job_spec
		from json_array_elements(payloads) as payload
	));
$function$;
revoke all on function ${workerSchema}.waymark_add_jobs(text, json, timestamptz) from public;
grant usage on schema ${workerSchema} to waymark_app;
grant execute on function ${workerSchema}.waymark_add_jobs(text, json, timestamptz) to waymark_app;
`;
