/** What the page of a finished try shows, loaded for its view, and the file of exactly what is shown. */
import { CSV_TYPE, writeCsv } from '../../platform/files/csv-writer.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { historyOf, type HistoryLine } from '../territory/events.server.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { readView, type PlanView } from './address.ts';
import { arrivals, comparePlans, staleness, type PlanChange, type Staleness } from './compare-plans.ts';
import { matchingText } from './messages.ts';
import type { Agreement, LightPlan } from './plan.ts';
import type { LightPool } from './pool.ts';
import type { Proof } from './proof.ts';
import { poolNow } from './publish.server.ts';
import { isUnderWay, type Round, type Run } from './round.ts';
import { decisionsOf, plannedOf, previousRun, provenOf, runsOf, type DecisionLine, type RunLine } from './round-queries.server.ts';

export interface PlanScreen {
  readonly round: Round;
  readonly run: Run & { readonly requestedByName: string | null };
  readonly view: PlanView;
  readonly pool: LightPool;
  readonly plan: LightPlan;
  /** Only for the matrix. */
  readonly proof: Proof | null;
  readonly previous: { readonly number: number; readonly changes: readonly PlanChange[]; readonly pool: LightPool } | null;
  readonly runs: readonly RunLine[];
  readonly decisions: readonly DecisionLine[];
  readonly history: readonly HistoryLine[];
  /** Why it may not be published any more, and what arrived since; only while its round is open. */
  readonly stale: readonly Staleness[];
  readonly arrived: { readonly needs: number; readonly offers: number };
  readonly isUnderWay: boolean;
}

/** Undefined when the plan was written by a version that is no longer read. */
export async function loadPlanScreen(visit: TerritoryVisit, tx: TerritoryTransaction, { round, run }: Pick<PlanScreen, 'round' | 'run'>): Promise<PlanScreen | undefined> {
  const view = readView(visit.url.searchParams.get('vue'));
  const proven = view === 'matrice' ? await provenOf(tx, run.id) : undefined;
  const planned = proven ?? (await plannedOf(tx, run.id));
  if (planned === undefined) return undefined;
  const runs = await runsOf(tx, round.id);
  const now = round.state === 'open' ? await poolNow(tx, round, visit.today) : undefined;
  return {
    round,
    run,
    view,
    ...planned,
    proof: proven?.plan.proof ?? null,
    previous: await changesSince(tx, run, planned),
    runs,
    decisions: await decisionsOf(tx, round.id),
    history: view === 'historique' ? await historyOf(tx, round.id) : [],
    stale: now === undefined ? [] : staleness(planned, now),
    arrived: now === undefined ? { needs: 0, offers: 0 } : arrivals(planned.pool, now),
    isUnderWay: runs.some(({ state }) => isUnderWay(state)),
  };
}

/** Agreements with their places, narrowed to the words of the address. */
export function shownAgreements(visit: TerritoryVisit, { pool, plan }: Pick<PlanScreen, 'pool' | 'plan'>): readonly Agreement[] {
  const words = (visit.url.searchParams.get('q') ?? '').slice(0, 200).trim().toLocaleLowerCase('fr');
  if (words === '') return plan.agreements;
  const organisations = new Map(pool.organisations.map(({ id, name }) => [id, name]));
  return plan.agreements.filter(({ need, offer }) => {
    const [asked, given] = [pool.needs[need], pool.offers[offer]];
    if (asked === undefined || given === undefined) return false;
    const texts = [asked.title, given.title, organisations.get(asked.organisationId), organisations.get(given.organisationId)];
    return texts.some((text) => text?.toLocaleLowerCase('fr').includes(words));
  });
}

/** The agreements shown, as a file for a spreadsheet. */
export function agreementsCsv(visit: TerritoryVisit, screen: PlanScreen): Response {
  const t = matchingText(visit.locale);
  const { pool } = screen;
  const organisations = new Map(pool.organisations.map(({ id, name }) => [id, name]));
  const need = ({ need: place }: Agreement) => pool.needs[place];
  const offer = ({ offer: place }: Agreement) => pool.offers[place];
  const nameOf = (one: { readonly organisationId: (typeof pool.organisations)[number]['id'] } | undefined) => (one === undefined ? '' : organisations.get(one.organisationId));
  const csv = writeCsv<Agreement>(
    [
      { label: t('csv.receiver'), cell: (row) => nameOf(need(row)) },
      { label: t('run.column.need'), cell: (row) => need(row)?.title },
      { label: t('csv.giver'), cell: (row) => nameOf(offer(row)) },
      { label: t('decisions.column.offer'), cell: (row) => offer(row)?.title },
      { label: t('run.column.units'), cell: ({ units }) => units },
      { label: t('csv.unit'), cell: (row) => t(`unitName.${need(row)?.unit ?? 'half-day'}`) },
      { label: t('csv.score'), cell: ({ score }) => score },
    ],
    shownAgreements(visit, screen),
  );
  const name = `plan-${screen.round.number}-essai-${screen.run.number}.csv`;
  return new Response(csv, { headers: { 'content-type': CSV_TYPE, 'content-disposition': `attachment; filename="${name}"` } });
}

async function changesSince(tx: TerritoryTransaction, run: Run, planned: { pool: LightPool; plan: LightPlan }): Promise<PlanScreen['previous']> {
  const previous = await previousRun(tx, run);
  const older = previous && (await plannedOf(tx, previous.id));
  return older === undefined || previous === undefined ? null : { number: previous.number, changes: comparePlans(older, planned), pool: older.pool };
}
