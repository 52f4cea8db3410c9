-- Nothing is booked of a movement beyond its amount, nor of one that left the account, nor on another day.
select m.id as movement_id, m.amount_cents, sum(p.amount_cents) as booked
from bank_movements m
join bank_bookings b on b.territory_id = m.territory_id and b.movement_id = m.id
join instalment_payments p on p.territory_id = b.territory_id and p.id = b.payment_id
where p.reversal_entry_id is null
group by m.territory_id, m.id, m.amount_cents, m.booked_on
having sum(p.amount_cents) > m.amount_cents or bool_or(p.paid_on <> m.booked_on);
