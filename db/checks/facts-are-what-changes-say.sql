-- What an organisation is now is what the newest change of each fact made it.
with newest as (
  select distinct on (c.territory_id, c.organisation_id, fact.name)
    c.territory_id, c.organisation_id, fact.name, fact.value
  from organisation_changes c cross join lateral jsonb_each(c.after) as fact (name, value)
  where c.state in ('applied', 'undone')
  order by c.territory_id, c.organisation_id, fact.name, coalesce(c.decided_at, c.at) desc
), now as (
  select o.territory_id, o.id, jsonb_build_object(
      'name', o.name, 'legalName', o.legal_name, 'otherNames', o.other_names, 'siren', o.siren, 'siret', o.siret,
      'nafCode', o.naf_code, 'nafSection', o.naf_section, 'regionCode', o.region_code, 'commune', o.commune,
      'communeCode', o.commune_code, 'postalCode', o.postal_code, 'address', o.address, 'latitude', o.latitude,
      'longitude', o.longitude, 'employees', o.employees, 'foundedOn', o.founded_on, 'arrivedOn', o.arrived_on)
    || jsonb_build_object(
      'leftOn', o.left_on, 'closedOn', o.closed_on, 'website', o.website, 'links', o.links, 'summaryFr', o.summary_fr,
      'summaryEn', o.summary_en, 'isListed', o.is_listed, 'logoId', o.logo_id,
      'parts', array(select p.part from organisation_parts p
        where p.territory_id = o.territory_id and p.organisation_id = o.id order by p.part collate "C"),
      'themes', array(select t.theme_code from organisation_themes t
        where t.territory_id = o.territory_id and t.organisation_id = o.id order by t.theme_code collate "C"))
    || (select coalesce(jsonb_object_agg('extra.' || own.name, own.value), '{}') from jsonb_each(o.extra) as own (name, value)) as facts
  from organisations o where o.withdrawn_at is null and o.merged_into_id is null
)
select n.organisation_id, n.name, n.value, now.facts -> n.name as is_now
from newest n join now on now.territory_id = n.territory_id and now.id = n.organisation_id
where n.value is distinct from coalesce(now.facts -> n.name, 'null');
