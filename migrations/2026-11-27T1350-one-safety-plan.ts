import { sql, type Kysely } from 'kysely';

/**
 * The safety plan says since when it has to be asked again, and who confirmed it last. After bail, a
 * release or a move it is not believed until somebody asked; whoever takes the event in may say so
 * and reads nothing of the plan by it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table safety_plan
			add column ask_again_at timestamptz,
			-- The officer who asked the person again; empty when the person said it here.
			add column confirmed_label text;
		grant update (ask_again_at, confirmed_label) on safety_plan to waymark_app;
		-- How old the word is that a mail is safe; the address itself stays closed to who sends.
		grant select (confirmed_at) on contact_detail to waymark_worker;

		create function ask_plans_again(p_force uuid, p_case uuid, p_participation uuid, p_at timestamptz)
			returns void
			language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
			update safety_plan s
			set ask_again_at = p_at, contact_ok_now = false, contact_ok_next_change_at = p_at
			from participation p
			where p_force = actor_force() and (is_police() or actor_role() = 'agency_system')
				and sees_case(p_force, p_case) and p.force_id = p_force and p.case_id = p_case
				and (p_participation is null or p.id = p_participation)
				and s.force_id = p.force_id and s.participation_id = p.id $$;
		revoke all on function ask_plans_again(uuid, uuid, uuid, timestamptz) from public;
		grant execute on function ask_plans_again(uuid, uuid, uuid, timestamptz) to waymark_app;
	`.execute(db);
}
