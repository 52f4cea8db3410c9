-- A document that was issued by mistake stays, and says so; it may then be issued anew.
alter table documents drop constraint documents_once;
create index documents_by_key on documents (territory_id, issue_key text_pattern_ops);

create table document_withdrawals (
  territory_id uuid not null,
  document_id  uuid not null,
  reason       text not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz not null,
  constraint document_withdrawals_pkey primary key (territory_id, document_id),
  constraint document_withdrawals_document foreign key (territory_id, document_id) references documents (territory_id, id),
  constraint document_withdrawals_by foreign key (territory_id, withdrawn_by) references people (territory_id, id),
  constraint document_withdrawals_reason_length check (length(reason) between 1 and 300)
);

alter table document_withdrawals enable row level security;
alter table document_withdrawals force row level security;
create policy document_withdrawals_territory on document_withdrawals
  using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
grant select, insert on document_withdrawals to terreau_app;
