-- Every organisation plays at least one part in its territory.
select o.id, o.name
from organisations o
where not exists (
  select from organisation_parts p where p.territory_id = o.territory_id and p.organisation_id = o.id
);
