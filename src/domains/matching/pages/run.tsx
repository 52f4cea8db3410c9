/** Who gets what in this try, why, who goes without, and may it be published? While it runs: how far is it? */
import { parseId } from '../../../lib/ids.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, respondWith, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { roundAddress, runAddress } from '../address.ts';
import { RunPending } from '../components/run-pending.tsx';
import { RunPlan } from '../components/run-plan.tsx';
import { decide } from '../decision-commands.server.ts';
import { matchingText } from '../messages.ts';
import { mailsOfPublication } from '../notify.server.ts';
import { mayReadPlans } from '../policy.ts';
import { publishRun } from '../publish.server.ts';
import { isUnderWay, type Round, type RunId } from '../round.ts';
import { runById } from '../round-queries.server.ts';
import { cancelRun, startRun } from '../run-commands.server.ts';
import { SOLVE_JOB, solveJobData } from '../run-job.server.ts';
import { decisionForm } from '../schema.ts';
import { agreementsCsv, loadPlanScreen, type PlanScreen } from '../run-screen.server.ts';
import { refuse, roundOf } from './round.tsx';

type Named = NonNullable<Awaited<ReturnType<typeof runById>>>;
type Data = { readonly kind: 'pending'; readonly round: Round; readonly run: Named } | { readonly kind: 'plan'; readonly screen: PlanScreen };

export const runPage = territoryPage<Data>({
  path: '/:territory/plans/:round/essais/:run',
  async load(visit, tx) {
    if (!mayReadPlans(visit.principal)) return SIGN_IN;
    const found = await runOf(visit, tx);
    if (found === undefined) return NOT_FOUND;
    const screen = found.run.state === 'done' ? await loadPlanScreen(visit, tx, found) : undefined;
    if (screen === undefined) return { kind: 'pending', ...found };
    if (visit.url.searchParams.get('format') === 'csv') return respondWith(agreementsCsv(visit, screen));
    return { kind: 'plan', screen };
  },
  actions: {
    cancel: (visit, input, tx) =>
      act(visit, tx, async (round, runId) => {
        const t = matchingText(visit.locale);
        const cancelled = await cancelRun(tx, visit.principal, { roundId: round.id, runId }, visit);
        if (!cancelled.ok) return refuse(cancelled.reason, () => invalid(formError(input, t(`refused.${cancelled.reason}`))));
        return doneAt(runAddress(pathIn(visit), round.id, runId), t('run.cancelAsked'));
      }),
    again: (visit, input, tx) =>
      act(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const started = await startRun(tx, visit.principal, round.id, visit);
        if (!started.ok) return refuse(started.reason, () => invalid(formError(input, t(`refused.${started.reason}`))));
        const { runId, number } = started.value;
        return doneAt(runAddress(pathIn(visit), round.id, runId), t('run.started', { number }), () => visit.services.startJob(SOLVE_JOB, solveJobData(visit.territory.id, runId)));
      }),
    decide: (visit, input, tx) =>
      act(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const pair = readPair(visit.url.searchParams.get('paire'));
        if (pair === undefined) return { kind: 'not-found' };
        const parsed = parseForm(decisionForm, input, fieldErrors(visit.locale));
        if (!parsed.ok) return invalid(parsed.form);
        const decided = await decide(tx, visit.principal, { roundId: round.id, ...pair }, parsed.value, visit);
        if (decided.ok) return doneAt(addressWith(visit, { paire: '' }), t(`decision.done.${parsed.value.decision}`));
        const field = decided.reason === 'need-overfilled' || decided.reason === 'offer-overfilled' ? 'quantity' : undefined;
        return refuse(decided.reason, () => invalid(formError(input, t(`refused.${decided.reason}`, decided.facts), field)));
      }),
    publish: (visit, input, tx) =>
      act(visit, tx, async (round, runId) => {
        const t = matchingText(visit.locale);
        const published = await publishRun(tx, visit.principal, { roundId: round.id, runId }, visit);
        if (!published.ok) return refuse(published.reason, () => invalid(formError(input, t(`refused.${published.reason}`))));
        const { matchIds } = published.value;
        const mails = await mailsOfPublication(tx, visit, round, matchIds);
        const send = async () => void (await Promise.all(mails.map((mail) => visit.services.sendMail(mail))));
        return doneAt(roundAddress(pathIn(visit), round.id), t('round.published', { n: matchIds.length }), send);
      }),
  },
  view(data, visit, form) {
    const t = matchingText(visit.locale);
    if (data.kind === 'plan') {
      const { round, run } = data.screen;
      return { title: t('run.short', { number: run.number, title: round.title }), body: <RunPlan screen={data.screen} visit={visit} t={t} form={form} /> };
    }
    const { round, run } = data;
    const isMoving = isUnderWay(run.state);
    return {
      title: t('run.short', { number: run.number, title: round.title }),
      width: 'reading',
      ...(isMoving ? { refreshSeconds: 2, islands: ['progress'] } : {}),
      body: <RunPending round={round} run={run} visit={visit} t={t} form={form} />,
    };
  },
});

/** The try that the address names, in its round. */
export async function runOf(visit: TerritoryVisit, tx: TerritoryTransaction): Promise<{ round: Round; run: Named } | undefined> {
  const round = await roundOf(visit, tx);
  const id = parseId<'run'>(visit.params['run'] ?? '');
  const run = round === undefined || id === undefined ? undefined : await runById(tx, round.id, id);
  return round === undefined || run === undefined ? undefined : { round, run };
}

/** The pair that the address points at: `?paire=<need>.<offer>`. */
export function readPair(text: string | null) {
  const [need = '', offer = ''] = (text ?? '').split('.');
  const [needId, offerId] = [parseId<'need'>(need), parseId<'offer'>(offer)];
  return needId === undefined || offerId === undefined ? undefined : { needId, offerId };
}

async function act(visit: TerritoryVisit, tx: TerritoryTransaction, work: (round: Round, runId: RunId) => Promise<ActionOutcome>): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const found = await runOf(visit, tx);
  return found === undefined ? { kind: 'not-found' } : work(found.round, found.run.id);
}
