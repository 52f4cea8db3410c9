/** Around the explorer: its heading, its data for the script, and what changed since another try. */
import { EMPTY_FORM, type FormState } from '../../../lib/form-state.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { addressWith, formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { explorerAddress, plansAddress, roundAddress, runAddress } from '../address.ts';
import { embeddedJson, MOST_PAIRS_IN_PAGE, type ExplorerData, type ExplorerProblem } from '../explorer-problem.ts';
import { hasLimits } from '../limits.ts';
import type { ExplorerScreen } from '../explorer-screen.server.ts';
import { explorerText, find, readSight, type ExplorerPage as PageProps } from '../islands/explorer-props.ts';
import { ExplorerView } from '../islands/explorer-view.tsx';
import type { MatchingText } from '../messages.ts';
import { runsRounds } from '../policy.ts';
import { takesTries } from '../round.ts';
import { readWhatIf } from '../what-if.ts';
import { PlanFigures } from './plan-figures.tsx';
import { PlanChanges } from './run-history.tsx';

export interface ExplorerPageProps {
  readonly screen: ExplorerScreen;
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
  readonly form: FormState;
}

export function ExplorerPage(props: ExplorerPageProps) {
  const { screen, visit, t } = props;
  const { round, run, explorer } = screen;
  const base = pathIn(visit);
  return (
    <>
      <PageHead
        breadcrumb={[
          { label: t('plans.short'), href: plansAddress(base) },
          { label: round.title, href: roundAddress(base, round.id) },
          { label: t('run.name', { number: run.number }), href: runAddress(base, round.id, run.id) },
          { label: t('explorer.name') },
        ]}
        title={t('explorer.title')}
        lead={t('explorer.lead')}
      />
      {hasLimits(screen.pool) ? <Notice tone="info">{t('explorer.limits')}</Notice> : null}
      {explorer === undefined ? <TooLarge {...props} /> : <Explorer {...props} {...explorer} />}
      <Compare {...props} />
    </>
  );
}

/** Whether the plan is small enough for the script to be sent along. */
export function isInPage({ pairs }: Pick<ExplorerScreen, 'pairs'>): boolean {
  return pairs <= MOST_PAIRS_IN_PAGE;
}

function Explorer({
  screen,
  visit,
  form,
  data,
  problem,
}: ExplorerPageProps & { readonly data: ExplorerData; readonly problem: ExplorerProblem }) {
  const { round, run } = screen;
  const query = visit.url.searchParams;
  const page: PageProps = {
    locale: visit.locale,
    address: explorerAddress(pathIn(visit), round.id, run.id),
    number: run.number,
    mayDecide: runsRounds(visit.principal) && takesTries(round.state),
    key: formKey(visit),
    form: form.summary === undefined ? EMPTY_FORM : form,
  };
  const found = find(problem, readWhatIf(query, problem));
  const sight = readSight(query, problem);
  const view = <ExplorerView {...found} page={page} problem={problem} sight={sight} t={explorerText(visit.locale)} />;
  if (!isInPage(screen)) return view;
  return (
    <>
      <div data-island="explorer" data-props={JSON.stringify(page)}>
        {view}
        <output class="hidden" />
      </div>
      {/* Data, not a script: browsers do not run it, and nothing in it can end the element. */}
      <script
        type="application/json"
        id="explorer-data"
        // oxlint-disable-next-line react/no-danger -- written by `embeddedJson`, which lets no tag through
        dangerouslySetInnerHTML={{ __html: embeddedJson(data) }}
      />
    </>
  );
}

function TooLarge({ screen, visit, t }: ExplorerPageProps) {
  const { round, run, pairs } = screen;
  return (
    <Notice tone="info" title={t('explorer.tooLarge.title')}>
      <p>{t('explorer.tooLarge', { n: formatNumber(visit.locale, pairs) })}</p>
      <ButtonLink tone="quiet" href={runAddress(pathIn(visit), round.id, run.id)}>
        {t('explorer.back')}
      </ButtonLink>
    </Notice>
  );
}

function Compare({ screen, visit, t }: ExplorerPageProps) {
  const { others, compared, pool, run, summary } = screen;
  const tabs = others.map((number) => ({
    label: t('explorer.compare.run', { number }),
    href: `${addressWith(visit, { avec: String(number) })}#comparer`,
    current: number === compared?.number,
  }));
  return (
    <Section
      id="comparer"
      title={t('explorer.compare.title')}
      lead={t(others.length === 0 ? 'explorer.compare.none' : 'explorer.compare.lead')}
    >
      {others.length > 0 ? <Tabs label={t('explorer.compare.tabs')} tabs={tabs} /> : null}
      {compared === null ? null : (
        <>
          <PlanFigures older={compared} newer={{ number: run.number, summary, pool }} visit={visit} t={t} />
          <h3>{t('changes.title', { n: compared.changes.length, number: compared.number })}</h3>
          <PlanChanges changes={compared.changes} pools={[pool, compared.pool]} base={pathIn(visit)} t={t} />
        </>
      )}
    </Section>
  );
}
