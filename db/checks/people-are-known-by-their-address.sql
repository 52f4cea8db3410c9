-- A person with a role or an organisation, and an address, is found in this territory by that address when they sign in.
select p.id, p.email
from people p
where p.email is not null
  and (exists (select from role_grants r where r.territory_id = p.territory_id and r.person_id = p.id)
    or exists (select from memberships m where m.territory_id = p.territory_id and m.person_id = p.id))
  and not exists (select from territory_addresses a where a.territory_id = p.territory_id and a.email = p.email);
