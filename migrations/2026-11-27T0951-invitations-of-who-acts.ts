import { sql, type Kysely } from 'kysely';

/**
 * An invitation may name somebody who acts for the person instead of the person. Such a code opens
 * nothing before they are approved, nor after that has ended.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table invitation
			add column representative_id uuid,
			add constraint invitation_representative_fk
				foreign key (force_id, representative_id, participation_id)
				references representative (force_id, id, participation_id);
		drop index invitation_one_open;
		create unique index invitation_one_open
			on invitation (force_id, participation_id,
				coalesce(representative_id, '00000000-0000-0000-0000-000000000000'))
			where used_at is null and revoked_at is null;

		create function acts_now(p_force uuid, p_representative uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select exists (select from representative r
				where r.force_id = p_force and r.id = p_representative and r.approved_at is not null
					and r.revoked_at is null and (r.until_at is null or r.until_at > now())) $$;
		-- Whose account an invitation is for: the person's own, or that of who acts for them.
		create function invited_account(p_force uuid, p_invitation uuid) returns uuid
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select case when i.representative_id is null then p.account_id else r.account_id end
			from invitation i
			join participation p on p.force_id = i.force_id and p.id = i.participation_id
			left join representative r on r.force_id = i.force_id and r.id = i.representative_id
			where i.force_id = p_force and i.id = p_invitation $$;

		-- The end of an approval ends the code that was given for it.
		create function representative_end_ends_codes() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			update invitation set revoked_at = now()
			where force_id = new.force_id and representative_id = new.id
				and used_at is null and revoked_at is null;
			return null;
		end $$;
		create trigger representative_end_ends_codes after update of revoked_at on representative
			for each row when (old.revoked_at is null and new.revoked_at is not null)
			execute function representative_end_ends_codes();
		revoke execute on function acts_now, invited_account, representative_end_ends_codes
			from public;
	`.execute(db);
	await beginning(db);
	await finishing(db);
}

async function beginning(db: Kysely<unknown>): Promise<void> {
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

		create or replace function activation_choose(
			p_force uuid, p_ticket text, p_sign_in bytea, p_password text, p_private boolean
		) returns text
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_own uuid;
		begin
			update activation a set names_tried = a.names_tried + 1
			from invitation i
			where a.force_id = p_force and a.id = p_ticket and a.expires_at > now()
				and a.names_tried < 20 and i.force_id = a.force_id and i.id = a.invitation_id
				and i.used_at is null and i.revoked_at is null and i.expires_at > now()
			returning invited_account(p_force, i.id) into v_own;
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
		create or replace function activation_finish(p_force uuid, p_ticket text, p_request text)
		returns uuid
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v record;
			v_account uuid;
		begin
			select i.id, i.participation_id, i.representative_id, i.purpose, p.language,
				invited_account(p_force, i.id) as account_id, a.sign_in_hash, a.password_hash,
				a.private_device into v
			from activation a
			join invitation i on i.force_id = a.force_id and i.id = a.invitation_id
			join participation p on p.force_id = i.force_id and p.id = i.participation_id
			where a.force_id = p_force and a.id = p_ticket and a.expires_at > now()
				and a.sign_in_hash is not null and i.used_at is null and i.revoked_at is null
				and i.expires_at > now() and p.ended_at is null
				and (i.representative_id is null or acts_now(p_force, i.representative_id))
				and (i.purpose = 'recovery') = (invited_account(p_force, i.id) is not null)
			for update of i, p;
			if not found then
				return null;
			end if;
			if v.purpose = 'activation' then
				insert into account (force_id, role, sign_in_hash, password_hash, language, private_device)
				values (p_force, 'victim', v.sign_in_hash, v.password_hash, v.language, v.private_device)
				returning id into v_account;
				if v.representative_id is null then
					update participation set account_id = v_account
					where force_id = p_force and id = v.participation_id;
				else
					update representative set account_id = v_account
					where force_id = p_force and id = v.representative_id;
				end if;
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
