-- The bank's own word on what came and went: statements that were brought, their movements, and what was booked of each.

-- The accelerator's own accounts: a statement of another account is refused.
create table bank_ibans (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  iban         text not null,
  label        text not null,
  created_by   uuid,
  created_at   timestamptz not null,
  constraint bank_ibans_pkey primary key (territory_id, id),
  constraint bank_ibans_key unique (territory_id, iban),
  constraint bank_ibans_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint bank_ibans_form check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  constraint bank_ibans_label_length check (length(label) between 1 and 80)
);

-- A file that brought at least one movement that was not known.
create table bank_statements (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  format       text not null,
  file_name    text not null,
  sha256       text not null,
  created_by   uuid,
  created_at   timestamptz not null,
  constraint bank_statements_pkey primary key (territory_id, id),
  constraint bank_statements_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint bank_statements_format check (format in ('camt.053', 'csv')),
  constraint bank_statements_name_length check (length(file_name) between 1 and 200)
);

-- One sum that came (above zero) or went (below) on one day. `digest` stands for all that the bank says of it, and for
-- its place among those that say the same on the same day: brought twice, it is stored once.
create table bank_movements (
  territory_id      uuid not null,
  id                uuid not null,
  statement_id      uuid not null,
  iban_id           uuid not null,
  digest            text not null,
  -- Its line in the file.
  row_number        integer not null,
  booked_on         date not null,
  value_on          date,
  amount_cents      bigint not null,
  counterparty      text not null default '',
  counterparty_iban text not null default '',
  end_to_end_id     text not null default '',
  remittance        text not null default '',
  bank_reference    text not null default '',
  -- The bank says that it takes back an earlier one.
  is_reversal       boolean not null default false,
  set_aside_reason  text,
  -- How often something was booked of it: each time has its own key in the books.
  turns             integer not null default 0,
  constraint bank_movements_pkey primary key (territory_id, id),
  constraint bank_movements_once unique (territory_id, iban_id, digest),
  constraint bank_movements_statement foreign key (territory_id, statement_id) references bank_statements (territory_id, id),
  constraint bank_movements_iban foreign key (territory_id, iban_id) references bank_ibans (territory_id, id),
  constraint bank_movements_amount check (amount_cents <> 0 and amount_cents between -100000000000 and 100000000000),
  constraint bank_movements_length check (length(counterparty) <= 200 and length(counterparty_iban) <= 34 and length(end_to_end_id) <= 100 and length(remittance) <= 1000 and length(bank_reference) <= 100),
  constraint bank_movements_reason_length check (length(set_aside_reason) between 1 and 300)
);
create index bank_movements_by_day on bank_movements (territory_id, booked_on desc, id);
create index bank_movements_of_counterparty on bank_movements (territory_id, counterparty_iban) where counterparty_iban <> '';

-- Which payments were booked of a movement. A payment that is reversed gives its part back.
create table bank_bookings (
  territory_id uuid not null,
  movement_id  uuid not null,
  payment_id   uuid not null,
  constraint bank_bookings_pkey primary key (territory_id, payment_id),
  constraint bank_bookings_movement foreign key (territory_id, movement_id) references bank_movements (territory_id, id),
  constraint bank_bookings_payment foreign key (territory_id, payment_id) references instalment_payments (territory_id, id)
);
create index bank_bookings_of_movement on bank_bookings (territory_id, movement_id);

do $$
declare tenant text;
begin
  foreach tenant in array array['bank_ibans', 'bank_statements', 'bank_movements', 'bank_bookings'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

grant select, insert on bank_ibans, bank_statements, bank_movements, bank_bookings to terreau_app;
grant update (set_aside_reason, turns) on bank_movements to terreau_app;
