-- A person with an address is found in this territory by that address when they sign in.
select p.id, p.email
from people p
where p.email is not null
  and not exists (select from territory_addresses a where a.territory_id = p.territory_id and a.email = p.email);
