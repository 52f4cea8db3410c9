/**
 * Introductions made by hand: somebody of the team, or whoever gives, brings a need and an offer together outside of a
 * round. They live in the same table, are answered in the same way and count against the same capacity.
 *
 * The rules of the pairing hold here too, except an earlier no: people may ask again, by hand, with a message.
 */
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { mayRead } from '../support/policy.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import { factsOf } from './agreements.ts';
import { obstaclesBetween, pairUp, type ObstacleRule } from './pairing.ts';
import { mayIntroduce } from './policy.ts';
import { indexPool, type Pool, type PoolNeed, type PoolOffer } from './pool.ts';
import { gatherPool, lockPlaces, TAKING_STATES } from './pool.server.ts';
import type { MatchId } from './round.ts';
import type { IntroductionInput } from './schema.ts';
import { insertIntroduction } from './match-commands.server.ts';
import { readTexts } from './texts.ts';
import { whyOf, type StoredWhy } from './why.ts';

type PairRefusal = `pair-${Exclude<ObstacleRule, 'refused' | 'forbidden'>}`;
export type IntroductionRefusal =
  | 'not-found'
  | 'not-allowed'
  | 'already-together'
  | 'need-overfilled'
  | 'offer-overfilled'
  | PairRefusal;

/** Days over which an introduction by hand may be delivered, for the rule on periods. */
const HORIZON_DAYS = 365;
/** Other offers that a text is measured against: a word that all of them share says little. */
const COMPARED_OFFERS = 60;

export async function introduce(
  tx: TerritoryTransaction,
  principal: Principal,
  input: IntroductionInput,
  at: Moment & { readonly today: Temporal.PlainDate },
): Promise<Result<MatchId, IntroductionRefusal>> {
  const sides = await sidesOf(tx, principal, input.need, input.offer);
  if (sides === undefined) return refused('not-found');
  if (!mayIntroduce(principal, sides.offerOrganisationId)) return refused('not-allowed');
  await lockPlaces(tx, [input.need], [input.offer]);
  if (await areTogether(tx, input.need, input.offer)) return refused('already-together');
  const pool = await pairPool(tx, input.need, input.offer, at.today);
  const [need, offer] = [pool.needs[0], pool.offers[0]];
  if (need === undefined || offer === undefined) return refused('pair-nothing-left');
  const obstacle = obstacleTo(pool, need, offer, input.quantity);
  if (obstacle !== undefined) return obstacle;
  const { score, why } = explain(pool);
  const given = { needId: need.id, offerId: offer.id, quantity: input.quantity, message: input.message, score, why };
  return done(await insertIntroduction(tx, principal, given, sides, at));
}

/** Both organisations, when this person may read the need and the offer. */
async function sidesOf(tx: TerritoryTransaction, principal: Principal, needId: NeedId, offerId: OfferId) {
  const columns = ['organisation_id', 'visibility', 'state'] as const;
  const need = await tx
    .selectFrom('needs')
    .select(columns)
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', needId)
    .executeTakeFirst();
  const offer = await tx
    .selectFrom('offers')
    .select(columns)
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', offerId)
    .executeTakeFirst();
  if (need === undefined || offer === undefined) return undefined;
  const isSeen =
    mayRead(principal, { ...need, organisationId: need.organisation_id }) &&
    mayRead(principal, { ...offer, organisationId: offer.organisation_id });
  return isSeen ? { needOrganisationId: need.organisation_id, offerOrganisationId: offer.organisation_id } : undefined;
}

async function areTogether(tx: TerritoryTransaction, needId: NeedId, offerId: OfferId): Promise<boolean> {
  const standing = await tx
    .selectFrom('matches')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('need_id', '=', needId)
    .where('offer_id', '=', offerId)
    .where('state', 'in', TAKING_STATES)
    .executeTakeFirst();
  return standing !== undefined;
}

/**
 * The pool of one pair, chosen ones first, with everything that bears on it and some other offers that their texts are
 * measured against. Refusals of old do not bear on it: asking again is what a hand is for.
 */
async function pairPool(
  tx: TerritoryTransaction,
  needId: NeedId,
  offerId: OfferId,
  today: Temporal.PlainDate,
): Promise<Pool> {
  const pool = await gatherPool(tx, {
    roundId: null,
    startsOn: today,
    endsOn: today.add({ days: HORIZON_DAYS }),
    today,
  });
  const i = pool.needs.findIndex(({ id }) => id === needId);
  const j = pool.offers.findIndex(({ id }) => id === offerId);
  if (i < 0 || j < 0) return { ...pool, needs: [], offers: [] };
  const others = pool.offers.flatMap(({ unit }, place) =>
    place !== j && unit === pool.offers[j]?.unit ? [place] : [],
  );
  const places = [j, ...others.slice(0, COMPARED_OFFERS)];
  return {
    ...pool,
    needs: pool.needs.slice(i, i + 1),
    offers: places.flatMap((place) => pool.offers[place] ?? []),
    refusals: [],
    texts: {
      needs: pool.texts.needs.slice(i, i + 1),
      offers: places.map((place) => pool.texts.offers[place] ?? ''),
      past: (pool.texts.past ?? []).map((one) => ({ ...one, helpedBy: placesAmong(places, one.helpedBy) })),
    },
  };
}

/** Where these stand in a choice of places. */
function placesAmong(chosen: readonly number[], places: readonly number[]): number[] {
  return places.map((place) => chosen.indexOf(place)).filter((place) => place >= 0);
}

function obstacleTo(pool: Pool, need: PoolNeed, offer: PoolOffer, quantity: number) {
  const rule = obstaclesBetween(pool, need, offer).map((one) => one.rule)[0];
  if (rule !== undefined && rule !== 'refused' && rule !== 'forbidden') return refused(`pair-${rule}`);
  if (quantity > need.left) return refused('need-overfilled', { room: need.left });
  return quantity > offer.left ? refused('offer-overfilled', { room: offer.left }) : undefined;
}

function explain(pool: Pool): { score: number; why: StoredWhy } {
  const texts = readTexts(pool);
  const pair = pairUp(pool, texts).pairs.find(({ offer }) => offer === 0);
  if (pair === undefined) throw new Error('A pair without an obstacle was not allowed');
  const why = factsOf(pool, indexPool(pool), pair, false, texts);
  return { score: pair.score, why: whyOf({ why, breakdown: pair.breakdown, remarks: pair.remarks }, pool.weights) };
}
