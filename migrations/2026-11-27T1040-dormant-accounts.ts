import { sql, type Kysely } from 'kysely';

/**
 * An account that nobody used for long is kept, with all that was said in it, and opens again by an
 * officer's check alone: a new code. Whoever found an old secret years later does not get in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- When an account was last used was not kept until now: the year begins today.
		alter table account add column last_used_at timestamptz not null default now();

		create function dormant_after() returns interval language sql immutable
			as $$ select interval '365 days' $$;
		create function account_is_dormant(p_force uuid, p_account uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select exists (select from account a where a.force_id = p_force and a.id = p_account
				and a.role = 'victim' and a.last_used_at <= now() - dormant_after()) $$;

		-- Whichever way somebody signs in: no session begins on a dormant account.
		create function session_wakes_nobody() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			if account_is_dormant(new.force_id, new.account_id) then
				raise exception using errcode = 'check_violation',
					constraint = 'session_wakes_nobody', message = 'this account is dormant';
			end if;
			update account set last_used_at = now()
			where force_id = new.force_id and id = new.account_id and last_used_at < now();
			return new;
		end $$;
		create trigger session_wakes_nobody before insert on session
			for each row execute function session_wakes_nobody();

		-- The code that an officer gave after a check is what wakes it.
		create function code_wakes_account() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			update account set last_used_at = now()
			where force_id = new.force_id and id = invited_account(new.force_id, new.id);
			return null;
		end $$;
		create trigger code_wakes_account after update of used_at on invitation
			for each row when (old.used_at is null and new.used_at is not null)
			execute function code_wakes_account();

		-- For the officer who is asked: when the account of a person, or of who acts, was last used.
		create function last_used(p_force uuid, p_participation uuid, p_representative uuid)
			returns timestamptz
			language sql stable security definer set search_path = pg_catalog, public as $$
			select a.last_used_at from participation p
			left join representative r on r.force_id = p.force_id
				and r.participation_id = p.id and r.id = p_representative
			join account a on a.force_id = p.force_id
				and a.id = case when p_representative is null then p.account_id else r.account_id end
			where p.force_id = p_force and p.id = p_participation and is_police()
				and sees_participation(p_force, p_participation) $$;
		revoke all on function dormant_after(), account_is_dormant(uuid, uuid),
			session_wakes_nobody(), code_wakes_account(), last_used(uuid, uuid, uuid) from public;
		grant execute on function account_is_dormant(uuid, uuid), last_used(uuid, uuid, uuid),
			dormant_after() to waymark_app;
	`.execute(db);
}
