/** What is in this round, what did the tries give, what is to be done next? For an organisation: what did it bring us? */
import { parseId } from '../../../lib/ids.ts';
import { formError } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { roundAddress, runAddress } from '../address.ts';
import { OwnResults, type OwnRound } from '../components/own-results.tsx';
import { RoundDesk, type DeskRound } from '../components/round-desk.tsx';
import { undoDecision } from '../decision-commands.server.ts';
import { answersOfRound, matchesOfRound } from '../match-queries.server.ts';
import { matchingText } from '../messages.ts';
import { mayReadPlans, mayReadRounds } from '../policy.ts';
import { poolNow } from '../publish.server.ts';
import { isUnderWay, type Round, type RoundId } from '../round.ts';
import { closeRound } from '../round-commands.server.ts';
import { decisionsOf, plannedOf, roundById, runsOf } from '../round-queries.server.ts';
import { startRun } from '../run-commands.server.ts';
import { SOLVE_JOB, solveJobData } from '../run-job.server.ts';

type Data = { readonly kind: 'desk'; readonly desk: DeskRound } | { readonly kind: 'own'; readonly own: OwnRound };

export const roundPage = territoryPage<Data>({
  path: '/:territory/plans/:round',
  async load(visit, tx) {
    if (!mayReadRounds(visit.principal)) return SIGN_IN;
    const round = await roundOf(visit, tx);
    if (round === undefined) return NOT_FOUND;
    if (mayReadPlans(visit.principal)) return { kind: 'desk', desk: await loadDesk(visit, tx, round) };
    // Before it is published a plan may still change: nobody is told what they will not get.
    return round.state === 'open' ? NOT_FOUND : { kind: 'own', own: await loadOwn(visit, tx, round) };
  },
  actions: {
    start: (visit, input, tx) =>
      act(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const started = await startRun(tx, visit.principal, round.id, visit);
        if (!started.ok) return refuse(started.reason, () => invalid(formError(input, t(`refused.${started.reason}`))));
        const { runId, number } = started.value;
        const address = runAddress(pathIn(visit), round.id, runId);
        return doneAt(address, t('run.started', { number }), () => visit.services.startJob(SOLVE_JOB, solveJobData(visit.territory.id, runId)));
      }),
    close: (visit, input, tx) =>
      act(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const closed = await closeRound(tx, visit.principal, round.id, visit);
        if (!closed.ok) return refuse(closed.reason, () => invalid(formError(input, t(`refused.${closed.reason}`))));
        return doneAt(roundAddress(pathIn(visit), round.id), t('round.closed', { n: closed.value.withdrawn }));
      }),
    undo: (visit, input, tx) =>
      act(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const [needId, offerId] = [parseId<'need'>(String(input.values['need'] ?? '')), parseId<'offer'>(String(input.values['offer'] ?? ''))];
        if (needId === undefined || offerId === undefined) return { kind: 'not-found' };
        const undone = await undoDecision(tx, visit.principal, { roundId: round.id, needId, offerId }, visit);
        if (!undone.ok) return refuse(undone.reason, () => invalid(formError(input, t(`refused.${undone.reason}`))));
        return doneAt(roundAddress(pathIn(visit), round.id), t('decision.undone'));
      }),
  },
  view(data, visit, form) {
    const t = matchingText(visit.locale);
    const round = data.kind === 'desk' ? data.desk.round : data.own.round;
    const body = data.kind === 'desk' ? <RoundDesk {...data.desk} visit={visit} t={t} form={form} /> : <OwnResults {...data.own} visit={visit} t={t} />;
    return { title: round.title, body };
  },
});

/** The round that the address names. */
export async function roundOf(visit: TerritoryVisit, tx: TerritoryTransaction): Promise<Round | undefined> {
  const id = parseId<'round'>(visit.params['round'] ?? '');
  return id === undefined ? undefined : roundById(tx, id);
}

/** Who may not is told so like everywhere: asked to sign in, or shown nothing. */
export function refuse(reason: string, otherwise: () => ActionOutcome): ActionOutcome {
  return reason === 'not-allowed' || reason === 'not-found' ? { kind: 'not-found' } : otherwise();
}

async function act(visit: TerritoryVisit, tx: TerritoryTransaction, work: (round: Round) => Promise<ActionOutcome>): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const round = await roundOf(visit, tx);
  return round === undefined ? { kind: 'not-found' } : work(round);
}

async function loadDesk(visit: TerritoryVisit, tx: TerritoryTransaction, round: Round): Promise<DeskRound> {
  const runs = await runsOf(tx, round.id);
  return {
    round,
    runs,
    underWay: runs.find(({ state }) => isUnderWay(state)),
    pool: await poolNow(tx, round, visit.today),
    decisions: await decisionsOf(tx, round.id),
    answers: round.state === 'open' ? null : await answersOfRound(tx, round.id),
  };
}

async function loadOwn(visit: TerritoryVisit, tx: TerritoryTransaction, round: Round): Promise<OwnRound> {
  const planned = round.publishedRunId === null ? undefined : await plannedOf(tx, round.publishedRunId);
  return { round, planned, matches: await matchesOfRound(tx, visit.principal, round.id as RoundId) };
}
