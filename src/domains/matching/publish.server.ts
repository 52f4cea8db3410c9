/**
 * Publication: a try becomes the plan of its round, and its agreements become proposals to both sides.
 *
 * Must always hold: one try is published per round, once; only a plan that the independent checker accepts again, from
 * its own figures, and that still fits what is asked and offered now; all proposals are written in one transaction or
 * none is; no need and no offer is promised beyond what it has left, whatever happens beside.
 */
import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { staleness, type Staleness } from './compare-plans.ts';
import type { MatchId, Round, RoundId, RunId } from './round.ts';
import { isPublishable, type Plan } from './plan.ts';
import { runsRounds } from './policy.ts';
import type { LightPool } from './pool.ts';
import { gatherPool, lockPlaces } from './pool.server.ts';
import { verify } from './proof.ts';
import { lockRound, provenOf } from './round-queries.server.ts';
import { whyOf, type StoredWhy } from './why.ts';

export type PublishRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'not-open'
  | 'not-done'
  | 'nothing-to-publish'
  | 'not-verified'
  | 'stale';

export interface Published {
  readonly matchIds: readonly MatchId[];
}

type Publication = Result<Published, PublishRefusal>;

export async function publishRun(
  tx: TerritoryTransaction,
  principal: Principal,
  ids: { roundId: RoundId; runId: RunId },
  at: Moment & { readonly today: Temporal.PlainDate },
): Promise<Publication> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const round = await lockRound(tx, ids.roundId);
  if (round === undefined) return refused('not-found');
  if (round.state !== 'open') return refused('not-open');
  const planned = await publishable(tx, ids);
  if ('ok' in planned) return planned;
  const { pool, plan } = planned;
  await lockPlaces(
    tx,
    pool.needs.map(({ id }) => id),
    pool.offers.map(({ id }) => id),
  );
  const [stale, ...others] = await stalenessOf(tx, round, planned, at.today);
  if (stale !== undefined) return refused('stale', { count: 1 + others.length, ...factsOf(stale) });
  const matchIds = await writeMatches(tx, round, pool, plan, at);
  await tx
    .updateTable('rounds')
    .set({
      state: 'published',
      published_run_id: ids.runId,
      published_at: at.now,
      published_by: personOf(principal),
      version: sql<number>`version + 1`,
    })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', round.id)
    .execute();
  await appendEvent(
    tx,
    principal,
    {
      kind: 'round-published',
      subjectId: round.id,
      payload: {
        number: round.number,
        run: ids.runId,
        matches: matchIds.length,
        served: plan.summary.served,
        needs: plan.summary.needs,
      },
    },
    at,
  );
  return done({ matchIds });
}

/** What changed since the plan was made; empty when it may be published. */
export async function stalenessOf(
  tx: TerritoryTransaction,
  round: Round,
  planned: { pool: LightPool; plan: Pick<Plan, 'agreements'> },
  today: Temporal.PlainDate,
): Promise<Staleness[]> {
  return staleness(planned, await poolNow(tx, round, today));
}

export function poolNow(
  tx: TerritoryTransaction,
  { id, startsOn, endsOn, mostPartners }: Round,
  today: Temporal.PlainDate,
): Promise<LightPool> {
  return gatherPool(tx, { roundId: id, startsOn, endsOn, today, mostPartners, withoutTexts: true });
}

async function publishable(tx: TerritoryTransaction, { roundId, runId }: { roundId: RoundId; runId: RunId }) {
  const run = await tx
    .selectFrom('round_runs')
    .select('state')
    .where('territory_id', '=', tx.territoryId)
    .where('round_id', '=', roundId)
    .where('id', '=', runId)
    .executeTakeFirst();
  if (run === undefined) return refused('not-found');
  const planned = run.state === 'done' ? await provenOf(tx, runId) : undefined;
  if (planned === undefined) return refused('not-done');
  const { plan } = planned;
  if (plan.outcome === 'impossible' || plan.agreements.length === 0) return refused('nothing-to-publish');
  if (!isPublishable(plan) || !verify(plan.proof, plan.agreements).accepted || !fitsPool(planned))
    return refused('not-verified');
  return planned;
}

/** The limits of the proof are those of the pool: nobody proves a plan of something else. */
function fitsPool({ pool, plan }: { pool: LightPool; plan: Plan }): boolean {
  const { needs, offers } = plan.proof;
  const same = (numbers: readonly number[], rows: readonly { left: number }[]) =>
    numbers.length === rows.length && rows.every(({ left }, place) => left === numbers[place]);
  return same(needs.wanted, pool.needs) && same(offers.capacity, pool.offers);
}

async function writeMatches(
  tx: TerritoryTransaction,
  round: Round,
  pool: LightPool,
  plan: Plan,
  at: Moment,
): Promise<MatchId[]> {
  const rows = plan.agreements.map((agreement) => {
    const [need, offer] = [pool.needs[agreement.need], pool.offers[agreement.offer]];
    if (need === undefined || offer === undefined) throw new RangeError('An agreement stands outside of its pool');
    return {
      territory_id: tx.territoryId,
      id: newId<'match'>(at.now, at.fillRandom),
      need_id: need.id,
      offer_id: offer.id,
      round_id: round.id,
      quantity: agreement.units,
      score: agreement.score,
      why: JSON.stringify(whyOf(agreement, pool.weights) satisfies StoredWhy),
      created_at: at.now,
      updated_at: at.now,
    };
  });
  for (let start = 0; start < rows.length; start += BATCH) {
    await tx
      .insertInto('matches')
      .values(rows.slice(start, start + BATCH))
      .execute();
  }
  return rows.map(({ id }) => id);
}

/** Rows of one insert: ten columns each, and a statement takes 65,535 parameters. */
const BATCH = 2000;

function factsOf(stale: Staleness): Readonly<Record<string, string>> {
  return { what: stale.what, title: 'title' in stale ? stale.title : '', other: 'other' in stale ? stale.other : '' };
}
