-- An organisation that was taken out of the directory frees its address, as it frees its SIREN: the same file brought
-- again finds the address of old links free. One that was merged keeps it, since it leads on to what it became.
alter table organisations drop constraint organisations_slug_key;
create unique index organisations_slug_key on organisations (territory_id, slug) where withdrawn_at is null;
create index organisations_gone_by_slug on organisations (territory_id, slug) where withdrawn_at is not null;
