-- State aid: firms and their ties, what they declared and were granted, what fills a window, what is filed and contested;
-- and what entries in kind are worth. A grant is never deleted, only withdrawn; what was decided stays as it was decided.

-- Everybody who counts in an undertaking: organisations of the territory, and firms and persons outside that are named.
create table aid_firms (
  territory_id    uuid not null references territories (id),
  id              uuid not null,
  organisation_id uuid,
  name            text not null,
  siren           text,
  kind            text not null default 'firm',
  member_state    text not null default 'FR',
  created_at      timestamptz not null,
  constraint aid_firms_pkey primary key (territory_id, id),
  constraint aid_firms_organisation_key unique (territory_id, organisation_id),
  constraint aid_firms_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint aid_firms_name_length check (length(name) between 1 and 200),
  constraint aid_firms_siren_form check (siren ~ '^[0-9]{9}$'),
  constraint aid_firms_kind check (kind in ('firm', 'public-body', 'person')),
  constraint aid_firms_member_state check (member_state ~ '^[A-Z]{2}$')
);

create table firm_links (
  territory_id     uuid not null,
  id               uuid not null,
  holder_id        uuid not null,
  held_id          uuid not null,
  ground           text not null,
  votes_per_myriad integer,
  since            date not null,
  until            date,
  evidence         text not null default '',
  recorded_by      uuid,
  recorded_at      timestamptz not null,
  constraint firm_links_pkey primary key (territory_id, id),
  constraint firm_links_holder foreign key (territory_id, holder_id) references aid_firms (territory_id, id),
  constraint firm_links_held foreign key (territory_id, held_id) references aid_firms (territory_id, id),
  constraint firm_links_recorded_by foreign key (territory_id, recorded_by) references people (territory_id, id),
  constraint firm_links_two check (holder_id <> held_id),
  constraint firm_links_ground check (ground in ('votes', 'board', 'influence', 'agreement')),
  constraint firm_links_votes check ((ground = 'votes') = (votes_per_myriad is not null) and votes_per_myriad between 1 and 10000),
  constraint firm_links_period check (until >= since),
  constraint firm_links_evidence_length check (length(evidence) <= 500),
  -- The votes of one holder in one firm are said once for a day.
  constraint firm_links_once exclude using gist
    (territory_id with =, holder_id with =, held_id with =, ground with =, daterange(since, until, '[]') with &&)
);
create index firm_links_by_held on firm_links (territory_id, held_id);

-- A firm that ended in others: one heir for a merger, several for a split.
create table firm_successions (
  territory_id uuid not null,
  id           uuid not null,
  from_id      uuid not null,
  heir_id      uuid not null,
  effective_on date not null,
  equity_cents bigint not null default 0,
  recorded_by  uuid,
  recorded_at  timestamptz not null,
  constraint firm_successions_pkey primary key (territory_id, id),
  constraint firm_successions_once unique (territory_id, from_id, heir_id, effective_on),
  constraint firm_successions_from foreign key (territory_id, from_id) references aid_firms (territory_id, id),
  constraint firm_successions_heir foreign key (territory_id, heir_id) references aid_firms (territory_id, id),
  constraint firm_successions_recorded_by foreign key (territory_id, recorded_by) references people (territory_id, id),
  constraint firm_successions_two check (from_id <> heir_id),
  constraint firm_successions_equity check (equity_cents >= 0)
);

create table aid_declarations (
  territory_id uuid not null,
  id           uuid not null,
  firm_id      uuid not null,
  declared_on  date not null,
  declared_by  uuid,
  recorded_at  timestamptz not null,
  constraint aid_declarations_pkey primary key (territory_id, id),
  constraint aid_declarations_firm_key unique (territory_id, id, firm_id),
  constraint aid_declarations_firm foreign key (territory_id, firm_id) references aid_firms (territory_id, id),
  constraint aid_declarations_declared_by foreign key (territory_id, declared_by) references people (territory_id, id)
);
create index aid_declarations_by_firm on aid_declarations (territory_id, firm_id, declared_on);

create table aid_grants (
  territory_id             uuid not null,
  id                       uuid not null,
  firm_id                  uuid not null,
  -- Decided here, or declared by the firm as decided elsewhere.
  origin                   text not null,
  granted_on               date not null,
  authority                text not null,
  instrument               text not null,
  basis                    text not null,
  cents                    bigint not null,
  -- Of what was decided here: a firm that declares may not know them.
  nace                     text,
  purpose                  text,
  title                    text not null,
  public_share_per_million integer not null default 1000000,
  state                    text not null default 'decided',
  prior_declaration_id     uuid,
  -- The window and the ceiling in which it was tested, and the version of the legal table that said so.
  window_from              date,
  ceiling_cents            bigint,
  legal_version            text not null,
  recorded_by              uuid,
  recorded_at              timestamptz not null,
  withdrawn_by             uuid,
  withdrawn_at             timestamptz,
  withdrawn_reason         text,
  constraint aid_grants_pkey primary key (territory_id, id),
  constraint aid_grants_firm foreign key (territory_id, firm_id) references aid_firms (territory_id, id),
  constraint aid_grants_prior_declaration foreign key (territory_id, prior_declaration_id, firm_id) references aid_declarations (territory_id, id, firm_id),
  constraint aid_grants_recorded_by foreign key (territory_id, recorded_by) references people (territory_id, id),
  constraint aid_grants_withdrawn_by foreign key (territory_id, withdrawn_by) references people (territory_id, id),
  constraint aid_grants_origin check (origin in ('decided', 'declared')),
  constraint aid_grants_instrument check (instrument in ('grant', 'loan', 'guarantee', 'in-kind', 'tax', 'other')),
  constraint aid_grants_basis check (basis in
    ('de-minimis-2023', 'de-minimis-2013', 'sgei-2023', 'agriculture-2013', 'fishery-2014', 'gber-22', 'gber-26a', 'gber-27', 'gber-28')),
  constraint aid_grants_purpose check (purpose in
    ('advice', 'hosting', 'innovation', 'growth', 'trade-fair', 'export-quantities', 'network-abroad', 'export-running-cost', 'domestic-goods')),
  constraint aid_grants_decided_whole check (origin = 'declared' or (nace is not null and purpose is not null)),
  constraint aid_grants_cents check (cents > 0 and cents <= 100000000000),
  constraint aid_grants_nace_form check (nace ~ '^[0-9]{2}(\.[0-9]{1,2})?$'),
  constraint aid_grants_lengths check (length(authority) between 1 and 200 and length(title) between 1 and 200 and length(withdrawn_reason) between 1 and 500),
  constraint aid_grants_public_share check (public_share_per_million between 0 and 1000000),
  constraint aid_grants_state check (state in ('decided', 'contested', 'withdrawn')),
  constraint aid_grants_withdrawn_whole check ((state = 'withdrawn') = (withdrawn_at is not null) and (state = 'withdrawn') = (withdrawn_reason is not null))
);
create index aid_grants_by_firm on aid_grants (territory_id, firm_id, granted_on);
create index aid_grants_by_day on aid_grants (territory_id, granted_on, id);

-- What a declaration says was received: lines known already, and those that it brought.
create table aid_declaration_lines (
  territory_id   uuid not null,
  declaration_id uuid not null,
  grant_id       uuid not null,
  constraint aid_declaration_lines_pkey primary key (territory_id, declaration_id, grant_id),
  constraint aid_declaration_lines_declaration foreign key (territory_id, declaration_id) references aid_declarations (territory_id, id),
  constraint aid_declaration_lines_grant foreign key (territory_id, grant_id) references aid_grants (territory_id, id)
);

-- What filled the window of a grant when it was decided, as it was carried then.
create table aid_window_entries (
  territory_id uuid not null,
  grant_id     uuid not null,
  counted_id   uuid not null,
  cents        bigint not null,
  constraint aid_window_entries_pkey primary key (territory_id, grant_id, counted_id),
  constraint aid_window_entries_grant foreign key (territory_id, grant_id) references aid_grants (territory_id, id),
  constraint aid_window_entries_counted foreign key (territory_id, counted_id) references aid_grants (territory_id, id),
  constraint aid_window_entries_positive check (cents > 0)
);

create table aid_filings (
  territory_id uuid not null,
  grant_id     uuid not null,
  filed_on     date not null,
  reference    text not null,
  filed_by     uuid,
  recorded_at  timestamptz not null,
  constraint aid_filings_pkey primary key (territory_id, grant_id),
  constraint aid_filings_grant foreign key (territory_id, grant_id) references aid_grants (territory_id, id),
  constraint aid_filings_filed_by foreign key (territory_id, filed_by) references people (territory_id, id),
  constraint aid_filings_reference_length check (length(reference) between 1 and 120)
);

-- The written information to the firm: amount, nature and regulation are those of the grant.
create table aid_notices (
  territory_id uuid not null,
  grant_id     uuid not null,
  issued_on    date not null,
  issued_by    uuid,
  recorded_at  timestamptz not null,
  constraint aid_notices_pkey primary key (territory_id, grant_id),
  constraint aid_notices_grant foreign key (territory_id, grant_id) references aid_grants (territory_id, id),
  constraint aid_notices_issued_by foreign key (territory_id, issued_by) references people (territory_id, id)
);

create table aid_contests (
  territory_id uuid not null,
  id           uuid not null,
  grant_id     uuid not null,
  reason       text not null,
  opened_by    uuid,
  opened_at    timestamptz not null,
  is_upheld    boolean,
  answer       text,
  answered_by  uuid,
  answered_at  timestamptz,
  constraint aid_contests_pkey primary key (territory_id, id),
  constraint aid_contests_grant foreign key (territory_id, grant_id) references aid_grants (territory_id, id),
  constraint aid_contests_opened_by foreign key (territory_id, opened_by) references people (territory_id, id),
  constraint aid_contests_answered_by foreign key (territory_id, answered_by) references people (territory_id, id),
  constraint aid_contests_lengths check (length(reason) between 1 and 1000 and length(answer) between 1 and 1000),
  constraint aid_contests_answered_whole check ((answered_at is null) = (answer is null) and (answered_at is null) = (is_upheld is null))
);
create unique index aid_contests_one_open on aid_contests (territory_id, grant_id) where answered_at is null;

create table valuations (
  territory_id             uuid not null,
  id                       uuid not null,
  entry_id                 uuid not null,
  valued_on                date not null,
  method                   text not null,
  receiver                 text not null,
  value_cents              bigint not null,
  market_cents             bigint not null,
  paid_cents               bigint not null,
  public_share_per_million integer not null,
  evidence                 text not null,
  recorded_by              uuid,
  recorded_at              timestamptz not null,
  constraint valuations_pkey primary key (territory_id, id),
  constraint valuations_entry foreign key (territory_id, entry_id) references ledger_entries (territory_id, id),
  constraint valuations_recorded_by foreign key (territory_id, recorded_by) references people (territory_id, id),
  constraint valuations_method check (method in ('donor-cost', 'market-minus-paid', 'standard-rate')),
  constraint valuations_receiver check (receiver in ('general-interest-body', 'startup', 'other')),
  constraint valuations_amounts check (value_cents >= 0 and market_cents >= 0 and paid_cents >= 0),
  constraint valuations_public_share check (public_share_per_million between 0 and 1000000),
  constraint valuations_evidence_length check (length(evidence) between 1 and 1000)
);
create index valuations_by_entry on valuations (territory_id, entry_id, valued_on, id);

do $$
declare tenant text;
begin
  foreach tenant in array array['aid_firms', 'firm_links', 'firm_successions', 'aid_declarations', 'aid_grants', 'aid_declaration_lines',
    'aid_window_entries', 'aid_filings', 'aid_notices', 'aid_contests', 'valuations'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

grant select, insert on aid_firms, firm_links, firm_successions, aid_declarations, aid_grants, aid_declaration_lines, aid_window_entries,
  aid_filings, aid_notices, aid_contests, valuations to terreau_app;
grant update (until) on firm_links to terreau_app;
grant update (state, withdrawn_by, withdrawn_at, withdrawn_reason) on aid_grants to terreau_app;
grant update (is_upheld, answer, answered_by, answered_at) on aid_contests to terreau_app;
