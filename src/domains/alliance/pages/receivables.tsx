/** What is to be received, and what is late? For the team and the funders. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download, SIGN_IN } from '../../../platform/web/page.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { MoneyTabs } from '../components/money-tabs.tsx';
import { receivablesCsv } from '../components/receivable-file.ts';
import { allianceWords, StandingTag } from '../components/words.tsx';
import { awaitedCents } from '../instalment.ts';
import {
  listReceivables,
  receivableTotals,
  type InstalmentLine,
  type ReceivableTotals,
  type ReceivableView,
} from '../instalment-queries.server.ts';
import { maySeeMoney } from '../policy.ts';

const VIEWS = {
  attente: 'open',
  'a-appeler': 'to-call',
  appele: 'due',
  retard: 'overdue',
  prevu: 'planned',
  verse: 'paid',
} as const;

interface Data {
  readonly view: ReceivableView;
  readonly totals: ReceivableTotals;
  readonly lines: readonly InstalmentLine[];
}

export const receivablesPage = territoryPage<Data>({
  path: '/:territory/creances',

  async load(visit, tx) {
    if (!maySeeMoney(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const word = query.get('vue') ?? '';
    const view = Object.entries(VIEWS).find(([key]) => key === word)?.[1] ?? 'open';
    const lines = await listReceivables(tx, view, visit.today);
    if (query.get('format') === 'csv') return download(receivablesCsv(visit, lines), 'creances.csv', CSV_TYPE);
    return { view, lines, totals: await receivableTotals(tx, visit.today) };
  },

  view({ view, totals, lines }, visit) {
    const { t, money } = allianceWords(visit);
    const awaited = totals.dueCents + totals.overdueCents;
    const to = (vue: string) => addressWith(visit, { vue });
    return {
      title: t('receivables.title'),
      body: (
        <>
          <PageHead
            title={awaited === 0n ? t('receivables.headingNone') : t('receivables.heading', { amount: money(awaited) })}
            lead={t('receivables.lead')}
          />
          <MoneyTabs visit={visit} current="creances" />
          <Figures>
            <Figure label={t('receivables.overdue')} value={money(totals.overdueCents)} href={to('retard')} />
            <Figure label={t('receivables.due')} value={money(totals.dueCents)} href={to('appele')} />
            <Figure label={t('receivables.toCall')} value={money(totals.toCallCents)} href={to('a-appeler')} />
          </Figures>
          <Filters visit={visit} view={view} />
          <ReceivableTable visit={visit} lines={lines} />
        </>
      ),
    };
  },
});

function Filters({ visit, view }: { visit: TerritoryVisit; view: ReceivableView }) {
  const { t } = allianceWords(visit);
  const options = Object.entries(VIEWS).filter(([, each]) => each !== 'open');
  const label = (each: ReceivableView) => (each === 'open' ? t('receivables.open') : t(`standing.${each}`));
  return (
    <FilterBar
      action={pathIn(visit, 'creances')}
      label={t('receivables.filter')}
      selects={[
        {
          name: 'vue',
          label: t('receivables.view'),
          any: t('receivables.open'),
          value: options.find(([, each]) => each === view)?.[0],
          options: options.map(([value, each]) => ({ value, label: label(each) })),
        },
      ]}
      active={view === 'open' ? [] : [{ label: label(view), href: pathIn(visit, 'creances') }]}
      exports={
        <a href={addressWith(visit, { format: 'csv' })} download data-no-prefetch>
          {t('receivables.export')}
        </a>
      }
    />
  );
}

function ReceivableTable({ visit, lines }: { visit: TerritoryVisit; lines: readonly InstalmentLine[] }) {
  const words = allianceWords(visit);
  const { t, write, money } = words;
  return (
    <DataTable<InstalmentLine>
      caption={t('receivables.caption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('receivables.empty')}>{t('receivables.emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'organisation',
          title: t('column.organisation'),
          heading: true,
          cell: ({ id, organisationName }) => <a href={words.instalmentHref(id)}>{organisationName}</a>,
        },
        { key: 'due', title: t('column.dueOn'), cell: ({ dueOn }) => write.date(dueOn) },
        { key: 'amount', title: t('column.amount'), numeric: true, cell: ({ amountCents }) => money(amountCents) },
        {
          key: 'left',
          title: t('column.left'),
          numeric: true,
          cell: (line) => (line.state === 'planned' ? '–' : money(awaitedCents(line))),
        },
        {
          key: 'standing',
          title: t('column.standing'),
          cell: (line) => <StandingTag instalment={line} visit={visit} />,
        },
      ]}
    />
  );
}
