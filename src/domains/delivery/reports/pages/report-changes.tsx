/** What would this report say today? The frozen facts beside those of now, for the team and the funders. */
import { NOT_FOUND, SIGN_IN } from '../../../../platform/web/page.ts';
import { ButtonLink } from '../../../../ui/components/button.tsx';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { PageHead } from '../../../../ui/components/page-head.tsx';
import { Section } from '../../../../ui/components/section.tsx';
import { documentNumber } from '../../../alliance/documents/document.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../../territory/visit.ts';
import { reportChanges, totalsOf, type ReportChange, type ReportFacts } from '../report.ts';
import { reportThenAndNow, type ReportThenAndNow } from '../report-screen.server.ts';
import { reportTerms } from '../report-words.ts';

export const reportChangesPage = territoryPage<ReportThenAndNow>({
  path: '/:territory/bilans/:document',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return (await reportThenAndNow(visit, tx)) ?? NOT_FOUND;
  },

  view({ document, frozen, today }, visit) {
    const { t } = terms(visit);
    const changes = reportChanges(frozen, today);
    const number = documentNumber(document);
    const [from, until] = [frozen.from.slice(0, 4), frozen.until.slice(0, 4)];
    const query = new URLSearchParams({
      financeur: frozen.funderId,
      ...(frozen.programme === null ? {} : { programme: frozen.programme.code }),
      periode: from === until ? from : `${from}-${until}`,
    });
    return {
      title: t('changes.title'),
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('title'), href: pathIn(visit, 'bilans') },
              { label: number, href: pathIn(visit, 'documents', document.id) },
              { label: t('changes.title') },
            ]}
            title={t('changes.heading', { n: changes.length })}
            lead={t('changes.lead')}
            actions={
              <ButtonLink tone="quiet" href={`${pathIn(visit, 'bilans')}?${query.toString()}`}>
                {t('changes.reissue')}
              </ButtonLink>
            }
          />
          <Sums visit={visit} frozen={frozen} today={today} />
          {changes.length === 0 ? null : <Changes visit={visit} changes={changes} />}
        </>
      ),
    };
  },
});

function terms(visit: TerritoryVisit) {
  return reportTerms({ locale: visit.locale, zone: visit.territory.zone });
}

function Sums({ visit, frozen, today }: { visit: TerritoryVisit; frozen: ReportFacts; today: ReportFacts }) {
  const { t, cents, amount } = terms(visit);
  const [then, now] = [totalsOf(frozen), totalsOf(today)];
  const units = [...new Set([...then.byUnit.keys(), ...now.byUnit.keys()])];
  const rows = [
    {
      key: 'received',
      label: t('figure.received'),
      before: then.receivedCents,
      after: now.receivedCents,
      write: cents,
    },
    { key: 'spent', label: t('figure.spent'), before: then.spentCents, after: now.spentCents, write: cents },
    ...units.map((unit) => ({
      key: unit,
      label: t(`indicators.${unit}`),
      before: then.byUnit.get(unit) ?? 0n,
      after: now.byUnit.get(unit) ?? 0n,
      write: (value: bigint) => (value < 0n ? `−${amount(unit, -value)}` : amount(unit, value)),
    })),
  ];
  type Row = (typeof rows)[number];
  return (
    <DataTable<Row>
      caption={t('changes.sums')}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        { key: 'label', title: t('column.part'), heading: true, cell: ({ label }) => label },
        { key: 'then', title: t('column.then'), numeric: true, cell: (row) => row.write(row.before) },
        { key: 'now', title: t('column.now'), numeric: true, cell: (row) => row.write(row.after) },
        { key: 'gap', title: t('column.difference'), numeric: true, cell: (row) => row.write(row.after - row.before) },
      ]}
    />
  );
}

function Changes({ visit, changes }: { visit: TerritoryVisit; changes: readonly ReportChange[] }) {
  const { t, day, money, amount, nature } = terms(visit);
  const textOf = ({ line }: ReportChange) => {
    if ('nature' in line) return `${nature(`nature.${line.nature}`)}, ${line.supplier}, ${money(line.cents)}`;
    if ('giver' in line) return `${line.giver} → ${line.receiver}, ${amount(line.unit, BigInt(line.amount))}`;
    return `${line.reference}, ${money(line.cents)}`;
  };
  return (
    <Section title={t('changes.caption')}>
      <DataTable<ReportChange>
        caption={t('changes.caption')}
        hideCaption
        rows={changes}
        rowKey={({ part, change, line }) => `${part} ${change} ${line.entryId}`}
        columns={[
          { key: 'line', title: t('column.text'), heading: true, cell: textOf },
          { key: 'day', title: t('column.day'), cell: ({ line }) => day(line.day) },
          { key: 'part', title: t('column.part'), cell: ({ part }) => t(`part.${part}`) },
          { key: 'change', title: t('column.change'), cell: ({ change }) => t(`change.${change}`) },
          {
            key: 'entry',
            title: t('column.entry'),
            cell: ({ line }) => (
              <a href={pathIn(visit, 'comptes', 'ecritures', line.entryId)}>{line.entryId.slice(0, 8)}</a>
            ),
          },
        ]}
      />
    </Section>
  );
}
