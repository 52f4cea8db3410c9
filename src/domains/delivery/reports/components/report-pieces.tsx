/** Pieces of the page of reports: what it is about, its sums, and the days that it may not count. */
import { formatter } from '../../../../i18n/format.ts';
import { Figure, Figures } from '../../../../ui/components/figure.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { Notice } from '../../../../ui/components/notice.tsx';
import type { DoubleFunding } from '../../../alliance/in-kind.ts';
import { addressWith, pathIn, type TerritoryVisit } from '../../../territory/visit.ts';
import { totalsOf, type ReportFacts } from '../report.ts';
import { reportText } from '../report-messages.ts';
import type { ReportProgramme, ReportScreen } from '../report-screen.server.ts';
import { reportTerms } from '../report-words.ts';

export function ReportChooser({ visit, shown }: { visit: TerritoryVisit; shown: ReportScreen }) {
  const t = reportText(visit.locale);
  const { funders, funder, periods, period, scope } = shown.choice;
  const label = (each: ReportProgramme) => (visit.locale === 'fr' ? each.labelFr : each.labelEn);
  return (
    <FilterBar
      action={pathIn(visit, 'bilans')}
      label={t('filter')}
      selects={[
        {
          name: 'financeur',
          label: t('choose.funder'),
          value: funder.id,
          options: funders.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: 'programme',
          label: t('choose.programme'),
          any: t('allProgrammes'),
          value: scope.programme,
          options: shown.programmes.map((each) => ({ value: each.code, label: label(each) })),
        },
        {
          name: 'periode',
          label: t('choose.period'),
          value: period,
          options: periods.map((value) => ({ value, label: value })),
        },
      ]}
      exports={
        <a href={addressWith(visit, { format: 'xlsx' })} download data-no-prefetch>
          {t('xlsx')}
        </a>
      }
    />
  );
}

export function DoubleDays({ visit, double }: { visit: TerritoryVisit; double: readonly DoubleFunding[] }) {
  const t = reportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  if (double.length === 0) return null;
  return (
    <Notice tone="warn" title={t('double.title')}>
      <p>{t('double.body', { n: double.length })}</p>
      <ul>
        {double.slice(0, 8).map(({ day, reports }) => (
          <li>{t('double.day', { day: write.date(day), reports: write.list(reports.map(periodOf)) })}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** The years of `*:2026-01-01:2026-12-31`. */
function periodOf(report: string): string {
  const [, from = '', until = ''] = report.split(':').map((part) => part.slice(0, 4));
  return from === until ? from : `${from}–${until}`;
}

export function ReportSums({ visit, facts }: { visit: TerritoryVisit; facts: ReportFacts }) {
  const { t, cents, amount } = reportTerms({ locale: visit.locale, zone: visit.territory.zone });
  const { receivedCents, spentCents, byUnit } = totalsOf(facts);
  return (
    <Figures>
      <Figure label={t('figure.received')} value={cents(receivedCents)} />
      <Figure label={t('figure.spent')} value={cents(spentCents)} />
      <Figure label={t('figure.hours')} value={amount('minute', byUnit.get('minute') ?? 0n)} />
    </Figures>
  );
}
