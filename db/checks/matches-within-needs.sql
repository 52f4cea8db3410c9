-- What is proposed or accepted for a need never passes what it asks.
select n.id, n.title, n.quantity, sum(m.quantity) as promised
from needs n
join matches m on m.territory_id = n.territory_id and m.need_id = n.id
where m.state in ('proposed', 'accepted')
group by n.territory_id, n.id, n.title, n.quantity
having sum(m.quantity) > n.quantity;
