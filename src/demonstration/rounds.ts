/** The rounds of the demonstration: two that were published and delivered, one that waits for a decision. */
import { solveLeximin } from '../algorithms/flow/leximin.ts';
import { present } from '../lib/assert.ts';
import type { OrganisationId } from '../lib/ids.ts';
import type { SupportUnit } from '../lib/quantity.ts';
import type { Result } from '../lib/result.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { makePlan } from '../domains/matching/make-plan.ts';
import { introduce } from '../domains/matching/introduction.server.ts';
import { answerMatch, withdrawMatch } from '../domains/matching/match-commands.server.ts';
import { publishRun } from '../domains/matching/publish.server.ts';
import { closeRound, createRound } from '../domains/matching/round-commands.server.ts';
import type { MatchId, RoundId, RunId } from '../domains/matching/round.ts';
import { endRun, startRun, takeUpRun } from '../domains/matching/run-commands.server.ts';
import { COLD_NEED_TITLE } from './support.ts';
import { openOffers } from '../domains/support/offer-queries.server.ts';
import { momentOn, workingDay, type DemonstrationCalendar } from './calendar.ts';
import { DECLINE_REASONS } from './content/requests.ts';
import type { MadeDirectory } from './directory.ts';

export interface MadeRound {
  readonly id: RoundId;
  readonly runId: RunId;
}

export interface MadeMatch {
  readonly id: MatchId;
  readonly giverId: OrganisationId;
  readonly receiverId: OrganisationId;
  readonly unit: SupportUnit;
  readonly quantity: number;
}

const SOLVE_LIMIT_MS = 60_000;

/** Opens the round of a quarter and solves it once, two weeks in. */
export async function planRound(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  quarter: 0 | 1 | 2,
  random: SeededRandom,
): Promise<MadeRound> {
  const starts = calendar.quarters[quarter];
  const lastDay = starts.add({ months: 3 }).subtract({ days: 1 });
  const day = quarter === 0 ? calendar.today : workingDay(starts.add({ days: 15 }));
  const now = quarter === 0 ? calendar.now.subtract({ hours: 2 }) : momentOn(calendar, day, 9, 10);
  const at = { now, fillRandom: random.fill, today: day };
  const title = `${ordinal(Math.ceil(starts.month / 3))} trimestre ${starts.year}`;
  const round = must(await createRound(tx, directory.team, { title, startsOn: starts, lastDay }, at));
  const run = must(await startRun(tx, directory.team, round.id, at));
  const pool = present(await takeUpRun(tx, run.runId, now), 'the pool of the demonstration');
  const made = await makePlan(pool, {
    solve: solveLeximin,
    timeLimitMs: SOLVE_LIMIT_MS,
    onProgress: () => {},
    shouldCancel: () => false,
  });
  if (made.kind !== 'made') throw new Error('The demonstration has no plan');
  await endRun(tx, run.runId, { kind: 'done', plan: made.plan }, now);
  return { id: round.id, runId: run.runId };
}

/** Publishes the plan; both sides answer within two weeks, most of them yes. Returns what both accepted. */
export async function publishAndAnswer(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  round: MadeRound,
  quarter: 1 | 2,
  random: SeededRandom,
): Promise<MadeMatch[]> {
  const day = workingDay(calendar.quarters[quarter].add({ days: 16 }));
  const at = { now: momentOn(calendar, day, 10), fillRandom: random.fill, today: day };
  const { matchIds } = must(await publishRun(tx, directory.team, { roundId: round.id, runId: round.runId }, at));
  const matches = await readMatches(tx, matchIds);
  const accepted: MadeMatch[] = [];
  for (const match of matches) {
    const answeredOn = momentOn(
      calendar,
      workingDay(day.add({ days: 1 + random.whole(6) })),
      8 + random.whole(10),
      random.whole(60),
    );
    if (await answer(tx, directory, match, answeredOn, quarter, random)) accepted.push(match);
  }
  await takeBackUnanswered(tx, directory, matches, {
    now: momentOn(calendar, workingDay(day.add({ days: 30 })), 9),
    fillRandom: random.fill,
  });
  return accepted;
}

/** What nobody answered within a month goes back to the pool. */
async function takeBackUnanswered(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  matches: readonly MadeMatch[],
  at: { now: Temporal.Instant; fillRandom: SeededRandom['fill'] },
): Promise<void> {
  const ids = matches.map(({ id }) => id);
  const silent = await tx
    .selectFrom('matches')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', 'in', ids)
    .where('state', '=', 'proposed')
    .execute();
  for (const { id } of silent)
    must(
      await withdrawMatch(
        tx,
        directory.team,
        id,
        'Sans réponse depuis un mois\u202f: la place retourne au vivier.',
        at,
      ),
    );
}

/** Ends the first round at the end of its quarter. */
export async function endRound(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  round: MadeRound,
  random: SeededRandom,
): Promise<void> {
  must(
    await closeRound(tx, directory.team, round.id, {
      now: momentOn(calendar, calendar.quarters[1], 8),
      fillRandom: random.fill,
    }),
  );
}

/** A few introductions made by hand, between what is open today. */
export async function introduceByHand(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const pairs = await tx
    .selectFrom('needs')
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'needs.territory_id').onRef('offers.kind_code', '=', 'needs.kind_code'),
    )
    .innerJoin('organisations as receivers', (join) =>
      join
        .onRef('receivers.territory_id', '=', 'needs.territory_id')
        .onRef('receivers.id', '=', 'needs.organisation_id'),
    )
    .innerJoin('organisations as givers', (join) =>
      join.onRef('givers.territory_id', '=', 'offers.territory_id').onRef('givers.id', '=', 'offers.organisation_id'),
    )
    .select(['needs.id as need', 'offers.id as offer'])
    .where('needs.territory_id', '=', tx.territoryId)
    .where('needs.created_at', '>', momentOn(calendar, calendar.quarters[0], 0))
    .where('needs.title', '<>', COLD_NEED_TITLE)
    // The needs of MyBus and the offers of Michelin first: visitors enter as them.
    .orderBy((has) =>
      has
        .case()
        .when('receivers.slug', '=', 'mybus')
        .then(0)
        .when('needs.kind_code', '=', 'market-access')
        .then(1)
        .else(2)
        .end(),
    )
    .orderBy('needs.id')
    .orderBy((has) => has.case().when('givers.slug', '=', 'michelin').then(0).else(1).end())
    .orderBy('offers.id')
    .execute();
  const message = 'Vous devriez vous parler\u202f: même sujet, et vos bureaux sont à dix minutes.';
  const introduced = new Set<string>();
  for (const { need, offer } of pairs) {
    if (introduced.size === INTRODUCTIONS) break;
    if (introduced.has(need)) continue;
    const at = {
      now: calendar.now.subtract({ hours: 20 + introduced.size * 25 }),
      fillRandom: random.fill,
      today: calendar.today,
    };
    const made = await introduce(tx, directory.team, { need, offer, quantity: 1, message }, at);
    if (made.ok) introduced.add(need);
  }
}

const INTRODUCTIONS = 6;

/** Michelin and MyBus: an introduction that both accepted, and one that each has still to answer. */
export async function introducePersonas(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<MadeMatch> {
  const at = {
    now: calendar.now.subtract({ hours: 24 * 12 }),
    fillRandom: random.fill,
    today: calendar.today.subtract({ days: 12 }),
  };
  const cold = await tx
    .selectFrom('needs')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('title', '=', COLD_NEED_TITLE)
    .executeTakeFirstOrThrow();
  const offer = await openOfferOf(tx, 'michelin', 'expertise', calendar.today);
  const message = 'Michelin essaie ses gommes à moins trente\u202f: ils ont le banc et la patience.';
  const id = must(await introduce(tx, directory.team, { need: cold.id, offer, quantity: 2, message }, at));
  const [match] = await readMatches(tx, [id]);
  const made = present(match, 'the introduction of the demonstration');
  const later = { now: at.now.add({ hours: 20 }), fillRandom: random.fill };
  must(
    await answerMatch(
      tx,
      personFor(directory, made.receiverId),
      id,
      { side: 'need', answer: 'accepted', reason: '' },
      later,
    ),
  );
  must(
    await answerMatch(
      tx,
      personFor(directory, made.giverId),
      id,
      { side: 'offer', answer: 'accepted', reason: '' },
      later,
    ),
  );
  return made;
}

async function openOfferOf(tx: TerritoryTransaction, slug: string, kind: string, today: Temporal.PlainDate) {
  const offers = (await openOffers(tx, today)).filter(
    (offer) => offer.organisationSlug === slug && offer.kindCode === kind,
  );
  return present(offers.toSorted((a, b) => b.remaining - a.remaining)[0], `an open offer of ${slug}`).id;
}

/** Whether both sides said yes; some of the latest round have not answered yet. */
async function answer(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  match: MadeMatch,
  now: Temporal.Instant,
  quarter: 1 | 2,
  random: SeededRandom,
): Promise<boolean> {
  const at = { now, fillRandom: random.fill };
  const giver = personFor(directory, match.giverId);
  const receiver = personFor(directory, match.receiverId);
  const waits = quarter === 1 && random.chance(0.12);
  if (!waits || random.chance(0.5)) {
    const declines = random.chance(0.06);
    must(
      await answerMatch(
        tx,
        receiver,
        match.id,
        {
          side: 'need',
          answer: declines ? 'declined' : 'accepted',
          reason: declines ? random.pick(DECLINE_REASONS) : '',
        },
        at,
      ),
    );
    if (declines) return false;
  }
  if (waits) return false;
  const declines = random.chance(0.08);
  must(
    await answerMatch(
      tx,
      giver,
      match.id,
      {
        side: 'offer',
        answer: declines ? 'declined' : 'accepted',
        reason: declines ? random.pick(DECLINE_REASONS) : '',
      },
      at,
    ),
  );
  return !declines;
}

async function readMatches(tx: TerritoryTransaction, ids: readonly MatchId[]): Promise<MadeMatch[]> {
  return tx
    .selectFrom('matches')
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'matches.territory_id').onRef('needs.id', '=', 'matches.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'matches.territory_id').onRef('offers.id', '=', 'matches.offer_id'),
    )
    .select([
      'matches.id',
      'offers.organisation_id as giverId',
      'needs.organisation_id as receiverId',
      'needs.unit',
      'matches.quantity',
    ])
    .$narrowType<{ unit: SupportUnit }>()
    .where('matches.territory_id', '=', tx.territoryId)
    .where('matches.id', 'in', ids)
    .orderBy('matches.id')
    .execute();
}

export function personFor(directory: MadeDirectory, organisationId: OrganisationId) {
  return present(
    directory.organisations.find(({ id }) => id === organisationId),
    'an organisation of the demonstration',
  ).manager;
}

/** The value of an act that the demonstration's own figures make possible. */
export function must<Value>(result: Result<Value, string>): Value {
  if (result.ok) return result.value;
  throw new Error(`The demonstration was refused: ${result.reason} ${JSON.stringify(result.facts ?? {})}`);
}

function ordinal(rank: number): string {
  return rank === 1 ? '1er' : `${rank}e`;
}
