-- Imports to their end: who asked for the step under way, and when what an import held was forgotten.

-- The step is done with the rights of whoever asked for it, who need not be whoever brought the files.
alter table imports
  add column asked_by     uuid,
  add column forgotten_at timestamptz,
  add constraint imports_asked_by foreign key (territory_id, asked_by) references people (territory_id, id);
