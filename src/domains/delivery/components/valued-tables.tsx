/** What was given in kind, with its four readings: the sums, the rows, and the foot of the association's accounts. */
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { TableFiles } from '../../../ui/components/table-files.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { readingsOf, type Readings } from '../../alliance/valuation.ts';
import { addressWith, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { ValuedBooking, ValuedSums } from '../valued-queries.server.ts';
import { deliveryWords } from './words.tsx';

/** Four readings of the same facts: they are never added to each other. */
export function ReadingFigures({ sums, visit }: { sums: ValuedSums; visit: TerritoryVisit }) {
  const { t, write } = deliveryWords(visit);
  const money = (cents: bigint) => write.money(cents, { round: true });
  return (
    <Figures>
      <Figure label={t('worth.accounts')} value={money(sums.accountsCents)} href="#comptes-86-87" />
      <Figure label={t('worth.sponsorship')} value={money(sums.sponsorshipCents)} />
      <Figure label={t('worth.erdf')} value={money(sums.erdfCents)} />
      <Figure label={t('worth.aid')} value={money(sums.aidCents)} />
    </Figures>
  );
}

export function ValuedFilters({ visit, year }: { visit: TerritoryVisit; year: number }) {
  const { t } = deliveryWords(visit);
  const file = (format: string) => addressWith(visit, { format, apres: '' });
  return (
    <FilterBar
      action={pathIn(visit, 'comptes', 'en-nature')}
      label={t('worth.filter')}
      kept={{ annee: String(year) }}
      selects={[
        {
          name: 'valeur',
          label: t('worth.state'),
          any: t('worth.state.any'),
          value: visit.url.searchParams.get('valeur') ?? undefined,
          options: [
            { value: 'notee', label: t('worth.state.valued') },
            { value: 'a-noter', label: t('worth.state.unvalued') },
          ],
        },
      ]}
      exports={
        <TableFiles csv={file('csv')} xlsx={file('xlsx')} words={{ csv: t('worth.csv'), xlsx: t('worth.xlsx') }} />
      }
    />
  );
}

export function ValuedTable({ bookings, visit }: { bookings: readonly ValuedBooking[]; visit: TerritoryVisit }) {
  const { t, write, amount, kind } = deliveryWords(visit);
  const reading = (key: string, title: string, read: (readings: Readings) => bigint): Column<ValuedBooking> => ({
    key,
    title,
    numeric: true,
    cell: ({ valuation }) => (valuation === null ? '' : write.money(read(readingsOf(valuation)), { round: true })),
  });
  return (
    <DataTable<ValuedBooking>
      caption={t('worth.caption')}
      hideCaption
      dense
      rows={bookings}
      rowKey={({ entryId }) => entryId}
      empty={<EmptyState title={t('worth.empty')}>{t('worth.emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'sides',
          title: t('worth.sides'),
          heading: true,
          cell: ({ entryId, giverName, receiverName }) => (
            <a href={pathIn(visit, 'comptes', 'en-nature', entryId)}>
              {t('worth.between', { giver: giverName, receiver: receiverName })}
            </a>
          ),
        },
        { key: 'day', title: t('worth.day'), cell: ({ occurredOn }) => write.shortDate(occurredOn) },
        { key: 'kind', title: t('account.kind'), cell: (row) => kind(row) },
        {
          key: 'amount',
          title: t('account.amount'),
          numeric: true,
          cell: (row) => amount(row.unit, row.amount),
        },
        {
          key: 'accounts',
          title: t('worth.accounts'),
          numeric: true,
          cell: ({ valuation }) =>
            valuation === null ? (
              <Tag tone="warn">{t('worth.state.unvalued')}</Tag>
            ) : (
              write.money(valuation.valueCents, { round: true })
            ),
        },
        reading('sponsorship', t('worth.sponsorship'), ({ sponsorshipCents }) => sponsorshipCents),
        reading('erdf', t('worth.erdf'), ({ erdfCents }) => erdfCents),
        reading('aid', t('worth.aid'), ({ aidCents }) => aidCents),
      ]}
    />
  );
}

/** IK-07: both classes at the foot of the income statement, equal, without effect on the result. */
export function InKindAccounts({ sums, visit }: { sums: ValuedSums; visit: TerritoryVisit }) {
  const { t, write } = deliveryWords(visit);
  if (sums.valued === 0) return null;
  const money = (cents: bigint) => write.money(cents, { round: true });
  const rows = [
    { key: '86', name: t('worth.class86'), cents: sums.accountsCents },
    { key: '87', name: t('worth.class87'), cents: sums.accountsCents },
    { key: 'result', name: t('worth.result'), cents: 0n },
  ];
  return (
    <Section id="comptes-86-87" title={t('worth.foot')} lead={t('worth.footLead', { n: sums.unvalued })}>
      <DataTable<(typeof rows)[number]>
        caption={t('worth.foot')}
        hideCaption
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { key: 'name', title: t('worth.class'), heading: true, cell: ({ name }) => name },
          { key: 'cents', title: t('account.amount'), numeric: true, cell: ({ cents }) => money(cents) },
        ]}
      />
    </Section>
  );
}
