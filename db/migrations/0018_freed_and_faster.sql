-- An organisation that was taken out of the directory frees its address, as it frees its SIREN: the same file brought
-- again finds the address of old links free. One that was merged keeps it, since it leads on to what it became.
alter table organisations drop constraint organisations_slug_key;
create unique index organisations_slug_key on organisations (territory_id, slug) where withdrawn_at is null;
create index organisations_gone_by_slug on organisations (territory_id, slug) where withdrawn_at is not null;

-- Indexes of an import's rows that only whole tables would serve cost more than they give.
drop index import_rows_by_key;
drop index import_entries_by_name;
drop index import_entries_by_target;
-- What is created has its id from the preview on, and no other entry means it.
create index import_entries_by_target on import_entries (territory_id, import_id, target_id)
  where outcome in ('change', 'same') and target_id is not null;

-- Few changes undo another.
alter table organisation_changes drop constraint organisation_changes_undone_once;
create unique index organisation_changes_undone_once on organisation_changes (territory_id, undoes_id) where undoes_id is not null;
