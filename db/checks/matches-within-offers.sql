-- What is proposed or accepted on an offer never passes its capacity.
select f.id, f.title, f.capacity, sum(m.quantity) as promised
from offers f
join matches m on m.territory_id = f.territory_id and m.offer_id = f.id
where m.state in ('proposed', 'accepted')
group by f.territory_id, f.id, f.title, f.capacity
having sum(m.quantity) > f.capacity;
