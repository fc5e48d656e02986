import { sql, type Kysely } from 'kysely';

/**
 * What a parent may read is looked at again when the young person has an account of their own, when
 * the two are in conflict, and before the 18th birthday: what is needed to know that it is time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table participation add column account_since timestamptz;
		update participation p set account_since = greatest(a.created_at, p.began_at) from account a
		where a.force_id = p.force_id and a.id = p.account_id;
		create function participation_account_since() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			new.account_since := case when new.account_id is null then null else now() end;
			return new;
		end $$;
		create trigger participation_account_since before insert or update of account_id
			on participation for each row execute function participation_account_since();
		revoke all on function participation_account_since() from public;

		alter table representative
			add column conflict_at timestamptz,
			add column conflict_label text,
			add column conflict_sealed text
				constraint representative_conflict_sealed check (conflict_sealed like 'ey%'),
			add column reviewed_at timestamptz,
			add column reviewed_label text,
			add column reviewed_sealed text
				constraint representative_reviewed_sealed check (reviewed_sealed like 'ey%'),
			add constraint representative_conflict_whole
				check ((conflict_at is null) = (conflict_sealed is null)
					and (conflict_at is null) = (conflict_label is null)),
			add constraint representative_reviewed_whole
				check ((reviewed_at is null) = (reviewed_sealed is null)
					and (reviewed_at is null) = (reviewed_label is null));
		grant update (conflict_at, conflict_label, conflict_sealed, reviewed_at, reviewed_label,
			reviewed_sealed) on representative to waymark_app;
	`.execute(db);
}
