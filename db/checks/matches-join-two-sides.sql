-- A match joins a need and an offer of two organisations, counted in the same unit.
select m.id, n.organisation_id as receiver, f.organisation_id as giver, n.unit as need_unit, f.unit as offer_unit
from matches m
join needs n on n.territory_id = m.territory_id and n.id = m.need_id
join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
where n.organisation_id = f.organisation_id or n.unit <> f.unit;
