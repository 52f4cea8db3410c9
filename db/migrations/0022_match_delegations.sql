-- A side hands a match over to one of its people: the latest counts, earlier ones stay.
create table match_delegations (
  territory_id uuid not null,
  id           uuid not null,
  match_id     uuid not null,
  side         text not null,
  person_id    uuid not null,
  note         text not null default '',
  delegated_by uuid,
  delegated_at timestamptz not null,
  constraint match_delegations_pkey primary key (territory_id, id),
  constraint match_delegations_match foreign key (territory_id, match_id) references matches (territory_id, id),
  constraint match_delegations_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint match_delegations_by foreign key (territory_id, delegated_by) references people (territory_id, id),
  constraint match_delegations_side check (side in ('need', 'offer')),
  constraint match_delegations_note_length check (length(note) <= 500)
);
create index match_delegations_by_match on match_delegations (territory_id, match_id, side, delegated_at, id);

alter table match_delegations enable row level security;
alter table match_delegations force row level security;
create policy match_delegations_territory on match_delegations using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);

grant select, insert on match_delegations to terreau_app;
