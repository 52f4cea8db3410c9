/** What is in this round, what did the tries give, what is to be done next? For an organisation: what did it bring us? */
import { parseId } from '../../../lib/ids.ts';
import { textOf } from '../../../lib/form-state.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { roundAddress, runAddress } from '../address.ts';
import { OwnResults } from '../components/own-results.tsx';
import { RoundDesk } from '../components/round-desk.tsx';
import { undoDecision } from '../decision-commands.server.ts';
import { matchingText } from '../messages.ts';
import { mayReadPlans, mayReadRounds, runsRounds } from '../policy.ts';
import { closeRound, limitRound } from '../round-commands.server.ts';
import { loadDesk, loadOwn, type DeskRound, type OwnRound } from '../round-screen.server.ts';
import { startRun } from '../run-commands.server.ts';
import { SOLVE_JOB, solveJobData } from '../run-job.server.ts';
import { actOnRound, refuse, roundOf } from '../visited.server.ts';
import { limitsForm } from '../schema.ts';
import { nothingForm, pairForm, roundTwin } from '../twin-schema.ts';

type Data = { readonly kind: 'desk'; readonly desk: DeskRound } | { readonly kind: 'own'; readonly own: OwnRound };

export const roundPage = territoryPage<Data>({
  path: '/:territory/plans/:round',
  twin: {
    areas: ['matching'],
    response: roundTwin,
    of: (data) => (data.kind === 'desk' ? data.desk : { round: data.own.round, matches: data.own.matches }),
    bodies: { start: nothingForm, close: nothingForm, undo: pairForm, limit: limitsForm },
  },
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
      actOnRound(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const started = await startRun(tx, visit.principal, round.id, visit);
        if (!started.ok) return refuse(started.reason, () => invalid(formError(input, t(`refused.${started.reason}`))));
        const { runId, number } = started.value;
        const address = runAddress(pathIn(visit), round.id, runId);
        return doneAt(address, t('run.started', { number }), () =>
          visit.services.startJob(SOLVE_JOB, solveJobData(visit.territory.id, runId)),
        );
      }),
    limit: (visit, input, tx) =>
      actOnRound(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const parsed = parseForm(limitsForm, input, fieldErrors(visit.locale));
        if (!runsRounds(visit.principal)) return { kind: 'not-found' };
        if (!parsed.ok) return invalid(parsed.form);
        const limited = await limitRound(tx, visit.principal, round.id, parsed.value, visit);
        if (!limited.ok) return refuse(limited.reason, () => invalid(formError(input, t(`refused.${limited.reason}`))));
        return doneAt(roundAddress(pathIn(visit), round.id), t('limits.done', { n: parsed.value.mostPartners ?? 0 }));
      }),
    close: (visit, input, tx) =>
      actOnRound(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const closed = await closeRound(tx, visit.principal, round.id, visit);
        if (!closed.ok) return refuse(closed.reason, () => invalid(formError(input, t(`refused.${closed.reason}`))));
        return doneAt(roundAddress(pathIn(visit), round.id), t('round.closed', { n: closed.value.withdrawn }));
      }),
    undo: (visit, input, tx) =>
      actOnRound(visit, tx, async (round) => {
        const t = matchingText(visit.locale);
        const [needId, offerId] = [
          parseId<'need'>(textOf(input.values['need'])),
          parseId<'offer'>(textOf(input.values['offer'])),
        ];
        if (needId === undefined || offerId === undefined) return { kind: 'not-found' };
        const undone = await undoDecision(tx, visit.principal, { roundId: round.id, needId, offerId }, visit);
        if (!undone.ok) return refuse(undone.reason, () => invalid(formError(input, t(`refused.${undone.reason}`))));
        return doneAt(roundAddress(pathIn(visit), round.id), t('decision.undone'));
      }),
  },
  view(data, visit, form) {
    const t = matchingText(visit.locale);
    const round = data.kind === 'desk' ? data.desk.round : data.own.round;
    const body =
      data.kind === 'desk' ? (
        <RoundDesk {...data.desk} visit={visit} t={t} form={form} />
      ) : (
        <OwnResults {...data.own} visit={visit} t={t} />
      );
    return { title: round.title, body };
  },
});
