import { sql, type Kysely } from 'kysely';

/**
 * A caseworker of the force gives a way in, or a way back in, to the person whose request they took:
 * for as long as it is open, and after the same conversation about what is safe. An independent
 * service does not: what opens somebody's account to them is the force's to answer for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function may_invite(p_force uuid, p_participation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force = actor_force() and sees_participation(p_force, p_participation)
				and (is_police() or (actor_role() = 'caseworker' and exists (
					select 1 from support_request s
					join controller c on c.force_id = s.force_id and c.id = s.controller_id
					where s.force_id = p_force and s.participation_id = p_participation
						and s.taken_by = actor_account() and s.controller_id = actor_controller()
						and s.closed_at is null and c.kind = 'force'))) $$;
		revoke all on function may_invite(uuid, uuid) from public;
		grant execute on function may_invite(uuid, uuid) to waymark_app;

		drop policy app_invitation on invitation;
		-- Whoever may invite now may end a code that somebody else made before them.
		create policy app_invitation_read on invitation for select to waymark_app
			using (may_invite(force_id, participation_id));
		create policy app_invitation_make on invitation for insert to waymark_app
			with check (made_by = actor_account() and may_invite(force_id, participation_id));
		create policy app_invitation_end on invitation for update to waymark_app
			using (may_invite(force_id, participation_id))
			with check (may_invite(force_id, participation_id));
		drop policy app_safety_conversation on safety_conversation;
		create policy app_safety_conversation on safety_conversation for all to waymark_app
			using (may_invite(force_id, participation_id))
			with check (held_by = actor_account() and may_invite(force_id, participation_id));

		create or replace function last_used(p_force uuid, p_participation uuid, p_representative uuid)
			returns timestamptz
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select a.last_used_at from participation p
			left join representative r on r.force_id = p.force_id
				and r.participation_id = p.id and r.id = p_representative
			join account a on a.force_id = p.force_id
				and a.id = case when p_representative is null then p.account_id else r.account_id end
			where p.force_id = p_force and p.id = p_participation
				and may_invite(p_force, p_participation) $$;
	`.execute(db);
}
