/** What stands in the way of an undo: later changes of the same facts, and rows that lean on an organisation that would go. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ChangeId } from './fact-storing.server.ts';

/** What keeps a change from being undone. */
export type Obstacle =
  | { readonly kind: 'later-change'; readonly organisationId: OrganisationId; readonly changeId: ChangeId }
  | {
      readonly kind: 'leaning-rows';
      readonly organisationId: OrganisationId;
      readonly table: string;
      readonly count: number;
    }
  | { readonly kind: 'siren-taken' | 'fact-differs' | 'merged'; readonly organisationId: OrganisationId };

const MOST = 100;

/**
 * Changes outside of the set that came after one of it and are in force, or wait: of the same facts, or of an
 * organisation that the set added. An undo counts only when what it undoes came before.
 */
export async function laterChanges(tx: TerritoryTransaction, ids: readonly ChangeId[]): Promise<Obstacle[]> {
  const { rows } = await sql<{ id: ChangeId; organisation_id: OrganisationId }>`
    with chosen as materialized (
      select c.id, c.organisation_id, coalesce(c.decided_at, c.at) as since, c.before, c.after from organisation_changes c
      where c.territory_id = ${tx.territoryId} and c.id = any(${[...ids]}::uuid[]))
    select distinct l.id, l.organisation_id
    from chosen c join organisation_changes l on l.territory_id = ${tx.territoryId} and l.organisation_id = c.organisation_id
    where l.state = 'applied' and coalesce(l.decided_at, l.at) > c.since
      and not exists (select from chosen where chosen.id = l.id)
      and (c.before = '{}' or l.after = '{}' or exists (select from jsonb_object_keys(c.after) as name where l.after ? name))
      and not exists (
        select from organisation_changes target
        where target.territory_id = ${tx.territoryId} and target.id = l.undoes_id and coalesce(target.decided_at, target.at) > c.since)
    limit ${MOST}`.execute(tx);
  return rows.map((row) => ({ kind: 'later-change', organisationId: row.organisation_id, changeId: row.id }));
}

/** Tables whose rows are part of an organisation and go out of sight with it. */
const OWN_TABLES = [
  'organisation_changes',
  'organisation_parts',
  'organisation_themes',
  'organisation_keys',
  'organisation_places',
  'organisation_phases',
  'organisation_distinctions',
  // Standing merges lean through the one that was merged.
  'organisation_merges',
];

/** Rows of any other table that point at an organisation which the set added: asked of the catalogue, so that no domain is forgotten. */
export async function leaningRows(tx: TerritoryTransaction, ids: readonly ChangeId[]): Promise<Obstacle[]> {
  const added = await addedBy(tx, ids);
  if (added.length === 0) return [];
  const obstacles: Obstacle[] = [];
  for (const { table, column } of await pointersToOrganisations(tx)) {
    const { rows } = await sql<{ id: OrganisationId; count: bigint }>`
      select ${sql.ref(column)} as id, count(*) as count from ${sql.table(table)}
      where territory_id = ${tx.territoryId} and ${sql.ref(column)} = any(${added}::uuid[])
      group by 1 limit ${MOST}`.execute(tx);
    for (const { id, count } of rows)
      obstacles.push({ kind: 'leaning-rows', organisationId: id, table, count: Number(count) });
  }
  return obstacles;
}

async function addedBy(tx: TerritoryTransaction, ids: readonly ChangeId[]): Promise<OrganisationId[]> {
  const rows = await tx
    .selectFrom('organisation_changes')
    .select('organisation_id')
    .where('territory_id', '=', tx.territoryId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where(sql<boolean>`before = '{}'`)
    .execute();
  return rows.map((row) => row.organisation_id);
}

/** The column of each foreign key that leads to an organisation. */
export async function pointersToOrganisations(
  tx: TerritoryTransaction,
): Promise<readonly { readonly table: string; readonly column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select k.conrelid::regclass::text as table, a.attname as column
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
    where k.contype = 'f' and k.confrelid = 'organisations'::regclass
      and k.conrelid::regclass::text <> all (${OWN_TABLES}::text[])
    order by 1, 2`.execute(tx);
  return rows;
}
