-- A published round has one match for each agreement of its plan, with the same units, and no other.
with agreements as (
  select r.territory_id, r.id as round_id, r.number,
    (u.problem -> 'needs' -> (a ->> 'need')::integer ->> 'id')::uuid as need_id,
    (u.problem -> 'offers' -> (a ->> 'offer')::integer ->> 'id')::uuid as offer_id,
    (a ->> 'units')::integer as quantity
  from rounds r
  join round_runs u on u.territory_id = r.territory_id and u.round_id = r.id and u.id = r.published_run_id
  cross join lateral jsonb_array_elements(u.plan -> 'agreements') a
), found as (
  select m.territory_id, m.round_id, m.need_id, m.offer_id, m.quantity from matches m where m.round_id is not null
)
select coalesce(a.round_id, f.round_id) as round_id, coalesce(a.need_id, f.need_id) as need_id,
  coalesce(a.offer_id, f.offer_id) as offer_id, a.quantity as planned, f.quantity as written
from agreements a
full join found f on f.territory_id = a.territory_id and f.round_id = a.round_id
  and f.need_id = a.need_id and f.offer_id = a.offer_id
where a.quantity is distinct from f.quantity;
