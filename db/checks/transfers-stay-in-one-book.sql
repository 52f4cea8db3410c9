-- A transfer stays in one unit, cash accounts count euros and nothing else does (IK-07), and an owned account names its organisation.
select t.entry_id, t.position, t.unit, d.code as debit, d.unit as debit_unit, c.code as credit, c.unit as credit_unit
from ledger_transfers t
join ledger_accounts d on d.territory_id = t.territory_id and d.id = t.debit_account_id
join ledger_accounts c on c.territory_id = t.territory_id and c.id = t.credit_account_id
where t.unit <> d.unit
  or t.unit <> c.unit
  or t.amount <= 0
  or (t.unit = 'eur-cent') <> (d.code ~ '^cash-')
  or (t.unit = 'eur-cent') <> (c.code ~ '^cash-')
  or d.code <> split_part(d.code, ':', 1) || coalesce(':' || d.organisation_id, '')
  or c.code <> split_part(c.code, ':', 1) || coalesce(':' || c.organisation_id, '');
