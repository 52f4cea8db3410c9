/** What did the bank see come, and what of it is in the books? For the team. */
import { CSV_TYPE, writeCsv } from '../../../../platform/files/csv-writer.ts';
import { download, SIGN_IN } from '../../../../platform/web/page.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { Figure, Figures } from '../../../../ui/components/figure.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../../ui/components/page-head.tsx';
import { amountCell } from '../../../ledger/amount.ts';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../../../territory/visit.ts';
import { MoneyTabs } from '../../components/money-tabs.tsx';
import { mayKeepMoney } from '../../policy.ts';
import { bankActs } from '../bank-acts.server.ts';
import {
  countMovements,
  listIbans,
  listMovements,
  type MovementCounts,
  type MovementLine,
  type OwnIban,
} from '../bank-queries.server.ts';
import { StatementForms } from '../components/statement-forms.tsx';
import { bankWords, MovementTag } from '../components/bank-words.tsx';
import { leftOf, MAX_STATEMENT_BYTES, standingOfMovement, type MovementStanding } from '../movement.ts';

const VIEWS = { 'a-rapprocher': 'open', rapproche: 'booked', 'mis-de-cote': 'set-aside', sorti: 'outgoing' } as const;

interface Data {
  readonly standing: MovementStanding;
  readonly counts: MovementCounts;
  readonly lines: readonly MovementLine[];
  readonly ibans: readonly OwnIban[];
}

export const bankPage = territoryPage<Data>({
  path: '/:territory/banque',
  maxBodyBytes: MAX_STATEMENT_BYTES + 1024 * 1024,

  async load(visit, tx) {
    if (!mayKeepMoney(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const standing = Object.entries(VIEWS).find(([word]) => word === query.get('vue'))?.[1] ?? 'open';
    const lines = await listMovements(tx, standing);
    if (query.get('format') === 'csv') return download(movementsCsv(visit, lines), 'banque.csv', CSV_TYPE);
    return { standing, lines, counts: await countMovements(tx), ibans: await listIbans(tx) };
  },

  actions: bankActs,

  view({ standing, counts, lines, ibans }, visit, form) {
    const { t, money } = bankWords(visit);
    const to = (vue: keyof typeof VIEWS) => addressWith(visit, { vue });
    return {
      title: t('title'),
      body: (
        <>
          <PageHead title={t('heading', { n: counts.open.count })} lead={t('lead')} />
          <MoneyTabs visit={visit} current="banque" />
          <Figures>
            <Figure label={t('figure.open')} value={money(counts.open.cents)} href={to('a-rapprocher')} />
            <Figure label={t('figure.booked')} value={money(counts.booked.cents)} href={to('rapproche')} />
            <Figure label={t('figure.setAside')} value={money(counts['set-aside'].cents)} href={to('mis-de-cote')} />
          </Figures>
          <Filters visit={visit} standing={standing} />
          <MovementTable visit={visit} lines={lines} />
          <StatementForms visit={visit} form={form} ibans={ibans} />
        </>
      ),
    };
  },
});

function Filters({ visit, standing }: { visit: TerritoryVisit; standing: MovementStanding }) {
  const { t } = bankWords(visit);
  const options = Object.entries(VIEWS).filter(([, each]) => each !== 'open');
  return (
    <FilterBar
      action={pathIn(visit, 'banque')}
      label={t('filter')}
      selects={[
        {
          name: 'vue',
          label: t('view'),
          any: t('standing.open'),
          value: options.find(([, each]) => each === standing)?.[0],
          options: options.map(([value, each]) => ({ value, label: t(`standing.${each}`) })),
        },
      ]}
      active={standing === 'open' ? [] : [{ label: t(`standing.${standing}`), href: pathIn(visit, 'banque') }]}
      exports={
        <a href={addressWith(visit, { format: 'csv' })} download data-no-prefetch>
          {t('export')}
        </a>
      }
    />
  );
}

function MovementTable({ visit, lines }: { visit: TerritoryVisit; lines: readonly MovementLine[] }) {
  const words = bankWords(visit);
  const { t, write, money } = words;
  return (
    <DataTable<MovementLine>
      caption={t('caption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('empty')}>{t('emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'counterparty',
          title: t('column.counterparty'),
          heading: true,
          cell: (line) => <a href={words.movementHref(line.id)}>{words.nameOf(line)}</a>,
        },
        { key: 'day', title: t('column.day'), cell: ({ bookedOn }) => write.shortDate(bookedOn) },
        { key: 'remittance', title: t('column.remittance'), kind: 'why', cell: ({ remittance }) => remittance },
        { key: 'amount', title: t('column.amount'), numeric: true, cell: ({ amountCents }) => money(amountCents) },
        { key: 'standing', title: t('column.standing'), cell: (line) => <MovementTag movement={line} words={words} /> },
      ]}
    />
  );
}

function movementsCsv(visit: TerritoryVisit, lines: readonly MovementLine[]): string {
  const { t } = bankWords(visit);
  return writeCsv<MovementLine>(
    [
      { label: t('column.day'), cell: ({ bookedOn }) => bookedOn },
      { label: t('column.counterparty'), cell: ({ counterparty }) => counterparty },
      { label: t('column.iban'), cell: ({ counterpartyIban }) => counterpartyIban },
      { label: t('column.remittance'), cell: ({ remittance }) => remittance },
      { label: t('column.amount'), cell: ({ amountCents }) => amountCell('eur-cent', amountCents) },
      { label: t('column.left'), cell: (line) => amountCell('eur-cent', leftOf(line)) },
      { label: t('column.standing'), cell: (line) => t(`standing.${standingOfMovement(line)}`) },
    ],
    lines,
  );
}
