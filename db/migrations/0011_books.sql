-- The books in full: programmes, fiscal years that stay closed, days on transfers, sums by day, and the chain that
-- seals entries. Entries and transfers are still inserted and read, nothing else.

create extension if not exists btree_gist with schema public;

create table programmes (
  territory_id uuid not null references territories (id),
  code         text not null,
  label_fr     text not null,
  label_en     text not null,
  position     integer not null default 0,
  constraint programmes_pkey primary key (territory_id, code),
  constraint programmes_code_form check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 60),
  constraint programmes_label_length check (length(label_fr) between 1 and 120 and length(label_en) between 1 and 120)
);

create table fiscal_years (
  territory_id uuid not null references territories (id),
  code         text not null,
  starts_on    date not null,
  ends_on      date not null,
  state        text not null default 'open',
  closed_at    timestamptz,
  closed_by    uuid,
  -- The last block of the chain when the year was closed.
  closed_hash  text,
  constraint fiscal_years_pkey primary key (territory_id, code),
  constraint fiscal_years_closed_by foreign key (territory_id, closed_by) references people (territory_id, id),
  constraint fiscal_years_code_form check (code ~ '^[0-9]{4}(-[0-9]{4})?$'),
  constraint fiscal_years_period check (ends_on > starts_on),
  constraint fiscal_years_state check (state in ('open', 'closed')),
  constraint fiscal_years_closed_whole check ((state = 'closed') = (closed_at is not null)),
  constraint fiscal_years_apart exclude using gist (territory_id with =, daterange(starts_on, ends_on, '[]') with &&)
);

-- Whose books these are: the organisation that answers for them, and whose SIREN names the accounting file.
create table ledger_keepers (
  territory_id    uuid not null references territories (id),
  organisation_id uuid not null,
  constraint ledger_keepers_pkey primary key (territory_id),
  constraint ledger_keepers_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id)
);

alter table ledger_entries
  add column programme_code text,
  add constraint ledger_entries_programme foreign key (territory_id, programme_code) references programmes (territory_id, code),
  add constraint ledger_entries_day_key unique (territory_id, id, occurred_on),
  drop constraint ledger_entries_cause,
  add constraint ledger_entries_cause check (cause_kind in
    ('session', 'agreement', 'booking', 'decision', 'instalment', 'payment', 'expense', 'stay', 'test'));

-- A transfer knows the day of its entry, so that a statement is read from one index.
drop index ledger_transfers_by_debit;
drop index ledger_transfers_by_credit;
alter table ledger_transfers add column occurred_on date;
alter table ledger_transfers no force row level security;
alter table ledger_entries no force row level security;
update ledger_transfers t set occurred_on = e.occurred_on
  from ledger_entries e where e.territory_id = t.territory_id and e.id = t.entry_id;
alter table ledger_transfers
  alter column occurred_on set not null,
  drop constraint ledger_transfers_entry,
  add constraint ledger_transfers_entry foreign key (territory_id, entry_id, occurred_on) references ledger_entries (territory_id, id, occurred_on);
create index ledger_transfers_by_debit on ledger_transfers (territory_id, debit_account_id, occurred_on, entry_id, position);
create index ledger_transfers_by_credit on ledger_transfers (territory_id, credit_account_id, occurred_on, entry_id, position);

-- What waits to be sealed: a list that posting fills and sealing empties.
create table ledger_unsealed (
  territory_id uuid not null,
  entry_id     uuid not null,
  constraint ledger_unsealed_pkey primary key (territory_id, entry_id),
  constraint ledger_unsealed_entry foreign key (territory_id, entry_id) references ledger_entries (territory_id, id)
);
insert into ledger_unsealed select territory_id, id from ledger_entries;
alter table ledger_entries force row level security;
alter table ledger_transfers force row level security;

-- The chain: each block names the one before it, and no block has two successors.
create table ledger_blocks (
  territory_id  uuid not null references territories (id),
  height        integer not null,
  previous_hash text not null,
  hash          text not null,
  entry_count   integer not null,
  sealed_at     timestamptz not null,
  constraint ledger_blocks_pkey primary key (territory_id, height),
  constraint ledger_blocks_one_successor unique (territory_id, previous_hash),
  constraint ledger_blocks_height check (height >= 1),
  constraint ledger_blocks_entry_count check (entry_count >= 1),
  constraint ledger_blocks_hash_form check (hash ~ '^[0-9a-f]{64}$' and previous_hash ~ '^[0-9a-f]{64}$')
);
create table ledger_block_entries (
  territory_id uuid not null,
  entry_id     uuid not null,
  height       integer not null,
  position     integer not null,
  hash         text not null,
  constraint ledger_block_entries_pkey primary key (territory_id, entry_id),
  constraint ledger_block_entries_place_key unique (territory_id, height, position),
  constraint ledger_block_entries_block foreign key (territory_id, height) references ledger_blocks (territory_id, height),
  constraint ledger_block_entries_entry foreign key (territory_id, entry_id) references ledger_entries (territory_id, id),
  constraint ledger_block_entries_hash_form check (hash ~ '^[0-9a-f]{64}$')
);

-- What sealed entries add up to, by account, day and programme: derived, and checked against the transfers.
create table ledger_daily_sums (
  territory_id   uuid not null,
  account_id     uuid not null,
  day            date not null,
  programme_code text not null default '',
  debits         bigint not null,
  credits        bigint not null,
  constraint ledger_daily_sums_pkey primary key (territory_id, account_id, day, programme_code),
  constraint ledger_daily_sums_account foreign key (territory_id, account_id) references ledger_accounts (territory_id, id),
  constraint ledger_daily_sums_positive check (debits >= 0 and credits >= 0)
);

do $$
declare tenant text;
begin
  foreach tenant in array array['programmes', 'fiscal_years', 'ledger_keepers', 'ledger_unsealed', 'ledger_blocks', 'ledger_block_entries', 'ledger_daily_sums'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

-- A closed year stays closed, and takes no entry: the database refuses what a command forgot.
create policy fiscal_years_stay_closed on fiscal_years as restrictive for update using (state = 'open') with check (state = 'closed');
create policy ledger_entries_in_open_years on ledger_entries as restrictive for insert with check (
  not exists (
    select from fiscal_years y
    where y.territory_id = ledger_entries.territory_id and y.state = 'closed'
      and ledger_entries.occurred_on between y.starts_on and y.ends_on
  )
);

grant select, insert, update on programmes, ledger_keepers to terreau_app;
grant select, insert on fiscal_years to terreau_app;
grant update (state, closed_at, closed_by, closed_hash) on fiscal_years to terreau_app;
grant select, insert, delete on ledger_unsealed to terreau_app;
grant select, insert on ledger_blocks, ledger_block_entries to terreau_app;
grant select, insert, update on ledger_daily_sums to terreau_app;
