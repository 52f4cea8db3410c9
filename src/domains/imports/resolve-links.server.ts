/**
 * Whom the words of links mean: keys of the named table first, then keys of any table, SIRENs and names of the files,
 * then the directory.
 *
 * Must always hold: words that may mean two are left to a person; what means nobody is kept with its row and column.
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ImportId } from './import.ts';

const SIDES = ['from', 'to'] as const;

export async function resolveLinks(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  for (const side of SIDES) await resolveSide(tx, importId, side);
}

async function resolveSide(tx: TerritoryTransaction, importId: ImportId, side: (typeof SIDES)[number]): Promise<void> {
  const identity = sql.ref(`${side}_identity`);
  const words = sql.ref(`l.${side}_words`);
  const table = sql.ref(`l.${side}_table`);
  const mine = sql`l.territory_id = ${tx.territoryId} and l.import_id = ${importId}`;
  await sql`
    update import_links l set ${identity} = null, ${sql.ref(`${side}_id`)} = null
    where ${mine} and ${words} is not null`.execute(tx);
  await sql`
    update import_links l set ${identity} = r.identity from import_rows r
    where ${mine} and ${words} is not null and r.territory_id = l.territory_id and r.import_id = l.import_id
      and r.table_position = ${table} and r.key = ${words}`.execute(tx);
  const open = sql`${mine} and ${words} is not null and l.${identity} is null`;
  const subject =
    side === 'from' ? sql`case when l.kind = 'affiliation' then 'person' else 'organisation' end` : sql`'organisation'`;
  await sql`
    update import_links l set ${identity} = (
      select case when count(distinct r.identity) = 1 then min(r.identity) end from import_rows r
      where r.territory_id = l.territory_id and r.import_id = l.import_id and r.key = ${words} and r.subject = ${subject})
    where ${open} and ${table} is null`.execute(tx);
  await sql`
    update import_links l set ${identity} = (
      select case when count(*) = 1 then min(e.identity) end from import_entries e
      where e.territory_id = l.territory_id and e.import_id = l.import_id and e.subject = ${subject}
        and (folded(e.name) = folded(${words}) or e.identity = 's:' || left(regexp_replace(${words}, '[^0-9]', '', 'g'), 9)))
    where ${open}`.execute(tx);
  await sql`
    update import_links l set ${sql.ref(`${side}_id`)} = (
      select case when count(*) = 1 then (array_agg(o.id))[1] end from organisations o
      where o.territory_id = l.territory_id and o.withdrawn_at is null and o.merged_into_id is null
        and (o.name_key = folded(${words}) or o.siren = left(regexp_replace(${words}, '[^0-9]', '', 'g'), 9)))
    where ${open} and ${subject} = 'organisation'`.execute(tx);
}
