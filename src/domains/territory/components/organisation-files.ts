/** The list as a file: exactly its organisations, in its order, with the columns of the screen, written while it is sent. */
import type { Locale } from '../../../i18n/translator.ts';
import type { CsvColumn } from '../../../platform/files/csv-writer.ts';
import type { PageAnswer } from '../../../platform/web/page.ts';
import { downloadTable, downloadText, TABLE_FORMATS } from '../../../platform/web/table-download.ts';
import { lifeOf, type Listing } from '../listing.ts';
import { everyOrganisation } from '../listing.server.ts';
import { directoryText, findingText } from '../messages.ts';
import { summaryIn, themeLabel, type ListedOrganisation, type Theme } from '../organisation.ts';
import { pathIn, type TerritoryVisit } from '../visit.ts';

export const FORMATS = [...TABLE_FORMATS, 'json'] as const;
export type FileFormat = (typeof FORMATS)[number];

type Rows = AsyncIterable<readonly ListedOrganisation[]>;

export function organisationsFile(
  format: FileFormat,
  listing: Pick<Listing, 'filter' | 'sort'>,
  themes: readonly Theme[],
  visit: TerritoryVisit,
): PageAnswer {
  const { id } = visit.territory;
  const rows = everyOrganisation((work) => visit.services.readLater(id, work), listing, visit.today);
  if (format === 'json')
    return downloadText(jsonText(rows, visit), 'organisations.json', 'application/json; charset=utf-8');
  const columns = columnsOf(themes, visit);
  return downloadTable(format, {
    fileName: 'organisations',
    sheetName: 'Organisations',
    columns,
    rows,
    at: visit.now,
  });
}

function columnsOf(themes: readonly Theme[], visit: TerritoryVisit): CsvColumn<ListedOrganisation>[] {
  const locale: Locale = visit.locale;
  const t = directoryText(locale);
  const finding = findingText(locale);
  const labels = new Map(themes.map((theme) => [theme.code, themeLabel(locale, theme)]));
  return [
    { label: t('column.name'), cell: ({ name }) => name },
    { label: finding('column.state'), cell: (organisation) => finding(`life.${lifeOf(organisation, visit.today)}`) },
    { label: t('column.parts'), cell: ({ parts }) => parts.map((part) => t(`part.${part}`)) },
    { label: t('column.summary'), cell: (organisation) => summaryIn(locale, organisation) },
    { label: t('column.themes'), cell: ({ themes: codes }) => codes.map((code) => labels.get(code) ?? code) },
    { label: t('column.place'), cell: ({ commune }) => commune },
    { label: finding('column.founded'), cell: ({ foundedOn }) => foundedOn },
    { label: finding('column.employees'), cell: ({ employees }) => employees },
    { label: finding('column.address'), cell: ({ slug }) => addressOf(slug, visit) },
  ];
}

async function* jsonText(rows: Rows, visit: TerritoryVisit): AsyncGenerator<string> {
  yield '{"organisations":[';
  let isFirst = true;
  for await (const some of rows) {
    if (some.length === 0) continue;
    yield `${isFirst ? '' : ','}${some.map((organisation) => JSON.stringify(plainOf(organisation, visit))).join(',')}`;
    isFirst = false;
  }
  yield ']}\n';
}

function plainOf(organisation: ListedOrganisation, visit: TerritoryVisit) {
  const { name, slug, parts, summaryFr, summaryEn, themes, commune, foundedOn, employees } = organisation;
  return {
    name,
    state: lifeOf(organisation, visit.today),
    parts,
    summaryFr,
    summaryEn,
    themes,
    commune,
    foundedOn: foundedOn?.toString() ?? null,
    employees,
    address: addressOf(slug, visit),
  };
}

function addressOf(slug: string, visit: TerritoryVisit): string {
  return visit.services.publicOrigin + pathIn(visit, 'organisations', slug);
}
