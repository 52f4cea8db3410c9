/**
 * What points at an organisation follows it into the one that it was merged into, and comes back.
 *
 * Must always hold: a row that has no place at the kept one (it has the same already, or would point at itself) stays
 * where it is, unseen; what moved is written down row by row, so that taking back moves exactly that; what came to the
 * kept one later stays with it. The tables are asked of the catalogue, so that no domain is forgotten: those whose rows
 * may not be rewritten (the books, changes) keep pointing at the one that is gone.
 */
import { sql, type RawBuilder } from 'kysely';
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';

export interface MergedPair {
  readonly kept: OrganisationId;
  readonly gone: OrganisationId;
}

/** By `table.column`, the rest of the primary key of each row that moved. */
export type MovedRows = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

export interface Moved {
  readonly rows: MovedRows;
  /** Members of the kept one who are its managers because they managed the one that is gone. */
  readonly promoted: readonly PersonId[];
}

/** Facts, which the writer of facts carries over, and the chain of merges itself. */
const NOT_MOVED = ['organisations', 'organisation_parts', 'organisation_themes'];
/** Pairs that are written with the smaller id first. */
const ORDERED_PAIRS = ['organisation_conflicts', 'conflict_answers'];

export async function moveRows(tx: TerritoryTransaction, pair: MergedPair): Promise<Moved> {
  const promoted = await promote(tx, pair);
  const rows: Record<string, Record<string, string>[]> = {};
  for (const pointer of await movingPointers(tx)) {
    const keys = await movePointer(tx, pointer, pair);
    if (keys.length > 0) rows[`${pointer.table}.${pointer.column}`] = keys;
  }
  for (const table of ORDERED_PAIRS) {
    const keys = await movePairs(tx, table, pair);
    if (keys.length > 0) rows[table] = keys;
  }
  return { rows, promoted };
}

export async function moveRowsBack(tx: TerritoryTransaction, pair: MergedPair, moved: Moved): Promise<void> {
  for (const table of ORDERED_PAIRS) await movePairsBack(tx, table, pair, moved.rows[table] ?? []);
  // Backwards, so that a row with two pointers is found by the keys that it had.
  for (const pointer of (await movingPointers(tx)).toReversed()) {
    const keys = moved.rows[`${pointer.table}.${pointer.column}`] ?? [];
    if (keys.length === 0) continue;
    await sql`update ${sql.table(pointer.table)} t set ${sql.ref(pointer.column)} = ${pair.gone}
      where t.territory_id = ${tx.territoryId} and t.${sql.ref(pointer.column)} = ${pair.kept} and ${isAmong(pointer.key, keys)}`.execute(
      tx,
    );
  }
  if (moved.promoted.length === 0) return;
  await sql`update memberships set role = 'member' where territory_id = ${tx.territoryId} and organisation_id = ${pair.kept}
    and role = 'manager' and person_id = any(${[...moved.promoted]}::uuid[])`.execute(tx);
}

interface Pointer {
  readonly table: string;
  readonly column: string;
  /** The primary key without the territory and without this column. */
  readonly key: readonly string[];
  /** Columns that are unique together, this one among them. */
  readonly uniques: readonly (readonly string[])[];
  /** Other columns of the same table that point at an organisation. */
  readonly others: readonly string[];
}

/** Foreign keys that lead to an organisation, and that the application may rewrite; pairs have a way of their own. */
async function movingPointers(tx: TerritoryTransaction): Promise<Pointer[]> {
  const { rows } = await sql<Pointer>`
    with pointers as (
      select k.conrelid as rel, k.conrelid::regclass::text as "table", a.attname::text as "column"
      from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
      where k.contype = 'f' and k.confrelid = 'organisations'::regclass
        and has_column_privilege(k.conrelid, a.attnum, 'update') and k.conrelid::regclass::text <> all (${NOT_MOVED}::text[])
    ), indexes as (
      select i.indrelid, i.indisprimary, array(
          select a.attname::text from unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) with ordinality as k (attnum, place)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum order by k.place) as columns
      from pg_index i where i.indisunique
    )
    select p."table", p."column",
      (select array_remove(array_remove(i.columns, 'territory_id'), p."column") from indexes i where i.indrelid = p.rel and i.indisprimary) as key,
      (select coalesce(jsonb_agg(i.columns), '[]') from indexes i where i.indrelid = p.rel and p."column" = any (i.columns)) as uniques,
      array(select o."column" from pointers o where o.rel = p.rel and o."column" <> p."column") as others
    from pointers p
    where not (p."table" = any (${ORDERED_PAIRS}::text[]) and p."column" in ('organisation_id', 'other_id', 'holder_id'))
    order by 1, 2`.execute(tx);
  return rows;
}

async function movePointer(
  tx: TerritoryTransaction,
  { table, column, key, uniques, others }: Pointer,
  { kept, gone }: MergedPair,
): Promise<Record<string, string>[]> {
  const isTaken = uniques.map((columns) => {
    const same = columns
      .filter((name) => name !== column)
      .map((name) => sql`x.${sql.ref(name)} is not distinct from t.${sql.ref(name)}`);
    return sql`and not exists (select from ${sql.table(table)} x where x.${sql.ref(column)} = ${kept} and ${sql.join(same, sql` and `)})`;
  });
  const isItself = others.map((name) => sql`and t.${sql.ref(name)} is distinct from ${kept}::uuid`);
  const { rows } = await sql<{ key: Record<string, string> }>`
    update ${sql.table(table)} t set ${sql.ref(column)} = ${kept}
    where t.territory_id = ${tx.territoryId} and t.${sql.ref(column)} = ${gone} ${sql.join([...isTaken, ...isItself, sql``], sql` `)}
    returning ${keyObject(key)} as key`.execute(tx);
  return rows.map((row) => row.key);
}

/** A tie of two that are now one says nothing more; one that the kept one has already is said already. */
async function movePairs(tx: TerritoryTransaction, table: string, { kept, gone }: MergedPair) {
  const ground = sameGround(table);
  const other = sql`case when t.organisation_id = ${gone} then t.other_id else t.organisation_id end`;
  const third = table === 'conflict_answers' ? sql`t.through_id is distinct from ${kept}::uuid` : sql`true`;
  const { rows } = await sql<{ key: Record<string, string> }>`
    update ${sql.table(table)} t set organisation_id = least(${kept}::uuid, ${other}), other_id = greatest(${kept}::uuid, ${other})
      ${holderMoves(table, gone, kept)}
    where t.territory_id = ${tx.territoryId} and ${gone}::uuid in (t.organisation_id, t.other_id)
      and ${kept}::uuid not in (t.organisation_id, t.other_id) and ${third}
      and not exists (select from ${sql.table(table)} x where x.territory_id = ${tx.territoryId}
        and x.organisation_id = least(${kept}::uuid, ${other}) and x.other_id = greatest(${kept}::uuid, ${other}) ${ground})
    returning ${pairKey(table, kept)} as key`.execute(tx);
  return rows.map((row) => row.key);
}

async function movePairsBack(
  tx: TerritoryTransaction,
  table: string,
  { kept, gone }: MergedPair,
  keys: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  if (keys.length === 0) return;
  const other = sql`case when t.organisation_id = ${kept} then t.other_id else t.organisation_id end`;
  await sql`update ${sql.table(table)} t set organisation_id = least(${gone}::uuid, ${other}), other_id = greatest(${gone}::uuid, ${other})
      ${holderMoves(table, kept, gone)}
    where t.territory_id = ${tx.territoryId} and ${kept}::uuid in (t.organisation_id, t.other_id)
      and ${pairKey(table, kept)} = any (select jsonb_array_elements(${JSON.stringify(keys)}::jsonb))`.execute(tx);
}

function sameGround(table: string): RawBuilder<unknown> {
  return table === 'conflict_answers'
    ? sql`and x.ground = t.ground and x.through_id is not distinct from t.through_id`
    : sql``;
}

function holderMoves(table: string, from: OrganisationId, to: OrganisationId): RawBuilder<unknown> {
  return table === 'organisation_conflicts'
    ? sql`, holder_id = case when t.holder_id = ${from} then ${to}::uuid else t.holder_id end`
    : sql``;
}

function pairKey(table: string, kept: OrganisationId): RawBuilder<unknown> {
  return table === 'conflict_answers'
    ? sql`jsonb_build_object('id', t.id)`
    : sql`jsonb_build_object('other', case when t.organisation_id = ${kept} then t.other_id else t.organisation_id end)`;
}

function keyObject(key: readonly string[]): RawBuilder<unknown> {
  if (key.length === 0) return sql`'{}'::jsonb`;
  return sql`jsonb_build_object(${sql.join(key.flatMap((name) => [sql.lit(name), sql`t.${sql.ref(name)}`]))})`;
}

function isAmong(key: readonly string[], keys: readonly object[]): RawBuilder<unknown> {
  return sql`${keyObject(key)} = any (select jsonb_array_elements(${JSON.stringify(keys)}::jsonb))`;
}

/** Whoever managed one of the two manages what they became. */
async function promote(tx: TerritoryTransaction, { kept, gone }: MergedPair): Promise<PersonId[]> {
  const { rows } = await sql<{ person_id: PersonId }>`
    update memberships m set role = 'manager'
    where m.territory_id = ${tx.territoryId} and m.organisation_id = ${kept} and m.role = 'member'
      and exists (select from memberships g where g.territory_id = m.territory_id and g.organisation_id = ${gone}
        and g.person_id = m.person_id and g.role = 'manager')
    returning m.person_id`.execute(tx);
  return rows.map((row) => row.person_id);
}
