-- Whatever its ties, a firm alone passes no ceiling in a window that ends with a grant decided here, counted from what was decided here at any time and from what was declared by then.
select g.id, g.ceiling_cents, sum(h.cents) as filled
from aid_grants g
join aid_grants h on h.territory_id = g.territory_id and h.firm_id = g.firm_id and h.basis = g.basis and h.state <> 'withdrawn'
  and h.granted_on between g.window_from and g.granted_on
  and (h.origin = 'decided' or h.recorded_at <= g.recorded_at)
where g.origin = 'decided' and g.state <> 'withdrawn' and g.ceiling_cents is not null
  and not exists (select from firm_successions s where s.territory_id = g.territory_id and s.from_id = g.firm_id)
group by g.territory_id, g.id, g.ceiling_cents
having sum(h.cents) > g.ceiling_cents;
