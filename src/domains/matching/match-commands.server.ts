/**
 * The only place that writes matches (with publication): answers, withdrawals, introductions made by hand.
 *
 * Must always hold: an answer and a withdrawal that come at the same time wait for each other on the match's row, and
 * the second one sees what the first one made of it; units are promised only while the need and the offer are held.
 */
import { sql } from 'kysely';
import { newId, type PersonId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { isMemberOf, personOf, type Principal } from '../territory/principal.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import {
  answer,
  withdraw,
  type Answer,
  type AnswerRefusal,
  type MatchAnswers,
  type MatchState,
  type Side,
  type SideAnswer,
  type WithdrawRefusal,
} from './match.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import { answersFor, answersOnBehalf, mayReadMatch, mayWithdrawMatch, type BetweenTwo } from './policy.ts';
import type { MatchId } from './round.ts';
import type { AnswerInput } from './schema.ts';
import type { StoredWhy } from './why.ts';

export interface Answered {
  readonly matchId: MatchId;
  readonly state: MatchState;
  readonly side: Side;
}

export type GiveAnswerRefusal = 'not-found' | 'not-allowed' | AnswerRefusal;

/** Says yes or no for one side. The team may write down what a side told it: the record says who wrote it. */
export async function answerMatch(
  tx: TerritoryTransaction,
  principal: Principal,
  matchId: MatchId,
  input: AnswerInput,
  at: Moment,
): Promise<Result<Answered, GiveAnswerRefusal>> {
  const match = await lockMatch(tx, matchId);
  if (match === undefined || !mayReadMatch(principal, match)) return refused('not-found');
  if (!answersFor(principal, match).includes(input.side)) return refused('not-allowed');
  const given = { answer: input.answer, reason: input.reason, by: personOf(principal), at: at.now };
  const next = answer(match, input.side, given);
  if (!next.ok) return next;
  await tx
    .updateTable('matches')
    .set({
      ...answerColumns(input.side, given),
      state: next.value.state,
      updated_at: at.now,
      version: sql<number>`version + 1`,
    })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', matchId)
    .execute();
  const organisationId = input.side === 'need' ? match.needOrganisationId : match.offerOrganisationId;
  const payload = {
    side: input.side,
    answer: input.answer,
    reason: input.reason,
    onBehalf: answersOnBehalf(principal, organisationId),
  };
  await appendEvent(tx, principal, { kind: 'match-answered', subjectId: matchId, payload }, at);
  if (next.value.state !== 'proposed')
    await appendEvent(
      tx,
      principal,
      { kind: `match-${next.value.state}`, subjectId: matchId, payload: { side: input.side } },
      at,
    );
  return done({ matchId, state: next.value.state, side: input.side });
}

export type TakeBackRefusal = 'not-found' | 'not-allowed' | WithdrawRefusal;

/** The team takes a match back, with its reason; not once a session stands. */
export async function withdrawMatch(
  tx: TerritoryTransaction,
  principal: Principal,
  matchId: MatchId,
  reason: string,
  at: Moment,
): Promise<Result<MatchId, TakeBackRefusal>> {
  const match = await lockMatch(tx, matchId);
  if (match === undefined || !mayReadMatch(principal, match)) return refused('not-found');
  if (!mayWithdrawMatch(principal)) return refused('not-allowed');
  const sessions = await tx
    .selectFrom('sessions')
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where('territory_id', '=', tx.territoryId)
    .where('match_id', '=', matchId)
    .where('state', '<>', 'cancelled')
    .executeTakeFirst();
  const next = withdraw(match, Number(sessions?.count ?? 0));
  if (!next.ok) return next;
  await tx
    .updateTable('matches')
    .set({ state: next.value.state, updated_at: at.now, version: sql<number>`version + 1` })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', matchId)
    .execute();
  await appendEvent(
    tx,
    principal,
    { kind: 'match-withdrawn', subjectId: matchId, payload: { reason, cause: 'team' } },
    at,
  );
  return done(matchId);
}

export interface Introduction {
  readonly needId: NeedId;
  readonly offerId: OfferId;
  readonly quantity: number;
  readonly message: string;
  readonly score: number;
  readonly why: StoredWhy;
}

/** Writes an introduction made by hand; the caller holds the need and the offer and has checked what is left. */
export async function insertIntroduction(
  tx: TerritoryTransaction,
  principal: Principal,
  given: Introduction,
  { offerOrganisationId }: Pick<BetweenTwo, 'offerOrganisationId'>,
  at: Moment,
): Promise<MatchId> {
  const id = newId<'match'>(at.now, at.fillRandom);
  const by = personOf(principal);
  // Whoever gives and proposes it themselves has said yes by doing so.
  const isGivers = isMemberOf(principal, offerOrganisationId);
  await tx
    .insertInto('matches')
    .values({
      territory_id: tx.territoryId,
      id,
      need_id: given.needId,
      offer_id: given.offerId,
      introduced_by: by,
      quantity: given.quantity,
      message: given.message,
      score: given.score,
      why: JSON.stringify(given.why),
      ...(isGivers ? answerColumns('offer', { answer: 'accepted', reason: '', by, at: at.now }) : {}),
      created_at: at.now,
      updated_at: at.now,
    })
    .execute();
  await appendEvent(
    tx,
    principal,
    {
      kind: 'match-introduced',
      subjectId: id,
      payload: { need: given.needId, offer: given.offerId, quantity: given.quantity },
    },
    at,
  );
  return id;
}

type LockedMatch = MatchAnswers & BetweenTwo;

async function lockMatch(tx: TerritoryTransaction, id: MatchId): Promise<LockedMatch | undefined> {
  const row = await tx
    .selectFrom('matches')
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'matches.territory_id').onRef('needs.id', '=', 'matches.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'matches.territory_id').onRef('offers.id', '=', 'matches.offer_id'),
    )
    .select([
      'matches.state',
      'need_answer',
      'need_reason',
      'need_answered_by',
      'need_answered_at',
      'offer_answer',
      'offer_reason',
      'offer_answered_by',
      'offer_answered_at',
    ])
    .select(['needs.organisation_id as needOrganisationId', 'offers.organisation_id as offerOrganisationId'])
    .where('matches.territory_id', '=', tx.territoryId)
    .where('matches.id', '=', id)
    .forUpdate('matches')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    state: row.state,
    need: sideAnswer(row.need_answer, row.need_reason, row.need_answered_by, row.need_answered_at),
    offer: sideAnswer(row.offer_answer, row.offer_reason, row.offer_answered_by, row.offer_answered_at),
    needOrganisationId: row.needOrganisationId,
    offerOrganisationId: row.offerOrganisationId,
  };
}

/** One side's answer from its columns; null while it has not answered. */
export function sideAnswer(
  answer: Answer | null,
  reason: string,
  by: PersonId | null,
  at: Temporal.Instant | null,
): SideAnswer | null {
  return answer === null || at === null ? null : { answer, reason, by, at };
}

function answerColumns(side: Side, given: SideAnswer) {
  return side === 'need'
    ? { need_answer: given.answer, need_reason: given.reason, need_answered_by: given.by, need_answered_at: given.at }
    : {
        offer_answer: given.answer,
        offer_reason: given.reason,
        offer_answered_by: given.by,
        offer_answered_at: given.at,
      };
}
