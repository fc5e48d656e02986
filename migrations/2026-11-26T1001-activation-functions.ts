import { sql, type Kysely } from 'kysely';

/**
 * What may be done with a code before anybody is signed in. Each function is confined to the force
 * it is given and answers one narrow question; a ticket's id is the hash of a token that only the
 * browser holds.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await beginning(db);
	await finishing(db);
	await rights(db);
}

async function beginning(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Unknown, expired, revoked, used, worn out and wrong are one answer. Ten wrong second secrets
		-- end a code; the officer makes another.
		create function activation_begin(
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
			for update of i;
			if not found then
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

		create function activation_of(p_force uuid, p_ticket text)
		returns table (purpose text, password_hash text, private_device boolean)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select i.purpose, a.password_hash, a.private_device
			from activation a
			join invitation i on i.force_id = a.force_id and i.id = a.invitation_id
			where a.force_id = p_force and a.id = p_ticket and a.expires_at > now()
				and i.used_at is null and i.revoked_at is null and i.expires_at > now()
		$$;

		-- Keeps what was chosen on the ticket: 'ready', 'taken' (the name), or 'gone'. Twenty names may
		-- be tried, so that nobody can ask for a list of them.
		create function activation_choose(
			p_force uuid, p_ticket text, p_sign_in bytea, p_password text, p_private boolean
		) returns text
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_own uuid;
		begin
			update activation a set names_tried = a.names_tried + 1
			from invitation i
			join participation p on p.force_id = i.force_id and p.id = i.participation_id
			where a.force_id = p_force and a.id = p_ticket and a.expires_at > now()
				and a.names_tried < 20 and i.force_id = a.force_id and i.id = a.invitation_id
				and i.used_at is null and i.revoked_at is null and i.expires_at > now()
			returning p.account_id into v_own;
			if not found then
				return 'gone';
			end if;
			if exists (select from account c where c.force_id = p_force
					and c.sign_in_hash = p_sign_in and c.id is distinct from v_own) then
				return 'taken';
			end if;
			update activation a
			set sign_in_hash = p_sign_in, password_hash = p_password, private_device = p_private
			where a.force_id = p_force and a.id = p_ticket;
			return 'ready';
		end
		$$;
	`.execute(db);
}

async function finishing(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Spends the code: of any number at once, one gets the account and the others null.
		create function activation_finish(p_force uuid, p_ticket text, p_request text) returns uuid
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v record;
			v_account uuid;
		begin
			select i.id, i.participation_id, i.purpose, p.account_id, p.language, a.sign_in_hash,
				a.password_hash, a.private_device into v
			from activation a
			join invitation i on i.force_id = a.force_id and i.id = a.invitation_id
			join participation p on p.force_id = i.force_id and p.id = i.participation_id
			where a.force_id = p_force and a.id = p_ticket and a.expires_at > now()
				and a.sign_in_hash is not null and i.used_at is null and i.revoked_at is null
				and i.expires_at > now() and p.ended_at is null
				and (i.purpose = 'recovery') = (p.account_id is not null)
			for update of i, p;
			if not found then
				return null;
			end if;
			if v.purpose = 'activation' then
				insert into account (force_id, role, sign_in_hash, password_hash, language, private_device)
				values (p_force, 'victim', v.sign_in_hash, v.password_hash, v.language, v.private_device)
				returning id into v_account;
				update participation set account_id = v_account
				where force_id = p_force and id = v.participation_id;
			else
				v_account := v.account_id;
				update account c set sign_in_hash = v.sign_in_hash, password_hash = v.password_hash,
					private_device = v.private_device
				where c.force_id = p_force and c.id = v_account;
				delete from session s where s.force_id = p_force and s.account_id = v_account;
			end if;
			update invitation set used_at = now() where force_id = p_force and id = v.id;
			delete from activation a where a.force_id = p_force and a.invitation_id = v.id;
			insert into audit
				(force_id, account_id, actor_role, action, participation_id, subject_id, request_id)
			values (p_force, v_account, 'victim',
				case v.purpose when 'activation' then 'account.made' else 'account.recovered' end,
				v.participation_id, v_account, p_request);
			return v_account;
		exception when unique_violation then
			-- The name was free when it was chosen, and is not any more.
			return null;
		end
		$$;
	`.execute(db);
}

async function rights(db: Kysely<unknown>): Promise<void> {
	await sql`
		revoke execute on function
			activation_begin, activation_of, activation_choose, activation_finish
			from public;
		grant execute on function
			activation_begin, activation_of, activation_choose, activation_finish
			to waymark_app;
	`.execute(db);
}
