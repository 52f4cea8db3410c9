/** What was filed in the national register (DM-14). */
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { mayDecideAid } from './aid-policy.ts';
import type { GrantId } from './aid.ts';

export interface FilingInput {
  readonly grantId: GrantId;
  readonly filedOn: Temporal.PlainDate;
  /** What the register answered. */
  readonly reference: string;
}

/** Says that a grant decided here was filed; once. */
export async function fileGrant(
  tx: TerritoryTransaction,
  principal: Principal,
  { grantId, filedOn, reference }: FilingInput,
  today: Temporal.PlainDate,
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found' | 'day-to-come' | 'already-filed'>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const grant = await tx
    .selectFrom('aid_grants')
    .select('granted_on')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', grantId)
    .where('origin', '=', 'decided')
    .executeTakeFirst();
  const compare = Temporal.PlainDate.compare;
  if (grant === undefined) return refused('not-found');
  if (compare(filedOn, today) > 0 || compare(filedOn, grant.granted_on) < 0) return refused('day-to-come');
  const told = { filed_by: personOf(principal), recorded_at: at.now };
  const written = await tx
    .insertInto('aid_filings')
    .values({ territory_id: tx.territoryId, grant_id: grantId, filed_on: filedOn, reference, ...told })
    .onConflict((conflict) => conflict.columns(['territory_id', 'grant_id']).doNothing())
    .returning('grant_id')
    .executeTakeFirst();
  if (written === undefined) return refused('already-filed');
  await appendEvent(tx, principal, { kind: 'aid-filed', subjectId: grantId, payload: { reference } }, at);
  return done(undefined);
}
