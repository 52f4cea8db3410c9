/** A finished try: its answer in the title, its figures, its proof, and five views of the same plan. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { addressWith, formKey, pathIn } from '../../territory/visit.ts';
import { explorerAddress, plansAddress, roundAddress, runAddress, conflictsAddress, VIEWS } from '../address.ts';
import { isPublishable, unmetNeeds } from '../plan.ts';
import { runsRounds } from '../policy.ts';
import { takesTries } from '../round.ts';
import { RunAgreements } from './run-agreements.tsx';
import { RunGivers } from './run-givers.tsx';
import { RunHistory } from './run-history.tsx';
import { RunMatrix } from './run-matrix.tsx';
import { RunUnserved } from './run-unserved.tsx';
import type { RunViewProps } from './view-props.ts';
import { amount, boundedSentence, impossibleSentence, planTitle, stalenessSentence } from './sentences.ts';

export function RunPlan(props: RunViewProps) {
  const { screen, visit, t, form } = props;
  const { round, run, plan } = screen;
  const base = pathIn(visit);
  return (
    <>
      <PageHead
        breadcrumb={[
          { label: t('plans.short'), href: plansAddress(base) },
          { label: round.title, href: roundAddress(base, round.id) },
          { label: t('run.name', { number: run.number }) },
        ]}
        title={planTitle(t, plan)}
        actions={<Actions {...props} />}
      />
      {form.summary ? <Form form={{ ...form, errors: {} }}>{null}</Form> : null}
      <Warnings {...props} />
      {plan.outcome === 'impossible' ? null : <Answer {...props} />}
      <Views {...props} />
    </>
  );
}

function Actions({ screen, visit, t }: RunViewProps) {
  const { round, run, plan, previous, stale, isUnderWay } = screen;
  const compare = (
    <>
      {previous ? (
        <ButtonLink tone="quiet" href={`${runAddress(pathIn(visit), round.id, run.id)}?vue=historique#changements`}>
          {t('run.compare', { number: previous.number })}
        </ButtonLink>
      ) : null}
      {plan.outcome === 'impossible' ? null : (
        <ButtonLink tone="quiet" href={explorerAddress(pathIn(visit), round.id, run.id)}>
          {t('run.explore')}
        </ButtonLink>
      )}
    </>
  );
  if (!runsRounds(visit.principal) || !takesTries(round.state)) return compare;
  // While a pair is being decided, that is the page's one act.
  const isDeciding = visit.url.searchParams.has('paire');
  const isReady = isPublishable(plan) && stale.length === 0;
  return (
    <>
      {compare}
      {isUnderWay ? null : (
        <Form name="again" idempotencyKey={formKey(visit)} inline>
          <SubmitButton tone={isReady || isDeciding ? 'quiet' : 'main'}>{t('run.again')}</SubmitButton>
        </Form>
      )}
      {isReady && !isDeciding ? (
        <ConfirmDialog
          id="publish"
          trigger={t('publish')}
          title={t('publish.title')}
          confirm={t('publish.confirm')}
          name="publish"
          idempotencyKey={formKey(visit)}
        >
          <p>{t('publish.body', { n: plan.agreements.length, organisations: plan.summary.organisations })}</p>
          <p>{t('publish.after')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** Everything that keeps the plan from being published, or that the team should know before. */
function Warnings({ screen, visit, t }: RunViewProps) {
  const { round, run, pool, plan, stale, arrived } = screen;
  const isPublished = round.publishedRunId === run.id;
  return (
    <>
      {isPublished ? <Notice tone="good">{t('run.isPublished')}</Notice> : null}
      {plan.impossible ? (
        <Notice tone="warn" title={t('impossible.title')}>
          {impossibleSentence(t, pool, plan.impossible)}
        </Notice>
      ) : null}
      {plan.outcome !== 'impossible' && !plan.verdict.accepted ? (
        <Notice tone="warn" title={t('verdict.refused.title')}>
          {t('verdict.refused', { rule: plan.verdict.refusal.rule })}
        </Notice>
      ) : null}
      {stale.length > 0 ? (
        <Notice tone="warn" title={t('stale.title')}>
          <ul>
            {stale.slice(0, STALE_NAMED).map((one) => (
              <li>{stalenessSentence(t, one)}</li>
            ))}
            {stale.length > STALE_NAMED ? <li>{t('stale.more', { n: stale.length - STALE_NAMED })}</li> : null}
          </ul>
        </Notice>
      ) : null}
      {arrived.needs + arrived.offers > 0 ? (
        <Notice tone="info">{t('arrived', { needs: arrived.needs, offers: arrived.offers })}</Notice>
      ) : null}
      {pool.embedding && pool.embedding.status !== 'complete' ? (
        <Notice tone="info">
          {t(`embedding.${pool.embedding.status}`, { fault: pool.embedding.fault ?? 'failed' })}
        </Notice>
      ) : null}
      {pool.questions.length > 0 ? (
        <Notice tone="info">
          {t('conflicts.notice.plan', { n: pool.questions.length })}{' '}
          <a href={conflictsAddress(pathIn(visit))}>{t('conflicts.short')}</a>
        </Notice>
      ) : null}
      {plan.unkeptPromises.length > 0 ? (
        <Notice tone="info" title={t('promises.title')}>
          {plan.unkeptPromises
            .map(({ offer, promised, possible }) =>
              t(plan.limited ? 'promises.limited' : 'promises.one', {
                title: pool.offers[offer]?.title ?? '',
                promised: amount(t, pool.offers[offer]?.unit ?? 'half-day', promised),
                possible,
              }),
            )
            .join(' ')}
        </Notice>
      ) : null}
      {visit.principal.kind === 'person' && !runsRounds(visit.principal) ? (
        <p class="small soft">{t('run.readOnly')}</p>
      ) : null}
    </>
  );
}

const STALE_NAMED = 5;

function Answer({ screen, visit, t }: RunViewProps) {
  const { round, run, pool, plan, previous } = screen;
  const write = formatter(visit.locale, visit.territory.zone);
  const address = runAddress(pathIn(visit), round.id, run.id);
  const [unit] = plan.summary.units;
  const least = plan.summary.leastCovered;
  const leastName = pool.organisations.find(({ id }) => id === least?.organisationId)?.name ?? '';
  return (
    <Figures>
      <Figure
        value={
          <Tag tone={plan.outcome === 'optimal' || isBest(plan) ? 'good' : 'warn'}>
            {t(isBest(plan) ? 'outcome.limited' : `outcome.${plan.outcome}`)}
          </Tag>
        }
        label={
          <span class="small">
            {plan.verdict.accepted ? t('verdict.accepted') : t('verdict.refused.short')}{' '}
            <a href={`${address}/certificat.json`} download data-no-prefetch>
              {t('certificate')}
            </a>
            {plan.outcome === 'bounded' ? ` ${boundedSentence(t, visit.locale, plan)}` : null}
          </span>
        }
      />
      {least ? (
        <Figure value={write.percent(least.perMille / 1000)} label={t('figure.least', { name: leastName })} />
      ) : null}
      {unit ? (
        <Figure
          value={write.number(unit.given)}
          label={t('figure.units', { amount: amount(t, unit.unit, unit.offered) })}
          href={`${address}?vue=apports`}
        />
      ) : null}
      {previous ? (
        <Figure
          value={write.number(previous.changes.length)}
          label={t('figure.changes', { n: previous.changes.length, number: previous.number })}
          href={`${address}?vue=historique#changements`}
        />
      ) : (
        <Figure
          value={write.number(plan.agreements.length)}
          label={t('figure.agreements', { n: plan.agreements.length })}
          href={address}
        />
      )}
    </Figures>
  );
}

/** By the solver’s word, within the limits of the round. */
function isBest({ limited }: RunViewProps['screen']['plan']): boolean {
  return limited !== undefined && limited.fairness && limited.total;
}

function Views(props: RunViewProps) {
  const { screen, visit, t } = props;
  const counts = {
    accords: screen.plan.agreements.length,
    'non-servis': unmetNeeds(screen.plan).length,
    apports: undefined,
    matrice: undefined,
    historique: undefined,
  };
  const tabs = VIEWS.map((view) => ({
    label: t(`view.${view}`),
    href: addressWith(visit, { vue: view === 'accords' ? '' : view, paire: '', q: '', debut: '', nature: '' }),
    current: view === screen.view,
    ...(counts[view] === undefined ? {} : { count: counts[view] }),
  }));
  return (
    <>
      <Tabs label={t('views')} tabs={tabs} />
      {screen.view === 'accords' ? <RunAgreements {...props} /> : null}
      {screen.view === 'non-servis' ? <RunUnserved {...props} /> : null}
      {screen.view === 'apports' ? <RunGivers {...props} /> : null}
      {screen.view === 'matrice' ? <RunMatrix {...props} /> : null}
      {screen.view === 'historique' ? <RunHistory {...props} /> : null}
    </>
  );
}
