-- Merged organisations are found from the one that is kept, and people of an organisation may be named to the public.

create index organisations_by_survivor on organisations (territory_id, merged_into_id) where merged_into_id is not null;

-- Somebody is shown on the public page of an organisation only when it names them as the person to write to.
alter table affiliations add column is_public_contact boolean not null default false;
