-- The books await from each organisation exactly what was called and not yet paid.
with booked as (
  select a.territory_id, a.organisation_id, sum(case when t.debit_account_id = a.id then t.amount else -t.amount end) as due
  from ledger_accounts a
  join ledger_transfers t on t.territory_id = a.territory_id and a.id in (t.debit_account_id, t.credit_account_id)
  where a.code like 'cash-%-due:%'
  group by 1, 2
), awaited as (
  select g.territory_id, g.organisation_id,
    sum(i.amount_cents - coalesce((select sum(p.amount_cents) from instalment_payments p
      where p.territory_id = i.territory_id and p.instalment_id = i.id and p.reversal_entry_id is null), 0)) as due
  from instalments i
  join agreements g on g.territory_id = i.territory_id and g.id = i.agreement_id
  where i.state = 'called'
  group by 1, 2
)
select coalesce(b.organisation_id, w.organisation_id) as organisation_id, b.due as booked, w.due as awaited
from booked b
full join awaited w on w.territory_id = b.territory_id and w.organisation_id = b.organisation_id
where coalesce(b.due, 0) <> coalesce(w.due, 0);
