/** A try that waits, runs, was cancelled or failed: how far it is, and what can be done. */
import { formatRelativeDay } from '../../../i18n/format.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { plansAddress, roundAddress, runAddress } from '../address.ts';
import { LiveProgress, type ProgressTexts } from '../islands/live-progress.tsx';
import type { MatchingText } from '../messages.ts';
import { runsRounds } from '../policy.ts';
import { isUnderWay, RUN_STEPS, secondsLeft, takesTries, type Round, type Run } from '../round.ts';

interface RunPendingProps {
  readonly round: Round;
  readonly run: Run & { readonly requestedByName: string | null };
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
  readonly form: FormState;
}

export function RunPending({ round, run, visit, t, form }: RunPendingProps) {
  const base = pathIn(visit);
  const address = runAddress(base, round.id, run.id);
  const isTeam = runsRounds(visit.principal);
  return (
    <>
      <PageHead
        breadcrumb={[
          { label: t('plans.short'), href: plansAddress(base) },
          { label: round.title, href: roundAddress(base, round.id) },
          { label: t('run.name', { number: run.number }) },
        ]}
        title={t(`pending.title.${run.state}`, { number: run.number })}
        lead={t(`pending.lead.${run.state}`, {
          when: formatRelativeDay(
            visit.locale,
            run.createdAt.toZonedDateTimeISO(visit.territory.zone).toPlainDate(),
            visit.today,
          ),
          name: run.requestedByName ?? t('system'),
        })}
      />
      {form.summary ? <Form form={form}>{null}</Form> : null}
      {isUnderWay(run.state) ? (
        <div class="stack">
          <LivePart address={`${address}/etat.json`} run={run} visit={visit} t={t} />
          <p class="soft">{t('pending.leave')}</p>
          {isTeam && !run.cancelRequested ? (
            <Form name="cancel" idempotencyKey={formKey(visit)} inline>
              <SubmitButton tone="quiet">{t('run.cancel')}</SubmitButton>
            </Form>
          ) : null}
        </div>
      ) : (
        <div class="stack">
          {run.state === 'failed' ? <Notice tone="warn">{t(`failure.${run.failure ?? 'unexpected'}`)}</Notice> : null}
          <div class="row">
            {isTeam && takesTries(round.state) ? (
              <Form name="again" idempotencyKey={formKey(visit)} inline>
                <SubmitButton>{t('run.again')}</SubmitButton>
              </Form>
            ) : null}
            <ButtonLink tone="quiet" href={roundAddress(base, round.id)}>
              {t('pending.back')}
            </ButtonLink>
          </div>
        </div>
      )}
    </>
  );
}

/** Drawn here, then taken over by its island where scripts run. */
function LivePart({ address, run, visit, t }: { address: string } & Pick<RunPendingProps, 'run' | 'visit' | 't'>) {
  const { state, percent, step, cancelRequested } = run;
  const shown = {
    locale: visit.locale,
    texts: progressTexts(t),
    state,
    percent,
    step,
    secondsLeft: secondsLeft(run, visit.now) ?? null,
    isStopping: cancelRequested,
  };
  return (
    <div data-island="progress" data-props={JSON.stringify({ ...shown, address })}>
      <LiveProgress {...shown} />
    </div>
  );
}

function progressTexts(t: MatchingText): ProgressTexts {
  return {
    label: t('progress.label'),
    stopping: t('progress.stopping'),
    steps: Object.fromEntries(RUN_STEPS.map((step) => [step, t(`progress.step.${step}`)])) as ProgressTexts['steps'],
    left: t('progress.left'),
    lost: t('progress.lost'),
  };
}
