/**
 * Phases, ties and affiliations: added where both sides are there, and taken back by the ids that were given to them.
 *
 * Must always hold: a link that is there already is not added again; each one that was added is known by its id.
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ImportId } from './import.ts';
import { joinWholeTables } from './resolve-links.server.ts';

const TIES = sql`('incubated-by', 'sponsored-by', 'part-of', 'member-of')`;

export async function addLinks(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  const mine = sql`l.territory_id = ${tx.territoryId} and l.import_id = ${importId}`;
  await joinWholeTables(tx);
  await sideIds(tx, importId);
  await sql`
    update import_links l set added_id = gen_random_uuid()
    where ${mine} and l.from_id is not null and (l.to_id is not null or l.kind = 'phase') and l.from_id is distinct from l.to_id`.execute(
    tx,
  );
  await sql`
    insert into organisation_phases (territory_id, id, organisation_id, phase, since, until)
    select l.territory_id, l.added_id, l.from_id, l.label, l.since, l.until from import_links l
    where ${mine} and l.kind = 'phase' and l.added_id is not null
    order by l.table_position, l.number, l.position on conflict do nothing`.execute(tx);
  await sql`
    insert into organisation_ties (territory_id, id, from_id, to_id, kind, since, until)
    select l.territory_id, l.added_id, l.from_id, l.to_id, l.kind, l.since, l.until from import_links l
    where ${mine} and l.kind in ${TIES} and l.added_id is not null
    order by l.table_position, l.number, l.position on conflict do nothing`.execute(tx);
  await sql`
    insert into affiliations (territory_id, id, person_id, organisation_id, title, since, until)
    select l.territory_id, l.added_id, l.from_id, l.to_id, l.label, l.since, l.until from import_links l
    where ${mine} and l.kind = 'affiliation' and l.added_id is not null
    order by l.table_position, l.number, l.position on conflict do nothing`.execute(tx);
  // What was there keeps its own id: only what this import added is taken back with it.
  await sql`
    update import_links l set added_id = null
    where ${mine} and l.added_id is not null
      and not exists (select from organisation_phases p where p.territory_id = l.territory_id and p.id = l.added_id)
      and not exists (select from organisation_ties t where t.territory_id = l.territory_id and t.id = l.added_id)
      and not exists (select from affiliations a where a.territory_id = l.territory_id and a.id = l.added_id)`.execute(
    tx,
  );
}

/** Identities become ids once their entries have one. */
async function sideIds(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  for (const side of ['from', 'to'] as const)
    await sql`
      update import_links l set ${sql.ref(`${side}_id`)} = e.target_id from import_entries e
      where l.territory_id = ${tx.territoryId} and l.import_id = ${importId}
        and e.territory_id = l.territory_id and e.import_id = l.import_id and e.identity = l.${sql.ref(`${side}_identity`)}
        and (e.outcome <> 'create' or e.is_chosen)`.execute(tx);
}

export interface LinkCounts {
  readonly phases: number;
  readonly ties: number;
  readonly affiliations: number;
  readonly there: number;
  readonly unknown: number;
}

/** What would be added, is there already, or names somebody who is nowhere. */
export async function countLinks(tx: TerritoryTransaction, importId: ImportId): Promise<LinkCounts> {
  await joinWholeTables(tx);
  const { rows } = await sql<Record<keyof LinkCounts, bigint>>`
    with l as materialized (
      select l.kind, l.label, l.since, coalesce(f.target_id, l.from_id) as from_id, coalesce(t.target_id, l.to_id) as to_id,
        coalesce(l.from_identity, l.from_id::text) as from_one, coalesce(l.to_identity, l.to_id::text) as to_one,
        coalesce(f.outcome not in ('refuse', 'ask') and f.is_chosen, l.from_id is not null) as has_from,
        coalesce(t.outcome not in ('refuse', 'ask') and t.is_chosen, l.to_id is not null) or l.kind = 'phase' as has_to
      from import_links l
      left join import_entries f on f.territory_id = l.territory_id and f.import_id = l.import_id and f.identity = l.from_identity
      left join import_entries t on t.territory_id = l.territory_id and t.import_id = l.import_id and t.identity = l.to_identity
      where l.territory_id = ${tx.territoryId} and l.import_id = ${importId}),
    d as (select distinct on (kind, from_one, to_one, label, since) * from l where has_from and has_to and from_one is distinct from to_one),
    s as (select *, case kind
        when 'phase' then exists (select from organisation_phases p where p.territory_id = ${tx.territoryId}
          and p.organisation_id = d.from_id and p.phase = d.label and p.since = d.since)
        when 'affiliation' then exists (select from affiliations a where a.territory_id = ${tx.territoryId} and a.person_id = d.from_id
          and a.organisation_id = d.to_id and a.title = d.label and a.since is not distinct from d.since)
        else exists (select from organisation_ties t where t.territory_id = ${tx.territoryId} and t.from_id = d.from_id
          and t.to_id = d.to_id and t.kind = d.kind and t.since is not distinct from d.since) end as is_there from d)
    select count(*) filter (where kind = 'phase' and not is_there) as phases,
      count(*) filter (where kind in ${TIES} and not is_there) as ties,
      count(*) filter (where kind = 'affiliation' and not is_there) as affiliations,
      count(*) filter (where is_there) as there,
      (select count(*) from l where not (has_from and has_to)) as unknown
    from s`.execute(tx);
  const [row] = rows;
  const figure = (name: keyof LinkCounts) => Number(row?.[name] ?? 0);
  return {
    phases: figure('phases'),
    ties: figure('ties'),
    affiliations: figure('affiliations'),
    there: figure('there'),
    unknown: figure('unknown'),
  };
}

/** Everything that the import added between organisations and people. */
export async function removeLinks(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  await joinWholeTables(tx);
  for (const table of ['organisation_phases', 'organisation_ties', 'affiliations'])
    await sql`
      delete from ${sql.table(table)} x using import_links l
      where l.territory_id = ${tx.territoryId} and l.import_id = ${importId} and l.added_id is not null
        and x.territory_id = l.territory_id and x.id = l.added_id`.execute(tx);
}
