-- A standing entry for a session is the one that its confirmed session points to: nothing is booked twice, or for a session that did not confirm it.
select e.id, e.key, e.cause_id
from ledger_entries e
where e.cause_kind = 'session' and e.reverses_id is null
  and not exists (select from ledger_entries r where r.territory_id = e.territory_id and r.reverses_id = e.id)
  and not exists (
    select from sessions s
    where s.territory_id = e.territory_id and s.id = e.cause_id and s.entry_id = e.id and s.state = 'confirmed'
  );
