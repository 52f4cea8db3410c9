-- The plan that a round published was computed to its end, and an open round published nothing.
select r.id, r.number, r.state, u.state as run_state
from rounds r
left join round_runs u on u.territory_id = r.territory_id and u.round_id = r.id and u.id = r.published_run_id
where (r.state = 'open') <> (r.published_run_id is null)
  or (r.published_run_id is not null and u.state is distinct from 'done');
