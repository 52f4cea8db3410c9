-- Documents that were issued: numbered without gaps, kept as the facts and the words of that day, drawn again on demand.

-- The last number of each kind and year. Its row is locked while a document is issued: a number is taken or not at all.
create table document_counters (
  territory_id uuid not null references territories (id),
  kind         text not null,
  year         integer not null,
  last         integer not null,
  constraint document_counters_pkey primary key (territory_id, kind, year),
  constraint document_counters_last check (last > 0)
);

create table documents (
  territory_id    uuid not null references territories (id),
  id              uuid not null,
  kind            text not null,
  year            integer not null,
  number          integer not null,
  locale          text not null,
  -- Whose document it is; none for what is about the whole territory.
  organisation_id uuid,
  -- What it is issued for: asked again, it is the same document.
  issue_key       text not null,
  facts           jsonb not null,
  -- The words, in their order, as they were issued.
  paper           jsonb not null,
  -- Of the file.
  sha256          text not null,
  issued_on       date not null,
  issued_by       uuid,
  issued_at       timestamptz not null,
  constraint documents_pkey primary key (territory_id, id),
  constraint documents_number_key unique (territory_id, kind, year, number),
  constraint documents_once unique (territory_id, kind, locale, issue_key),
  constraint documents_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint documents_issued_by foreign key (territory_id, issued_by) references people (territory_id, id),
  constraint documents_kind check (kind in ('payment-call', 'receipt', 'aid-certificate', 'aid-notice', 'delivery-statement', 'funder-report')),
  constraint documents_locale check (locale in ('fr', 'en')),
  constraint documents_number check (number > 0),
  constraint documents_key_length check (length(issue_key) between 1 and 200)
);
create index documents_of_organisation on documents (territory_id, organisation_id, issued_on desc);
create index documents_by_day on documents (territory_id, issued_on desc, id);

do $$
declare tenant text;
begin
  foreach tenant in array array['document_counters', 'documents'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

-- What was issued stays as it is.
grant select, insert on documents, document_counters to terreau_app;
grant update (last) on document_counters to terreau_app;
