-- A need or an offer names only themes of its territory.
select 'need' as what, n.id, code
from needs n
cross join lateral unnest(n.theme_codes) as code
where not exists (select from themes t where t.territory_id = n.territory_id and t.code = code)
union all
select 'offer', f.id, code
from offers f
cross join lateral unnest(f.theme_codes) as code
where not exists (select from themes t where t.territory_id = f.territory_id and t.code = code);
