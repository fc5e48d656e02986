import { sql, type Kysely } from 'kysely';

/**
 * A code that opens something and one that opens nothing take the same time to refuse: `npm run bench`
 * could tell them apart by the millisecond that it takes to count a wrong second number.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create or replace function activation_begin(
			p_force uuid, p_code bytea, p_second bytea, p_ticket text, p_seconds integer
		) returns boolean
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_found record;
		begin
			select i.id, i.second_hash into v_found
			from invitation i
			join participation p on p.force_id = i.force_id and p.id = i.participation_id
			where i.force_id = p_force and i.code_hash = p_code and i.used_at is null
				and i.revoked_at is null and i.expires_at > now() and i.tries < 10
				and p.ended_at is null
				and (i.representative_id is null or acts_now(p_force, i.representative_id))
			for update of i;
			if not found then
				-- A wrong second number is counted, and that is a write which waits for the disk. A code
				-- that opens nothing costs the same, or the time would tell the one from the other.
				perform pg_logical_emit_message(true, 'activation', 'no such code');
				return false;
			end if;
			if v_found.second_hash <> p_second then
				update invitation set tries = tries + 1 where force_id = p_force and id = v_found.id;
				return false;
			end if;
			delete from activation a
			where a.force_id = p_force and (a.invitation_id = v_found.id or a.expires_at <= now());
			insert into activation (force_id, id, invitation_id, expires_at)
			values (p_force, p_ticket, v_found.id, now() + make_interval(secs => p_seconds));
			return true;
		end
		$$;
	`.execute(db);
}
