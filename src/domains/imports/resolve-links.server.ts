/**
 * Whom the words of links mean: keys of the named table first, then keys of any table, SIRENs and names of the files,
 * then the directory.
 *
 * Must always hold: words that may mean two are left to a person; what means nobody is kept with its row and column.
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ImportId } from './import.ts';

/**
 * Rows that came a moment ago have no statistics yet: the planner takes them for a handful, and would read one table for
 * each row of the other.
 */
export async function joinWholeTables(tx: TerritoryTransaction): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(tx);
  await sql`set local statement_timeout = '15min'`.execute(tx);
}

const SIDES = ['from', 'to'] as const;

export async function resolveLinks(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  await joinWholeTables(tx);
  for (const side of SIDES) await resolveSide(tx, importId, side);
}

async function resolveSide(tx: TerritoryTransaction, importId: ImportId, side: (typeof SIDES)[number]): Promise<void> {
  const identity = sql.ref(`${side}_identity`);
  const id = sql.ref(`${side}_id`);
  const words = sql.ref(`l.${side}_words`);
  const table = sql.ref(`l.${side}_table`);
  const mine = sql`l.territory_id = ${tx.territoryId} and l.import_id = ${importId}`;
  const open = sql`${mine} and ${words} is not null and l.${identity} is null and l.${id} is null`;
  const subject =
    side === 'from' ? sql`case when l.kind = 'affiliation' then 'person' else 'organisation' end` : sql`'organisation'`;
  await sql`update import_links l set ${identity} = null, ${id} = null where ${mine} and ${words} is not null`.execute(
    tx,
  );
  await sql`
    update import_links l set ${identity} = r.identity from import_rows r
    where ${open} and r.territory_id = ${tx.territoryId} and r.import_id = ${importId}
      and r.table_position = ${table} and r.key = ${words}`.execute(tx);
  await sql`
    update import_links l set ${identity} = u.identity from (
      select subject, key, min(identity) as identity from import_rows
      where territory_id = ${tx.territoryId} and import_id = ${importId} and key is not null
      group by subject, key having count(distinct identity) = 1) u
    where ${open} and ${table} is null and u.key = ${words} and u.subject = ${subject}`.execute(tx);
  await sql`
    update import_links l set ${identity} = u.identity from (
      select subject, folded(name) as name_key, min(identity) as identity from import_entries
      where territory_id = ${tx.territoryId} and import_id = ${importId} group by 1, 2 having count(*) = 1) u
    where ${open} and u.name_key = folded(${words}) and u.subject = ${subject}`.execute(tx);
  await sql`
    update import_links l set ${identity} = e.identity from import_entries e
    where ${open} and e.territory_id = ${tx.territoryId} and e.import_id = ${importId}
      and e.identity = 's:' || left(regexp_replace(${words}, '[^0-9]', '', 'g'), 9)`.execute(tx);
  const there = sql`territory_id = ${tx.territoryId} and withdrawn_at is null and merged_into_id is null`;
  await sql`
    update import_links l set ${id} = u.id from (
      select name_key, min(id::text)::uuid as id from organisations where ${there} group by 1 having count(*) = 1) u
    where ${open} and u.name_key = folded(${words}) and ${subject} = 'organisation'`.execute(tx);
  await sql`
    update import_links l set ${id} = o.id from organisations o
    where ${open} and o.territory_id = ${tx.territoryId} and o.withdrawn_at is null and o.merged_into_id is null
      and o.siren = left(regexp_replace(${words}, '[^0-9]', '', 'g'), 9) and ${subject} = 'organisation'`.execute(tx);
}
