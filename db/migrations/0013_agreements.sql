-- The alliance: agreements with their instalments and commitments in kind, what is paid of them, and what is spent.

-- One row is one signed text. An amendment is another row that names the one before; none is erased once signed.
create table agreements (
  territory_id       uuid not null references territories (id),
  id                 uuid not null,
  -- The first text of the series: its own id, or that of the text that the amendments go back to.
  series_id          uuid not null,
  number             integer not null,
  supersedes_id      uuid,
  organisation_id    uuid not null,
  kind               text not null,
  state              text not null default 'draft',
  title              text not null,
  reference          text not null default '',
  parties            text not null default '',
  starts_on          date not null,
  ends_on            date not null,
  renewal_on         date,
  signed_on          date,
  ended_on           date,
  programme_code     text,
  amounts_public     boolean not null default false,
  counterparts       text not null default '',
  counterparts_cents bigint not null default 0,
  file_id            uuid,
  version            integer not null default 0,
  created_by         uuid,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  constraint agreements_pkey primary key (territory_id, id),
  constraint agreements_superseded_once unique (territory_id, supersedes_id),
  constraint agreements_number_key unique (territory_id, series_id, number),
  constraint agreements_series foreign key (territory_id, series_id) references agreements (territory_id, id),
  constraint agreements_supersedes foreign key (territory_id, supersedes_id) references agreements (territory_id, id),
  constraint agreements_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint agreements_programme foreign key (territory_id, programme_code) references programmes (territory_id, code),
  constraint agreements_file foreign key (territory_id, file_id) references stored_files (territory_id, id),
  constraint agreements_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint agreements_kind check (kind in ('partner', 'public-funder')),
  constraint agreements_state check (state in ('draft', 'signed', 'superseded', 'ended')),
  constraint agreements_amends check ((number = 0) = (supersedes_id is null) and (number = 0) = (series_id = id)),
  constraint agreements_period check (ends_on >= starts_on and ends_on < starts_on + interval '20 years'),
  constraint agreements_signed check ((state = 'draft') = (signed_on is null)),
  constraint agreements_ended check ((state = 'ended') = (ended_on is not null)),
  constraint agreements_counterparts check (counterparts_cents >= 0),
  constraint agreements_length check (length(title) between 1 and 200 and length(reference) <= 80 and length(parties) <= 1000 and length(counterparts) <= 2000)
);
create index agreements_of_organisation on agreements (territory_id, organisation_id, starts_on);

-- What is to be paid, when, and on which condition. `year` is the year that it counts for.
create table instalments (
  territory_id  uuid not null,
  id            uuid not null,
  agreement_id  uuid not null,
  year          integer not null,
  due_on        date not null,
  amount_cents  bigint not null,
  condition     text not null default '',
  state         text not null default 'planned',
  called_on     date,
  call_entry_id uuid,
  -- How often it was called: a call that was cancelled can be made again.
  call_count    integer not null default 0,
  -- The instalment of the text before that this one takes over.
  carried_from_id uuid,
  reminded_on   date,
  reminders     integer not null default 0,
  constraint instalments_pkey primary key (territory_id, id),
  constraint instalments_agreement foreign key (territory_id, agreement_id) references agreements (territory_id, id) on delete cascade,
  constraint instalments_carried_from foreign key (territory_id, carried_from_id) references instalments (territory_id, id),
  constraint instalments_call_entry foreign key (territory_id, call_entry_id) references ledger_entries (territory_id, id),
  constraint instalments_state check (state in ('planned', 'called', 'withdrawn')),
  constraint instalments_called check ((state = 'called') = (call_entry_id is not null) and (state = 'called') = (called_on is not null)),
  constraint instalments_amount check (amount_cents between 1 and 100000000000),
  constraint instalments_reminders check ((reminders > 0) = (reminded_on is not null)),
  constraint instalments_condition_length check (length(condition) <= 500)
);
create index instalments_of_agreement on instalments (territory_id, agreement_id, due_on);
create index instalments_by_day on instalments (territory_id, due_on) where state <> 'withdrawn';

-- What was paid of an instalment; a payment booked by mistake is reversed and stays.
create table instalment_payments (
  territory_id      uuid not null,
  id                uuid not null,
  instalment_id     uuid not null,
  paid_on           date not null,
  amount_cents      bigint not null,
  note              text not null default '',
  entry_id          uuid not null,
  reversal_entry_id uuid,
  created_at        timestamptz not null,
  constraint instalment_payments_pkey primary key (territory_id, id),
  constraint instalment_payments_instalment foreign key (territory_id, instalment_id) references instalments (territory_id, id),
  constraint instalment_payments_entry foreign key (territory_id, entry_id) references ledger_entries (territory_id, id),
  constraint instalment_payments_reversal foreign key (territory_id, reversal_entry_id) references ledger_entries (territory_id, id),
  constraint instalment_payments_amount check (amount_cents > 0),
  constraint instalment_payments_note_length check (length(note) <= 200)
);
create index instalment_payments_of_one on instalment_payments (territory_id, instalment_id);

-- What is promised in kind, a year, in the unit of its family.
create table commitments (
  territory_id uuid not null,
  agreement_id uuid not null,
  year         integer not null,
  family       text not null,
  unit         text not null,
  amount       bigint not null,
  constraint commitments_pkey primary key (territory_id, agreement_id, year, family),
  constraint commitments_agreement foreign key (territory_id, agreement_id) references agreements (territory_id, id) on delete cascade,
  constraint commitments_family check (family in ('expertise', 'market-access', 'legal', 'commercial', 'desks', 'test-grounds', 'staff')),
  constraint commitments_unit check (unit in ('minute', 'introduction', 'desk-day', 'test-ground-day')),
  constraint commitments_amount check (amount between 1 and 1000000000)
);

create table expenses (
  territory_id      uuid not null references territories (id),
  id                uuid not null,
  spent_on          date not null,
  nature            text not null,
  amount_cents      bigint not null,
  supplier          text not null,
  programme_code    text,
  file_id           uuid,
  entry_id          uuid not null,
  reversal_entry_id uuid,
  created_by        uuid,
  created_at        timestamptz not null,
  constraint expenses_pkey primary key (territory_id, id),
  constraint expenses_programme foreign key (territory_id, programme_code) references programmes (territory_id, code),
  constraint expenses_file foreign key (territory_id, file_id) references stored_files (territory_id, id),
  constraint expenses_entry foreign key (territory_id, entry_id) references ledger_entries (territory_id, id),
  constraint expenses_reversal foreign key (territory_id, reversal_entry_id) references ledger_entries (territory_id, id),
  constraint expenses_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint expenses_nature check (nature in ('staff', 'premises', 'services', 'events', 'travel', 'purchases')),
  constraint expenses_amount check (amount_cents between 1 and 100000000000),
  constraint expenses_supplier_length check (length(supplier) between 1 and 200)
);
create index expenses_by_day on expenses (territory_id, spent_on desc, id);

do $$
declare tenant text;
begin
  foreach tenant in array array['agreements', 'instalments', 'instalment_payments', 'commitments', 'expenses'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

-- Only a draft, never signed nor ended, may be thrown away.
create policy agreements_kept_once_signed on agreements as restrictive for delete using (state = 'draft');

grant select, insert, update, delete on agreements, instalments, commitments to terreau_app;
grant select, insert on instalment_payments, expenses to terreau_app;
grant update (reversal_entry_id) on instalment_payments, expenses to terreau_app;
