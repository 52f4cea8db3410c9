-- The declaration on which a grant rests is dated before it, and a contested grant has exactly one contest that waits.
select g.id, 'declaration' as fault
from aid_grants g
join aid_declarations d on d.territory_id = g.territory_id and d.id = g.prior_declaration_id
where d.declared_on >= g.granted_on
union all
select g.id, 'contest'
from aid_grants g
where (g.state = 'contested') <> exists (
  select from aid_contests c where c.territory_id = g.territory_id and c.grant_id = g.id and c.answered_at is null);
