/** The vocabulary of themes as the team tidies it: how often each is carried, which labels led to it, what was merged. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ThemeMergeId } from './theme-commands.server.ts';

export interface ThemeInUse {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly organisations: number;
  /** Other labels that lead to it. */
  readonly synonyms: readonly string[];
}

export interface StandingMerge {
  readonly id: ThemeMergeId;
  readonly from: string;
  readonly into: string;
}

export async function themesInUse(tx: TerritoryTransaction): Promise<ThemeInUse[]> {
  const { rows } = await sql<ThemeInUse & { organisations: bigint }>`
    select t.code, t.label_fr as "labelFr", t.label_en as "labelEn",
      (select count(*) from organisation_themes o where o.territory_id = t.territory_id and o.theme_code = t.code) as organisations,
      array(select l.label from theme_labels l where l.territory_id = t.territory_id and l.theme_code = t.code
        and l.label <> t.label_fr and l.label <> t.label_en order by l.label) as synonyms
    from themes t where t.territory_id = ${tx.territoryId} and t.merged_into_code is null
    order by t.label_fr, t.code`.execute(tx);
  return rows.map((row) => ({ ...row, organisations: Number(row.organisations) }));
}

/** Merges that may be taken back, the newest first. */
export async function standingMerges(tx: TerritoryTransaction): Promise<StandingMerge[]> {
  const { rows } = await sql<StandingMerge>`
    select m.id, f.label_fr as "from", i.label_fr as "into"
    from theme_merges m
    join themes f on f.territory_id = m.territory_id and f.code = m.from_code
    join themes i on i.territory_id = m.territory_id and i.code = m.into_code
    where m.territory_id = ${tx.territoryId} and m.undone_at is null
    order by m.merged_at desc, m.id limit 200`.execute(tx);
  return rows;
}
