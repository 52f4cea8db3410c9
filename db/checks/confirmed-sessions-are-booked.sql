-- A confirmed session that gave something points to one standing entry: its own cause, its day, its amount, from its giver to its receiver in the unit of its kind.
select s.id, s.giver_amount, s.receiver_amount, s.entry_id
from sessions s
join territories z on z.id = s.territory_id
join matches m on m.territory_id = s.territory_id and m.id = s.match_id
join needs n on n.territory_id = m.territory_id and n.id = m.need_id
join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
where s.state = 'confirmed' and s.giver_amount > 0 and not exists (
  select from ledger_entries e
  join ledger_transfers t on t.territory_id = e.territory_id and t.entry_id = e.id
  join ledger_accounts d on d.territory_id = t.territory_id and d.id = t.debit_account_id
  join ledger_accounts c on c.territory_id = t.territory_id and c.id = t.credit_account_id
  where e.territory_id = s.territory_id and e.id = s.entry_id
    and (e.cause_kind, e.cause_id) = ('session', s.id)
    and e.reverses_id is null
    and e.occurred_on = (s.starts_at at time zone z.zone)::date
    and t.amount = s.giver_amount and t.amount = s.receiver_amount
    and t.unit = case n.unit when 'half-day' then 'minute' else n.unit end
    and c.code = 'given:' || f.organisation_id and d.code = 'received:' || n.organisation_id
    and (select count(*) from ledger_transfers x where x.territory_id = e.territory_id and x.entry_id = e.id) = 1
    and not exists (select from ledger_entries r where r.territory_id = e.territory_id and r.reverses_id = e.id)
);
