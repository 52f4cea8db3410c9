/** How a step tells how far it is, and hears that it should stop. */
import type { TerritoryId } from '../../lib/ids.ts';
import { withTerritory, type Database } from '../../platform/postgres/database.ts';
import type { ImportId } from './import.ts';

/** How much of how much is done; answers whether to go on. */
export type Beat = (done: number, total: number) => Promise<'go-on' | 'cancel'>;

const EVERY_MS = 500;

/** Writes at most twice a second, in transactions of its own: what is under way stays out of sight, its progress does not. */
export function beatOf(
  database: Database,
  territoryId: TerritoryId,
  importId: ImportId,
  now: () => Temporal.Instant,
): Beat {
  let last: Temporal.Instant | undefined;
  return async (done, total) => {
    const moment = now();
    if (last !== undefined && moment.since(last).total('milliseconds') < EVERY_MS) return 'go-on';
    last = moment;
    const row = await withTerritory(database, territoryId, (tx) =>
      tx
        .updateTable('imports')
        .set({ step_done: scaled(done, total), step_total: total === 0 ? 0 : 10_000 })
        .where('territory_id', '=', tx.territoryId)
        .where('id', '=', importId)
        .returning('cancel_requested')
        .executeTakeFirst(),
    );
    return row === undefined || row.cancel_requested ? 'cancel' : 'go-on';
  };
}

function scaled(done: number, total: number): number {
  return total === 0 ? 0 : Math.min(10_000, Math.round((done / total) * 10_000));
}
