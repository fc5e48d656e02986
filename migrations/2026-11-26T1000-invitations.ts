import { sql, type Kysely } from 'kysely';

/**
 * Inviting a person to sign in: what an invitation is for, the conversation about safety that comes
 * before one in a high-risk case, and the short-lived ticket of somebody who is using a code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table invitation
			add column purpose text not null default 'activation'
				constraint invitation_purpose check (purpose in ('activation', 'recovery')),
			add column made_label text,
			add constraint invitation_code_size
				check (length(code_hash) = 32 and length(second_hash) = 32);
		update invitation set revoked_at = now() where used_at is null and revoked_at is null;
		create unique index invitation_one_open on invitation (force_id, participation_id)
			where used_at is null and revoked_at is null;
		create unique index invitation_code on invitation (force_id, code_hash);

		-- What a person said is safe, before they were invited; site_safe is the one plain answer that
		-- the trigger below goes by.
		create table safety_conversation (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			participation_id uuid not null,
			held_by uuid not null,
			held_label text not null,
			held_at timestamptz not null,
			-- Which of two is the last word is PostgreSQL's to say.
			recorded_at timestamptz not null default clock_timestamp(),
			site_safe boolean not null,
			said_sealed text not null
				constraint safety_conversation_sealed check (said_sealed like 'ey%'),
			constraint safety_conversation_pk primary key (force_id, id),
			constraint safety_conversation_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint safety_conversation_holder_fk foreign key (force_id, held_by)
				references account (force_id, id)
		);
		create index safety_conversation_latest
			on safety_conversation (force_id, participation_id, recorded_at desc);
		alter table safety_conversation enable row level security;
		create policy app_safety_conversation on safety_conversation for all to waymark_app
			using (is_police() and sees_participation(force_id, participation_id))
			with check (is_police() and held_by = actor_account()
				and sees_participation(force_id, participation_id));
		grant select, insert on safety_conversation to waymark_app;

		-- Somebody who gave a code and its second secret, until they have chosen how to sign in. The
		-- application has no right on it: nobody is signed in yet.
		create table activation (
			force_id uuid not null,
			id text not null constraint activation_id_is_hash check (id ~ '^[0-9a-f]{64}$'),
			invitation_id uuid not null,
			expires_at timestamptz not null,
			sign_in_hash bytea
				constraint activation_sign_in_hash_size check (length(sign_in_hash) = 32),
			password_hash text constraint activation_password_form check (password_hash like '$argon2id$%'),
			private_device boolean not null default false,
			names_tried integer not null default 0,
			constraint activation_pk primary key (force_id, id),
			constraint activation_invitation_fk foreign key (force_id, invitation_id)
				references invitation (force_id, id) on delete cascade,
			constraint activation_chosen check ((sign_in_hash is null) = (password_hash is null))
		);
		create index activation_invitation on activation (force_id, invitation_id);
		create index activation_expiry on activation (force_id, expires_at);
		alter table activation enable row level security;
		revoke all on activation from public, waymark_app, waymark_worker, waymark_oversight;
	`.execute(db);
	await highRisk(db);
}

/** Whom nobody invites before they were asked what is safe; the same rule stands in the domain. */
async function highRisk(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function needs_safety_conversation(
			p_category text, p_grounds text[], p_restricted boolean
		) returns boolean
			language sql immutable as $$
			select p_restricted
				or p_category in ('domestic_abuse', 'sexual_offence', 'stalking_harassment',
					'child_abuse', 'modern_slavery', 'kidnap', 'threats')
				or p_grounds && array['intimidated', 'persistently_targeted'] $$;

		create function invitation_after_conversation() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		declare
			v_risky boolean;
			v_safe boolean;
		begin
			select needs_safety_conversation(c.category, p.grounds, c.restricted) into v_risky
			from participation p join crime_case c on c.force_id = p.force_id and c.id = p.case_id
			where p.force_id = new.force_id and p.id = new.participation_id;
			select s.site_safe into v_safe from safety_conversation s
			where s.force_id = new.force_id and s.participation_id = new.participation_id
			order by s.recorded_at desc limit 1;
			-- The last word counts: once this site was said to be unsafe, for anybody.
			if (v_risky and v_safe is null) or v_safe = false then
				raise exception using errcode = 'check_violation',
					constraint = 'invitation_after_conversation',
					message = 'no conversation says that this site is safe';
			end if;
			return new;
		end $$;
		create trigger invitation_after_conversation before insert on invitation
			for each row execute function invitation_after_conversation();
		revoke execute on function needs_safety_conversation, invitation_after_conversation from public;
		grant execute on function needs_safety_conversation to waymark_app;
	`.execute(db);
}
