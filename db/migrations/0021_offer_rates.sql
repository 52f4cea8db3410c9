-- What one unit of an offer is worth from a day on (DM-19, IK-01): what it costs the giver, its market price, what the receiver pays, and the
-- part that public bodies pay or steer. A later rate follows an earlier one and erases nothing.
create table offer_rates (
  territory_id             uuid not null,
  id                       uuid not null,
  offer_id                 uuid not null,
  valid_from               date not null,
  method                   text not null,
  cost_cents               bigint not null,
  market_cents             bigint not null,
  paid_cents               bigint not null,
  public_share_per_million integer not null,
  evidence                 text not null,
  recorded_by              uuid,
  recorded_at              timestamptz not null,
  constraint offer_rates_pkey primary key (territory_id, id),
  constraint offer_rates_offer foreign key (territory_id, offer_id) references offers (territory_id, id),
  constraint offer_rates_recorded_by foreign key (territory_id, recorded_by) references people (territory_id, id),
  constraint offer_rates_method check (method in ('donor-cost', 'market-minus-paid', 'standard-rate')),
  constraint offer_rates_amounts check (cost_cents between 0 and 100000000000 and market_cents between 0 and 100000000000 and paid_cents between 0 and 100000000000),
  constraint offer_rates_public_share check (public_share_per_million between 0 and 1000000),
  constraint offer_rates_evidence_length check (length(evidence) between 1 and 1000)
);
create index offer_rates_by_offer on offer_rates (territory_id, offer_id, valid_from, id);

alter table offer_rates enable row level security;
alter table offer_rates force row level security;
create policy offer_rates_territory on offer_rates using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);

grant select, insert on offer_rates to terreau_app;
