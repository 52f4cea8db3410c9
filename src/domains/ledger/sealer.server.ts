/**
 * Seals, every few seconds, what was posted in any territory. Entries wait that long to be in the chain; their balances
 * count from the moment they are posted. Several programs on one database may seal: they wait for each other.
 */
import type { TerritoryId } from '../../lib/ids.ts';
import { withTerritory, type Database } from '../../platform/postgres/database.ts';
import { countUnsealed, sealBlock } from './sealing.server.ts';

export interface SealerOptions {
  readonly database: Database;
  readonly now: () => Temporal.Instant;
  readonly everyMs?: number;
  readonly onFailure: (failure: unknown) => void;
}

export function startSealer({ database, now, everyMs = 5000, onFailure }: SealerOptions): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  const timer = setInterval(() => {
    running = running.then(() => (isStopped ? undefined : sealAll(database, now))).catch(onFailure);
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Seals all that waits at this moment; answers how many entries were sealed. */
export async function sealAll(database: Database, now: () => Temporal.Instant): Promise<number> {
  const territories = await database.kysely.selectFrom('territories').select('id').execute();
  let sealed = 0;
  for (const { id } of territories) sealed += await sealTerritory(database, id, now);
  return sealed;
}

export async function sealTerritory(
  database: Database,
  territoryId: TerritoryId,
  now: () => Temporal.Instant,
): Promise<number> {
  let sealed = 0;
  if ((await withTerritory(database, territoryId, countUnsealed, { readOnly: true })) === 0) return 0;
  for (;;) {
    const block = await withTerritory(database, territoryId, (tx) => sealBlock(tx, now()));
    if (block === undefined) return sealed;
    sealed += block.entries;
  }
}
