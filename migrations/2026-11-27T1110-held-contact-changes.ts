import { sql, type Kysely } from 'kysely';

/**
 * A person asks for a change of how they are reached; it is held until the police have checked it
 * with them by a way that was known to be safe before. And the worker, which sends, is shown no
 * address but one that is confirmed and safe.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table contact_change (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			participation_id uuid not null,
			channel text not null
				constraint contact_change_channel check (channel in ('mail', 'text', 'call', 'post')),
			asked_sealed text not null constraint contact_change_sealed check (asked_sealed like 'ey%'),
			asked_by uuid not null,
			asked_at timestamptz not null,
			due_at timestamptz not null,
			state text not null default 'held' constraint contact_change_state
				check (state in ('held', 'confirmed', 'refused', 'withdrawn', 'replaced')),
			route text constraint contact_change_route
				check (route in ('in_person', 'call', 'text', 'mail', 'post', 'supporter')),
			words_sealed text constraint contact_change_words_sealed check (words_sealed like 'ey%'),
			settled_by uuid,
			settled_label text,
			settled_at timestamptz,
			constraint contact_change_pk primary key (force_id, id),
			constraint contact_change_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint contact_change_asker_fk foreign key (force_id, asked_by)
				references account (force_id, id),
			constraint contact_change_settler_fk foreign key (force_id, settled_by)
				references account (force_id, id),
			constraint contact_change_due_after_asked check (due_at > asked_at),
			constraint contact_change_settled
				check ((state = 'held') = (settled_at is null) and (state = 'held') = (settled_by is null)),
			-- Confirmed by a route; answered with words; and neither by the one who asked.
			constraint contact_change_answered check (
				(state = 'confirmed') = (route is not null)
				and (state in ('confirmed', 'refused')) = (words_sealed is not null))
		);
		create unique index contact_change_one_held
			on contact_change (force_id, participation_id, channel) where state = 'held';
		create index contact_change_latest
			on contact_change (force_id, participation_id, asked_at desc);
		alter table contact_change enable row level security;
	`.execute(db);
	await policies(db);
	await sending(db);
}

async function policies(db: Kysely<unknown>): Promise<void> {
	await sql`
		create policy app_change_read on contact_change for select to waymark_app
			using (sees_participation(force_id, participation_id) and (is_police()
				or (actor_role() = 'victim' and speaks_in(force_id, participation_id))));
		create policy app_change_ask on contact_change for insert to waymark_app
			with check (actor_role() = 'victim' and state = 'held' and asked_by = actor_account()
				and sees_participation(force_id, participation_id)
				and speaks_in(force_id, participation_id));
		create policy app_change_answer on contact_change for update to waymark_app
			using (state = 'held' and is_police() and sees_participation(force_id, participation_id))
			with check (state in ('confirmed', 'refused') and is_police()
				and settled_by = actor_account() and sees_participation(force_id, participation_id));
		create policy app_change_take_back on contact_change for update to waymark_app
			using (state = 'held' and actor_role() = 'victim'
				and sees_participation(force_id, participation_id)
				and speaks_in(force_id, participation_id))
			with check (state in ('withdrawn', 'replaced') and actor_role() = 'victim'
				and settled_by = actor_account() and sees_participation(force_id, participation_id)
				and speaks_in(force_id, participation_id));
		grant select, insert on contact_change to waymark_app;
		grant update (state, route, words_sealed, settled_by, settled_label, settled_at)
			on contact_change to waymark_app;

		-- How somebody is reached is written by the police alone, and is not shown to a supporter who
		-- only reads.
		create function speaks_for(p_force uuid, p_victim uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select exists (select 1 from participation p where p.force_id = p_force
				and p.victim_id = p_victim and speaks_in(p.force_id, p.id)) $$;
		revoke execute on function speaks_for(uuid, uuid) from public;
		grant execute on function speaks_for(uuid, uuid) to waymark_app;
		create policy app_contact_speaks on contact_detail as restrictive for select to waymark_app
			using (actor_role() <> 'victim' or speaks_for(force_id, victim_id));
		drop policy app_contact_police on contact_detail;
		create policy app_contact_police on contact_detail for insert to waymark_app
			with check (is_police() and sees_victim(force_id, victim_id));
	`.execute(db);
}

async function sending(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- The one way to an address for the role that sends: whatever the program believes, what is
		-- held, replaced, unsafe or not known to be safe is not given.
		create function mailable_address(p_force uuid, p_victim uuid) returns text
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select d.value_sealed from contact_detail d
			where d.force_id = p_force and p_force = actor_force() and d.victim_id = p_victim
				and d.channel = 'mail' and d.state = 'confirmed' and d.safe = 'safe' $$;
		revoke execute on function mailable_address(uuid, uuid) from public;
		grant execute on function mailable_address(uuid, uuid) to waymark_worker;
		revoke select on contact_detail from waymark_worker;
		grant select (force_id, victim_id, channel, safe, state) on contact_detail to waymark_worker;
	`.execute(db);
}
