/** The list as a file: exactly its organisations, in its order, with the columns of the screen, written while it is sent. */
import { Readable } from 'node:stream';
import type { Locale } from '../../../i18n/translator.ts';
import { CSV_TYPE, csvHead, csvRows, type CsvColumn } from '../../../platform/files/csv-writer.ts';
import { WORKBOOK_TYPE, writeWorkbook } from '../../../platform/files/workbook-writer.ts';
import { respondWith, type PageAnswer } from '../../../platform/web/page.ts';
import { lifeOf, type Listing } from '../listing.ts';
import { everyOrganisation } from '../listing.server.ts';
import { directoryText, findingText } from '../messages.ts';
import { summaryIn, themeLabel, type ListedOrganisation, type Theme } from '../organisation.ts';
import { pathIn, type TerritoryVisit } from '../visit.ts';

export const FORMATS = ['csv', 'xlsx', 'json'] as const;
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
  const columns = columnsOf(themes, visit);
  switch (format) {
    case 'csv':
      return file(textOf(csvText(columns, rows)), 'organisations.csv', CSV_TYPE);
    case 'json':
      return file(textOf(jsonText(rows, visit)), 'organisations.json', 'application/json; charset=utf-8');
    case 'xlsx':
      return file(writeWorkbook('Organisations', columns, rows, visit.now), 'organisations.xlsx', WORKBOOK_TYPE);
  }
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

async function* csvText(columns: readonly CsvColumn<ListedOrganisation>[], rows: Rows): AsyncGenerator<string> {
  yield csvHead(columns);
  for await (const some of rows) yield csvRows(columns, some);
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

function textOf(text: AsyncGenerator<string>): Readable {
  return Readable.from(text, { objectMode: false });
}

function file(body: Readable, name: string, type: string): PageAnswer {
  const headers = {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'x-robots-tag': 'noindex',
  };
  return respondWith(new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { headers }));
}
