import { sql, type Kysely } from 'kysely';

/**
 * The code of an invitation may be mailed, never its second number, to an address that somebody
 * confirmed and the person called safe. It is sealed until it has gone, and then it is gone; and it
 * opens nothing once that mail is not safe any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table mailed_code (
			force_id uuid not null,
			invitation_id uuid not null,
			participation_id uuid not null,
			language text not null,
			code_sealed text constraint mailed_code_sealed check (code_sealed like 'ey%'),
			state text not null default 'waiting'
				constraint mailed_code_state check (state in ('waiting', 'sent', 'withheld', 'dead')),
			queued_at timestamptz not null,
			settled_at timestamptz,
			constraint mailed_code_pk primary key (force_id, invitation_id),
			constraint mailed_code_invitation_fk foreign key (force_id, invitation_id)
				references invitation (force_id, id),
			constraint mailed_code_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			-- Nothing that opens a door is kept for longer than it takes to send it.
			constraint mailed_code_settled check ((state = 'waiting') = (code_sealed is not null)
				and (state = 'waiting') = (settled_at is null))
		);
		alter table mailed_code enable row level security;
		create policy app_mailed_code_read on mailed_code for select to waymark_app
			using (may_invite(force_id, participation_id));
		create policy app_mailed_code_queue on mailed_code for insert to waymark_app
			with check (state = 'waiting' and may_invite(force_id, participation_id));
		create policy worker_mailed_code on mailed_code for all to waymark_worker
			using (force_id = actor_force()) with check (force_id = actor_force());
		grant select (force_id, invitation_id, participation_id, state, queued_at, settled_at)
			on mailed_code to waymark_app;
		grant insert on mailed_code to waymark_app;
		grant select on mailed_code to waymark_worker;
		grant update (code_sealed, state, settled_at) on mailed_code to waymark_worker;

		-- For the role that sends: whether the code is still one that opens something.
		create function code_is_open(p_force uuid, p_invitation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force = actor_force() and exists (select 1 from invitation i
				where i.force_id = p_force and i.id = p_invitation and i.used_at is null
					and i.revoked_at is null and i.expires_at > now()) $$;
		revoke all on function code_is_open(uuid, uuid) from public;
		grant execute on function code_is_open(uuid, uuid) to waymark_worker;
	`.execute(db);
	await sql`
		-- A mail that is said to be unsafe, or another address in its place, ends what was mailed there.
		create function unsafe_mail_ends_codes() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			update invitation i set revoked_at = now()
			from mailed_code m
			join participation p on p.force_id = m.force_id and p.id = m.participation_id
			where m.force_id = new.force_id and p.victim_id = new.victim_id
				and i.force_id = m.force_id and i.id = m.invitation_id
				and i.used_at is null and i.revoked_at is null;
			return null;
		end $$;
		create trigger unsafe_mail_ends_codes after update of safe, state on contact_detail
			for each row when (new.channel = 'mail'
				and (new.safe <> 'safe' or new.state <> 'confirmed'))
			execute function unsafe_mail_ends_codes();
		revoke all on function unsafe_mail_ends_codes() from public;
	`.execute(db);
}
