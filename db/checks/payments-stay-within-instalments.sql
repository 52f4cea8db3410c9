-- What was paid of an instalment is at most its amount, and only of one that was called.
select i.id, i.state, i.amount_cents, sum(p.amount_cents) as paid
from instalments i
join instalment_payments p on p.territory_id = i.territory_id and p.instalment_id = i.id and p.reversal_entry_id is null
group by i.id, i.state, i.amount_cents
having sum(p.amount_cents) > i.amount_cents or i.state <> 'called';
