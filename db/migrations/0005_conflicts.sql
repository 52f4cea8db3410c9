-- Ties between organisations: who holds how much of whom, and what the team answered where a tie was in doubt.

alter table organisation_conflicts
  add column holder_id uuid,
  add column share_per_mille integer,
  add constraint organisation_conflicts_holder foreign key (territory_id, holder_id) references organisations (territory_id, id),
  add constraint organisation_conflicts_holder_is_one check (holder_id is null or (tie = 'shareholder' and holder_id in (organisation_id, other_id))),
  add constraint organisation_conflicts_share check (share_per_mille is null or (holder_id is not null and share_per_mille between 1 and 1000));

-- One answer to one question: may these two meet, although (ground) by way of (through) they may be tied?
create table conflict_answers (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  other_id        uuid not null,
  ground          text not null,
  through_id      uuid,
  keeps_apart     boolean not null,
  answered_by     uuid,
  answered_at     timestamptz not null,
  constraint conflict_answers_pkey primary key (territory_id, id),
  constraint conflict_answers_question_key unique nulls not distinct (territory_id, organisation_id, other_id, ground, through_id),
  constraint conflict_answers_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint conflict_answers_other foreign key (territory_id, other_id) references organisations (territory_id, id),
  constraint conflict_answers_through foreign key (territory_id, through_id) references organisations (territory_id, id),
  constraint conflict_answers_answered_by foreign key (territory_id, answered_by) references people (territory_id, id),
  constraint conflict_answers_ordered check (organisation_id < other_id),
  constraint conflict_answers_ground check (ground in ('shareholding', 'rival', 'same-field'))
);

alter table conflict_answers enable row level security;
alter table conflict_answers force row level security;
create policy conflict_answers_territory on conflict_answers using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);

grant select, insert, update, delete on conflict_answers to terreau_app;
