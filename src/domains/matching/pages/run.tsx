/** Who gets what in this try, why, who goes without, and may it be published? While it runs: how far is it? */
import { parseId } from '../../../lib/ids.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, respondWith, SIGN_IN } from '../../../platform/web/page.ts';
import { addressWith, pathIn, sendAll, territoryPage } from '../../territory/visit.ts';
import { roundAddress, runAddress } from '../address.ts';
import { agreementsCsv } from '../components/agreements-csv.ts';
import { RunPending } from '../components/run-pending.tsx';
import { RunPlan } from '../components/run-plan.tsx';
import { decide } from '../decision-commands.server.ts';
import { matchingText } from '../messages.ts';
import { mailsOfPublication } from '../notify.server.ts';
import { mayReadPlans } from '../policy.ts';
import { publishRun } from '../publish.server.ts';
import { isUnderWay, type Round } from '../round.ts';
import { cancelRun, startRun } from '../run-commands.server.ts';
import { SOLVE_JOB, solveJobData } from '../run-job.server.ts';
import { decisionForm } from '../schema.ts';
import { loadPlanScreen, type PlanScreen } from '../run-screen.server.ts';
import { actOnRun, refuse, runOf, type NamedRun } from '../visited.server.ts';
import { runForPrograms } from '../components/run-twin.ts';
import { RUN_BODIES, runTwin } from '../twin-schema.ts';

type Data =
  | { readonly kind: 'pending'; readonly round: Round; readonly run: NamedRun }
  | { readonly kind: 'plan'; readonly screen: PlanScreen };

export const runPage = territoryPage<Data>({
  path: '/:territory/plans/:round/essais/:run',
  twin: {
    areas: ['matching'],
    response: runTwin,
    of: runForPrograms,
    bodies: RUN_BODIES,
  },
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
      actOnRun(visit, tx, async (round, runId) => {
        const t = matchingText(visit.locale);
        const cancelled = await cancelRun(tx, visit.principal, { roundId: round.id, runId }, visit);
        if (!cancelled.ok)
          return refuse(cancelled.reason, () => invalid(formError(input, t(`refused.${cancelled.reason}`))));
        return doneAt(runAddress(pathIn(visit), round.id, runId), t('run.cancelAsked'));
      }),
    again: (visit, input, tx) =>
      actOnRun(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const started = await startRun(tx, visit.principal, round.id, visit);
        if (!started.ok) return refuse(started.reason, () => invalid(formError(input, t(`refused.${started.reason}`))));
        const { runId, number } = started.value;
        return doneAt(runAddress(pathIn(visit), round.id, runId), t('run.started', { number }), () =>
          visit.services.startJob(SOLVE_JOB, solveJobData(visit.territory.id, runId)),
        );
      }),
    decide: (visit, input, tx) =>
      actOnRun(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const pair = readPair(visit.url.searchParams.get('paire'));
        if (pair === undefined) return { kind: 'not-found' };
        const parsed = parseForm(decisionForm, input, fieldErrors(visit.locale));
        if (!parsed.ok) return invalid(parsed.form);
        const decided = await decide(tx, visit.principal, { roundId: round.id, ...pair }, parsed.value, visit);
        if (decided.ok) return doneAt(addressWith(visit, { paire: '' }), t(`decision.done.${parsed.value.decision}`));
        const field =
          decided.reason === 'need-overfilled' || decided.reason === 'offer-overfilled' ? 'quantity' : undefined;
        return refuse(decided.reason, () =>
          invalid(formError(input, t(`refused.${decided.reason}`, decided.facts), field)),
        );
      }),
    publish: (visit, input, tx) =>
      actOnRun(visit, tx, async (round, runId) => {
        const t = matchingText(visit.locale);
        const published = await publishRun(tx, visit.principal, { roundId: round.id, runId }, visit);
        if (!published.ok)
          return refuse(published.reason, () => invalid(formError(input, t(`refused.${published.reason}`))));
        const { matchIds } = published.value;
        const mails = await mailsOfPublication(tx, visit, round, matchIds);
        return doneAt(
          roundAddress(pathIn(visit), round.id),
          t('round.published', { n: matchIds.length }),
          sendAll(visit, mails),
        );
      }),
  },
  view(data, visit, form) {
    const t = matchingText(visit.locale);
    if (data.kind === 'plan') {
      const { round, run } = data.screen;
      return {
        title: t('run.short', { number: run.number, title: round.title }),
        body: <RunPlan screen={data.screen} visit={visit} t={t} form={form} />,
      };
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

/** The pair that the address points at: `?paire=<need>.<offer>`. */
export function readPair(text: string | null) {
  const [need = '', offer = ''] = (text ?? '').split('.');
  const [needId, offerId] = [parseId<'need'>(need), parseId<'offer'>(offer)];
  return needId === undefined || offerId === undefined ? undefined : { needId, offerId };
}
