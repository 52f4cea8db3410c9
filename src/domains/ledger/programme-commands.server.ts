/** Names the programmes that agreements, expenses and entries may belong to. */
import { slugOf } from '../../lib/slug.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Principal } from '../territory/principal.ts';
import { mayCloseYears } from './policy.ts';
import { listProgrammes } from './year-commands.server.ts';

const LONGEST_CODE = 60;

export async function nameProgramme(
  tx: TerritoryTransaction,
  principal: Principal,
  { labelFr, labelEn }: { readonly labelFr: string; readonly labelEn: string },
): Promise<Result<string, 'not-allowed' | 'already-named'>> {
  if (!mayCloseYears(principal)) return refused('not-allowed');
  const known = await listProgrammes(tx);
  const code = slugOf(labelFr, 'programme').slice(0, LONGEST_CODE).replace(/-$/u, '');
  const { numInsertedOrUpdatedRows: written = 0n } = await tx
    .insertInto('programmes')
    .values({ territory_id: tx.territoryId, code, label_fr: labelFr, label_en: labelEn, position: known.length + 1 })
    .onConflict((conflict) => conflict.columns(['territory_id', 'code']).doNothing())
    .executeTakeFirst();
  return written === 0n ? refused('already-named') : done(code);
}
