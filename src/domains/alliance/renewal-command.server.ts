/** Notes that an organisation was asked whether its agreement goes on; at most once a day. */
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import type { AgreementId } from './agreement.ts';
import { appendFact } from './facts.server.ts';
import { mayKeepAgreements } from './policy.ts';

export async function remindRenewal(
  tx: TerritoryTransaction,
  principal: Principal,
  { id, today }: { readonly id: AgreementId; readonly today: Temporal.PlainDate },
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found' | 'not-signed' | 'reminded-today'>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  // Locked, so that two people who press at once remind once.
  const known = await tx
    .selectFrom('agreements')
    .select(['state', 'series_id'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (known === undefined) return refused('not-found');
  if (known.state !== 'signed') return refused('not-signed');
  const earlier = await tx
    .selectFrom('events')
    .select('payload')
    .where('territory_id', '=', tx.territoryId)
    .where('subject_id', '=', known.series_id)
    .where('kind', '=', 'agreement-renewal-reminded')
    .orderBy('occurred_at', 'desc')
    .executeTakeFirst();
  const day = today.toString();
  if ((earlier?.payload as { day?: string } | undefined)?.day === day) return refused('reminded-today');
  const payload = { agreementId: id, day };
  await appendFact(tx, principal, { kind: 'agreement-renewal-reminded', subjectId: known.series_id, payload }, at);
  return done(undefined);
}
