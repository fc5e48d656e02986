import { sql, type Kysely } from 'kysely';

/**
 * The table in which `rate-limiter-flexible` counts wrong secrets and holds people up (its shape is
 * the library's: key, points, expire in milliseconds). A key is the force, what is counted, and a
 * keyed hash: the check lets no name, address or mail address in by mistake. It takes the place of
 * sign_in_attempt.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table throttle (
			key text constraint throttle_pk primary key
				constraint throttle_key_is_hash check (
					key ~ '^[0-9a-f-]{36}:(failures|hold):(subject|source|pair|places):[0-9a-f]{64}$'
				),
			points integer not null default 0,
			expire bigint not null
		);
		create index throttle_expire on throttle (expire);
		alter table throttle enable row level security;
		revoke all on throttle from public, waymark_app, waymark_worker, waymark_oversight;
		grant select, insert, update, delete on throttle to waymark_app;
		create policy throttle_of_the_force on throttle for all to waymark_app
			using (starts_with(key, actor_force()::text || ':'))
			with check (starts_with(key, actor_force()::text || ':'));

		drop function sign_in_pressure(uuid, bytea, bytea, integer);
		drop function sign_in_attempted(uuid, bytea, bytea);
		drop function sign_in_succeeded(uuid, uuid);
		drop table sign_in_attempt;
	`.execute(db);
	await sweeping(db);
}

async function sweeping(db: Kysely<unknown>): Promise<void> {
	await sql`
		create or replace function session_purge(p_force uuid)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from session s where s.force_id = p_force and s.expires_at <= now();
			delete from step_up u where u.force_id = p_force and u.expires_at <= now();
		$$;

		create or replace function sweep_ended() returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from session where expires_at <= now() - interval '1 hour';
			delete from step_up where expires_at <= now();
			delete from throttle where expire <= extract(epoch from now()) * 1000;
			delete from sealed_draft where kept_until <= now();
			delete from submission where made_at <= now() - interval '7 days';
		$$;
	`.execute(db);
}
