-- A reversal is the mirror of its entry: the same transfers the other way round, for the same cause, on the same day (or later, when the year of that day was closed); and no reversal is reversed.
select r.id, r.reverses_id, t.position
from ledger_entries r
join ledger_entries e on e.territory_id = r.territory_id and e.id = r.reverses_id
left join ledger_transfers t on t.territory_id = r.territory_id and t.entry_id = r.id
left join ledger_transfers o on o.territory_id = e.territory_id and o.entry_id = e.id and o.position = t.position
  and o.debit_account_id = t.credit_account_id and o.credit_account_id = t.debit_account_id
  and o.unit = t.unit and o.amount = t.amount
where o.entry_id is null
  or e.reverses_id is not null
  or r.occurred_on < e.occurred_on
  or (r.occurred_on > e.occurred_on and not exists (
    select from fiscal_years y where y.territory_id = e.territory_id and y.state = 'closed' and e.occurred_on between y.starts_on and y.ends_on))
  or (r.cause_kind, r.cause_id) <> (e.cause_kind, e.cause_id)
  or r.programme_code is distinct from e.programme_code
  or (select count(*) from ledger_transfers x where x.territory_id = r.territory_id and x.entry_id = r.id)
    <> (select count(*) from ledger_transfers x where x.territory_id = e.territory_id and x.entry_id = e.id);
