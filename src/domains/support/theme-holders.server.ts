/** Needs and offers carry themes too: they follow when a theme becomes another, and back. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ThemeHolder } from '../territory/theme-commands.server.ts';

export const supportHolders: readonly ThemeHolder[] = [holderOf('needs'), holderOf('offers')];

function holderOf(table: 'needs' | 'offers'): ThemeHolder {
  return {
    kind: table,
    carrying: (tx, code) => codesOf(tx, table, sql`${code} = any(theme_codes)`),
    of: (tx, ids) => codesOf(tx, table, sql`id = any(${[...ids]}::uuid[])`),
    async write(tx, codes) {
      const rows = [...codes].map(([id, themes]) => ({ id, themes }));
      await sql`
        update ${sql.table(table)} t set theme_codes = r.themes
        from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, themes text[])
        where t.territory_id = ${tx.territoryId} and t.id = r.id`.execute(tx);
    },
  };
}

async function codesOf(tx: TerritoryTransaction, table: string, which: ReturnType<typeof sql>) {
  const { rows } = await sql<{ id: string; codes: string[] }>`
    select id, theme_codes as codes from ${sql.table(table)}
    where territory_id = ${tx.territoryId} and ${which}`.execute(tx);
  return new Map(rows.map(({ id, codes }) => [id, codes]));
}
