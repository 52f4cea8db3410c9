/** Where did the money go? For everyone. */
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { More } from '../../../ui/components/more.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { MoneyPicture, MoneyTables } from '../components/money-tables.tsx';
import { moneyCsv, moneyJson } from '../components/money-words.ts';
import { allianceWords } from '../components/words.tsx';
import { moneyOf, moneyYears, type MoneyYear } from '../money-queries.server.ts';
import { readMoneyYear } from '../schema.ts';

interface Data {
  readonly years: readonly number[];
  /** None for all of them. */
  readonly chosen: number | undefined;
  readonly year: MoneyYear;
}

export const moneyPage = territoryPage<Data>({
  path: '/:territory/argent',

  async load(visit, tx) {
    const query = visit.url.searchParams;
    const chosen = readMoneyYear(query);
    const period =
      chosen === undefined
        ? {}
        : { from: new Temporal.PlainDate(chosen, 1, 1), until: new Temporal.PlainDate(chosen, 12, 31) };
    const year = await moneyOf(tx, period);
    const name = chosen === undefined ? 'tout' : String(chosen);
    if (query.get('format') === 'csv') return moneyCsv(visit, year, name);
    if (query.get('format') === 'json') return moneyJson(visit, year, name);
    return { years: await moneyYears(tx), chosen, year };
  },

  view({ years, chosen, year }, visit) {
    const { t, money } = allianceWords(visit);
    const path = pathIn(visit, 'argent');
    return {
      title: t('money.title'),
      description: t('money.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead title={headingOf(visit, chosen, year)} lead={t('money.lead')} />
          <Tabs
            label={t('money.years')}
            tabs={[
              { label: t('money.all'), href: path, current: chosen === undefined },
              ...years.map((each) => ({
                label: String(each),
                href: `${path}?annee=${each}`,
                current: each === chosen,
              })),
            ]}
          />
          <Figures>
            <Figure label={t('money.figure.income')} value={money(year.incomeCents)} />
            <Figure label={t('money.figure.spent')} value={money(year.spentCents)} />
            <Figure label={t('money.figure.left')} value={money(year.incomeCents - year.spentCents)} />
            {year.awaitedCents <= 0n ? null : (
              <Figure label={t('money.figure.awaited')} value={money(year.awaitedCents)} />
            )}
          </Figures>
          <MoneyPicture visit={visit} year={year} />
          <MoneyTables visit={visit} year={year} />
          <More summary={t('money.how')}>
            <p class="measure">{t('money.howBody')}</p>
          </More>
          <p class="row small">
            <a href={addressWith(visit, { format: 'csv' })} download data-no-prefetch>
              {t('money.csv')}
            </a>
            <a href={addressWith(visit, { format: 'json' })} download data-no-prefetch>
              {t('money.json')}
            </a>
          </p>
        </>
      ),
    };
  },
});

function headingOf(visit: TerritoryVisit, chosen: number | undefined, year: MoneyYear): string {
  const { t, money } = allianceWords(visit);
  // What was called and is not paid was not received.
  const facts = { income: money(year.incomeCents - year.awaitedCents), spent: money(year.spentCents) };
  if (chosen === undefined) return t('money.headingAll', facts);
  const isEmpty = year.incomeCents === 0n && year.spentCents === 0n;
  return isEmpty
    ? t('money.headingNone', { year: String(chosen) })
    : t('money.heading', { ...facts, year: String(chosen) });
}
