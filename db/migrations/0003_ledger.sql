-- Double entry in a shape that cannot be unbalanced: a transfer moves a positive amount, in one unit,
-- from one account (credit) to another (debit); an entry groups transfers. Nothing is updated or deleted.

create table ledger_accounts (
  territory_id    uuid not null references territories (id),
  id              uuid not null,
  code            text not null,
  unit            text not null,
  organisation_id uuid,
  created_at      timestamptz not null,
  constraint ledger_accounts_pkey primary key (territory_id, id),
  constraint ledger_accounts_code_key unique (territory_id, code, unit),
  constraint ledger_accounts_unit_key unique (territory_id, id, unit),
  constraint ledger_accounts_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint ledger_accounts_unit check (unit in ('eur-cent', 'minute', 'introduction', 'desk-day', 'test-ground-day')),
  -- A code is a family, or a family and its organisation; the cash families count euros and nothing else does.
  constraint ledger_accounts_code_form check (code ~ '^[a-z]+(-[a-z]+)*(:[0-9a-f-]{36})?$'),
  constraint ledger_accounts_owner check (case when organisation_id is null then code !~ ':' else right(code, 37) = ':' || organisation_id::text end),
  constraint ledger_accounts_book check ((code ~ '^cash-') = (unit = 'eur-cent'))
);
create index ledger_accounts_by_organisation on ledger_accounts (territory_id, organisation_id);

create table ledger_entries (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  key          text not null,
  occurred_on  date not null,
  posted_at    timestamptz not null,
  cause_kind   text not null,
  cause_id     uuid not null,
  author_id    uuid,
  memo         text not null default '',
  reverses_id  uuid,
  constraint ledger_entries_pkey primary key (territory_id, id),
  constraint ledger_entries_key_key unique (territory_id, key),
  constraint ledger_entries_reverses_key unique (territory_id, reverses_id),
  constraint ledger_entries_reverses foreign key (territory_id, reverses_id) references ledger_entries (territory_id, id),
  constraint ledger_entries_author foreign key (territory_id, author_id) references people (territory_id, id),
  constraint ledger_entries_cause check (cause_kind in ('session', 'agreement', 'booking', 'decision')),
  constraint ledger_entries_memo_length check (length(memo) <= 500)
);
create index ledger_entries_by_cause on ledger_entries (territory_id, cause_kind, cause_id);
create index ledger_entries_by_day on ledger_entries (territory_id, occurred_on desc, id);

create table ledger_transfers (
  territory_id      uuid not null references territories (id),
  entry_id          uuid not null,
  position          integer not null,
  debit_account_id  uuid not null,
  credit_account_id uuid not null,
  unit              text not null,
  amount            bigint not null,
  constraint ledger_transfers_pkey primary key (territory_id, entry_id, position),
  constraint ledger_transfers_entry foreign key (territory_id, entry_id) references ledger_entries (territory_id, id),
  constraint ledger_transfers_debit foreign key (territory_id, debit_account_id, unit) references ledger_accounts (territory_id, id, unit),
  constraint ledger_transfers_credit foreign key (territory_id, credit_account_id, unit) references ledger_accounts (territory_id, id, unit),
  constraint ledger_transfers_positive check (amount > 0),
  constraint ledger_transfers_two_accounts check (debit_account_id <> credit_account_id)
);
create index ledger_transfers_by_debit on ledger_transfers (territory_id, debit_account_id, entry_id);
create index ledger_transfers_by_credit on ledger_transfers (territory_id, credit_account_id, entry_id);

alter table ledger_accounts enable row level security;
alter table ledger_accounts force row level security;
create policy ledger_accounts_territory on ledger_accounts using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table ledger_entries enable row level security;
alter table ledger_entries force row level security;
create policy ledger_entries_territory on ledger_entries using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table ledger_transfers enable row level security;
alter table ledger_transfers force row level security;
create policy ledger_transfers_territory on ledger_transfers using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);

-- Insert and read, nothing else: the application has no right to change what was booked.
grant select, insert on ledger_accounts, ledger_entries, ledger_transfers to terreau_app;
