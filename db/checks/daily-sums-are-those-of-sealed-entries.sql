-- What sealed entries add up to, by account, day and programme, is what the table of sums says; balances are read from it.
with moves as (
  select t.territory_id, t.occurred_on, coalesce(e.programme_code, '') as programme_code, t.debit_account_id, t.credit_account_id, t.amount
  from ledger_transfers t
  join ledger_entries e on e.territory_id = t.territory_id and e.id = t.entry_id
  join ledger_block_entries b on b.territory_id = t.territory_id and b.entry_id = t.entry_id
), sides as (
  select territory_id, debit_account_id as account_id, occurred_on as day, programme_code, amount as debits, 0 as credits from moves
  union all
  select territory_id, credit_account_id, occurred_on, programme_code, 0, amount from moves
), counted as (
  select territory_id, account_id, day, programme_code, sum(debits) as debits, sum(credits) as credits from sides group by 1, 2, 3, 4
)
select coalesce(c.account_id, s.account_id) as account_id, coalesce(c.day, s.day) as day, c.debits as counted_debits, s.debits, c.credits as counted_credits, s.credits
from counted c
full join ledger_daily_sums s on s.territory_id = c.territory_id and s.account_id = c.account_id and s.day = c.day and s.programme_code = c.programme_code
where c.debits is distinct from s.debits or c.credits is distinct from s.credits;
