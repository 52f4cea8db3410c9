/** The only place that writes decisions: pairs that the team pins or keeps apart before the next try. */
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { obstaclesBetween, type ObstacleRule } from './pairing.ts';
import { runsRounds } from './policy.ts';
import { gatherPool } from './pool.server.ts';
import type { Pool } from './pool.ts';
import { takesTries, type Round, type RoundId } from './round.ts';
import { lockRound } from './round-queries.server.ts';
import type { DecisionInput } from './schema.ts';

export interface PairIds {
  readonly roundId: RoundId;
  readonly needId: NeedId;
  readonly offerId: OfferId;
}

/** Rules that no pin overrides; the others are about this very decision or about an earlier no. */
type PinRefusal = `pair-${Exclude<ObstacleRule, 'refused' | 'forbidden'>}`;
export type DecisionRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'not-open'
  | 'need-overfilled'
  | 'offer-overfilled'
  | PinRefusal;

/** Pins or forbids a pair; decides anew when it was decided already. */
export async function decide(
  tx: TerritoryTransaction,
  principal: Principal,
  ids: PairIds,
  input: DecisionInput,
  at: Moment & { readonly today: Temporal.PlainDate },
): Promise<Result<PairIds, DecisionRefusal>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const round = await lockRound(tx, ids.roundId);
  if (round === undefined || !(await pairExists(tx, ids))) return refused('not-found');
  if (!takesTries(round.state)) return refused('not-open');
  if (input.decision === 'pin') {
    const obstacle = await obstacleToPin(tx, round, ids, input.quantity, at.today);
    if (obstacle !== undefined) return obstacle;
  }
  const values = {
    decision: input.decision,
    quantity: input.decision === 'pin' ? input.quantity : null,
    reason: input.reason,
    decided_by: personOf(principal),
    decided_at: at.now,
  };
  await tx
    .insertInto('round_decisions')
    .values({
      territory_id: tx.territoryId,
      round_id: ids.roundId,
      need_id: ids.needId,
      offer_id: ids.offerId,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'round_id', 'need_id', 'offer_id']).doUpdateSet(values))
    .execute();
  const kind = input.decision === 'pin' ? 'pair-pinned' : 'pair-forbidden';
  await appendEvent(
    tx,
    principal,
    {
      kind,
      subjectId: ids.roundId,
      payload: { need: ids.needId, offer: ids.offerId, quantity: values.quantity, reason: input.reason },
    },
    at,
  );
  return done(ids);
}

/** Takes a decision back: the next try chooses freely again. */
export async function undoDecision(
  tx: TerritoryTransaction,
  principal: Principal,
  ids: PairIds,
  at: Moment,
): Promise<Result<PairIds, 'not-allowed' | 'not-found' | 'not-open'>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const round = await lockRound(tx, ids.roundId);
  if (round === undefined) return refused('not-found');
  if (!takesTries(round.state)) return refused('not-open');
  const undone = await tx
    .deleteFrom('round_decisions')
    .where('territory_id', '=', tx.territoryId)
    .where('round_id', '=', ids.roundId)
    .where('need_id', '=', ids.needId)
    .where('offer_id', '=', ids.offerId)
    .returning('decision')
    .executeTakeFirst();
  if (undone === undefined) return refused('not-found');
  await appendEvent(
    tx,
    principal,
    {
      kind: 'pair-freed',
      subjectId: ids.roundId,
      payload: { need: ids.needId, offer: ids.offerId, decision: undone.decision },
    },
    at,
  );
  return done(ids);
}

async function pairExists(tx: TerritoryTransaction, { needId, offerId }: PairIds): Promise<boolean> {
  const need = await tx
    .selectFrom('needs')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', needId)
    .executeTakeFirst();
  const offer = await tx
    .selectFrom('offers')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', offerId)
    .executeTakeFirst();
  return need !== undefined && offer !== undefined;
}

async function obstacleToPin(
  tx: TerritoryTransaction,
  round: Round,
  ids: PairIds,
  quantity: number,
  today: Temporal.PlainDate,
) {
  const { startsOn, endsOn } = round;
  const pool = await gatherPool(tx, { roundId: round.id, startsOn, endsOn, today, withoutTexts: true });
  const need = pool.needs.find(({ id }) => id === ids.needId);
  const offer = pool.offers.find(({ id }) => id === ids.offerId);
  if (need === undefined || offer === undefined) return refused('pair-nothing-left');
  const stands = obstaclesBetween(pool, need, offer).map(({ rule }) => rule);
  const rule = stands.find((one) => one !== 'refused' && one !== 'forbidden');
  if (rule !== undefined) return refused(`pair-${rule}`);
  const others = pinsBeside(pool, ids);
  const needRoom = need.left - others.need;
  if (quantity > needRoom) return refused('need-overfilled', { room: Math.max(0, needRoom) });
  const offerRoom = offer.left - others.offer;
  return quantity > offerRoom ? refused('offer-overfilled', { room: Math.max(0, offerRoom) }) : undefined;
}

/** Units that other pins already give to this need, and take from this offer. */
function pinsBeside({ decisions }: Pool, { needId, offerId }: PairIds): { need: number; offer: number } {
  const others = decisions.filter(
    (one) => one.decision === 'pin' && !(one.needId === needId && one.offerId === offerId),
  );
  const sum = (list: typeof others) => list.reduce((total, one) => total + (one.quantity ?? 0), 0);
  return {
    need: sum(others.filter((one) => one.needId === needId)),
    offer: sum(others.filter((one) => one.offerId === offerId)),
  };
}
