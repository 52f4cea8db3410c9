/**
 * What an import held, forgotten once it can no longer be taken back.
 *
 * Must always hold: what it wrote in the directory stays, with its history; its figures, its dates and the names of its
 * files stay; nothing that a person may still act on is forgotten.
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { KEPT_DAYS } from './import.ts';
import { clearStaged } from './stage.server.ts';

/** The imports of this territory that ended, or were left waiting, more than `KEPT_DAYS` ago. */
export async function forgetOldImports(tx: TerritoryTransaction, now: Temporal.Instant): Promise<number> {
  const before = now.subtract({ hours: 24 * KEPT_DAYS });
  const old = await tx
    .updateTable('imports')
    .set({ forgotten_at: now, state: sql`case when state in ('mapping', 'previewed') then 'abandoned' else state end` })
    .where('territory_id', '=', tx.territoryId)
    .where('forgotten_at', 'is', null)
    .where('state', 'not in', ['reading', 'staging', 'applying', 'undoing'])
    .where(sql<boolean>`coalesce(undone_at, applied_at, previewed_at, created_at) < ${before}`)
    .returning('id')
    .execute();
  for (const { id } of old) {
    await clearStaged(tx, id);
    await sql`
      delete from stored_file_parts p using import_files f
      where f.territory_id = ${tx.territoryId} and f.import_id = ${id} and p.territory_id = f.territory_id and p.file_id = f.file_id`.execute(
      tx,
    );
  }
  return old.length;
}
