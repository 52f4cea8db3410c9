-- Every entry of the ledger moves something.
select e.id, e.key
from ledger_entries e
where not exists (
  select from ledger_transfers t where t.territory_id = e.territory_id and t.entry_id = e.id
);
