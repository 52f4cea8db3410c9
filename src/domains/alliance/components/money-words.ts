/** The names of sources and uses, and the year as open data. */
import { CSV_TYPE, writeCsv } from '../../../platform/files/csv-writer.ts';
import { download, type PageAnswer } from '../../../platform/web/page.ts';
import { amountCell } from '../../ledger/amount.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { DRAWN, LEFT_OVER, moneyFlow, type MoneyFlow } from '../money-flow.ts';
import type { MoneySource, MoneyUse, MoneyYear } from '../money-queries.server.ts';
import { allianceWords } from './words.tsx';

export function moneyWords(visit: TerritoryVisit) {
  const words = allianceWords(visit);
  const { t } = words;
  return {
    ...words,
    source: ({ kind, organisation, count }: MoneySource) => organisation?.name ?? t('money.others', { kind, n: count }),
    sourceHref: ({ organisation }: MoneySource) =>
      organisation === null ? undefined : pathIn(visit, 'organisations', organisation.slug),
    use: ({ nature }: MoneyUse) => t(`nature.${nature}`),
  };
}

export function sourceId({ kind, organisation }: MoneySource): string {
  return organisation === null ? kind : `${kind} ${organisation.slug}`;
}

/** Sums that the books took back to below nothing are no ribbon. */
export function flowOf(year: MoneyYear): MoneyFlow {
  const above = <Item extends { readonly cents: bigint }>(items: readonly Item[]) =>
    items.filter(({ cents }) => cents > 0n);
  return moneyFlow(
    above(year.sources).map((source) => ({ id: sourceId(source), cents: source.cents })),
    above(year.uses).map(({ nature, cents }) => ({ id: nature, cents })),
  );
}

/** A node of the flow that the books do not name. */
export function isMadeUp(id: string): id is typeof DRAWN | typeof LEFT_OVER {
  return id === DRAWN || id === LEFT_OVER;
}

export function moneyCsv(visit: TerritoryVisit, year: MoneyYear, name: string): PageAnswer {
  const { t, source, use } = moneyWords(visit);
  const rows = [
    ...year.sources.map((each) => ({ side: t('money.sources'), name: source(each), cents: each.cents })),
    ...year.uses.map((each) => ({ side: t('money.uses'), name: use(each), cents: each.cents })),
  ];
  const csv = writeCsv<(typeof rows)[number]>(
    [
      { label: t('column.kind'), cell: ({ side }) => side },
      { label: t('column.text'), cell: ({ name: label }) => label },
      { label: t('column.amount'), cell: ({ cents }) => amountCell('eur-cent', cents) },
    ],
    rows,
  );
  return download(csv, `argent-${name}.csv`, CSV_TYPE);
}

/** Amounts are cents: whole numbers, well below what JSON carries exactly. */
export function moneyJson(visit: TerritoryVisit, year: MoneyYear, name: string): PageAnswer {
  const data = {
    territory: visit.territory.name,
    period: name,
    currency: 'EUR',
    sources: year.sources.map(({ kind, organisation, count, cents }) => ({
      kind,
      organisation: organisation?.name ?? null,
      organisations: count,
      cents: Number(cents),
    })),
    uses: year.uses.map(({ nature, cents }) => ({ nature, cents: Number(cents) })),
    incomeCents: Number(year.incomeCents),
    spentCents: Number(year.spentCents),
    awaitedCents: Number(year.awaitedCents),
  };
  return download(`${JSON.stringify(data, null, 2)}\n`, `argent-${name}.json`, 'application/json; charset=utf-8');
}
