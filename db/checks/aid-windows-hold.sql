-- No window above its ceiling: what filled it when a grant was decided, and the grant, are at most the ceiling of that day.
select g.id, g.ceiling_cents, g.cents + coalesce(sum(e.cents), 0) as filled
from aid_grants g
left join aid_window_entries e on e.territory_id = g.territory_id and e.grant_id = g.id
where g.origin = 'decided' and g.ceiling_cents is not null
group by g.territory_id, g.id, g.ceiling_cents, g.cents
having g.cents + coalesce(sum(e.cents), 0) > g.ceiling_cents;
