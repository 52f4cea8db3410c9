/**
 * What one row of a table states: facts of an organisation or a person, and its links with others.
 *
 * Must always hold: a value that cannot be read is told with its column and left out, the rest of the row is kept; a
 * row is refused only when nothing says whom it is about; lists that run side by side are read together.
 */
import { itemsOfCell, textOfCell, yesOfCell } from '../support/cells.ts';
import { foldWords, readPlace } from '../support/places.ts';
import type { ExtraValue, FactField, JsonValue } from '../territory/facts.ts';
import { isSiren, isSiret, sirenOf, withoutSpaces } from '../territory/siren.ts';
import { linksOfOrganisation, linksOfPerson, linksOfTable } from './row-links.ts';
import { labelOf, problem, readDay, shorten, textOf } from './stated.ts';
import type { Cells, OwnField, ProblemCode, Row, Stated, StatingContext } from './stated.ts';
import { columnsOf, type Cell } from './table.ts';
import type { FieldName } from './table-fields.ts';
import { countOf, hostOf, itemsOf, nameKeyOf, numberOf, webAddressOf } from './values.ts';

export function stateRow(cells: Cells, context: StatingContext): Stated {
  const row: Row = { cells, context, problems: [], facts: {} };
  if (context.settings.subject === 'organisations') return stateOrganisation(row);
  if (context.settings.subject === 'people') return statePerson(row);
  return { subject: 'none', key: null, identity: null, facts: {}, problems: row.problems, links: linksOfTable(row) };
}

function stateOrganisation(row: Row): Stated {
  for (const [field, read] of READERS) {
    for (const column of columnsOf(row.context.settings, field)) {
      if (field in row.facts) break;
      const value = read(row, column, row.cells.get(column));
      if (value !== undefined && value !== null && value !== '') row.facts[field] = value;
    }
  }
  readIdentity(row);
  readLists(row);
  readOwnFields(row);
  mendPlace(row);
  mendLife(row);
  const key = textOf(row, 'key');
  const name = typeof row.facts['name'] === 'string' ? row.facts['name'] : undefined;
  const siren = row.facts['siren'];
  const host = hostOf(row.facts['website'] as string | undefined);
  const identity =
    typeof siren === 'string'
      ? `s:${siren}`
      : key !== null
        ? `k:${row.context.table}:${key}`
        : name === undefined
          ? null
          : `n:${nameKeyOf(name)}:${host ?? foldWords(String(row.facts['commune'] ?? ''))}`;
  if (identity === null) problem(row, columnsOf(row.context.settings, 'name')[0] ?? '', 'name-missing', '');
  return {
    subject: 'organisation',
    key,
    identity: identity?.slice(0, 300) ?? null,
    facts: row.facts,
    problems: row.problems,
    links: linksOfOrganisation(row),
  };
}

function statePerson(row: Row): Stated {
  const key = textOf(row, 'key');
  const parts = [textOf(row, 'firstName'), textOf(row, 'lastName')].filter((part) => part !== null);
  const email = textOf(row, 'email')?.toLowerCase() ?? null;
  if (email !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email))
    problem(row, columnsOf(row.context.settings, 'email')[0] ?? '', 'not-an-email', email);
  else if (email !== null) row.facts['email'] = email.slice(0, 254);
  // A file whose names were taken away still tells its people apart by their keys.
  const name = textOf(row, 'name') ?? (parts.length > 0 ? parts.join(' ') : null) ?? key;
  if (name !== null) row.facts['name'] = name.slice(0, 120).toWellFormed();
  const identity =
    key !== null ? `k:${row.context.table}:${key}` : row.facts['email'] !== undefined ? `e:${email}` : null;
  // Two people of one name are two people: a name alone says nobody.
  if (identity === null) problem(row, '', 'name-missing', name ?? '');
  return {
    subject: 'person',
    key,
    identity: identity?.slice(0, 300) ?? null,
    facts: row.facts,
    problems: row.problems,
    links: linksOfPerson(row),
  };
}

type Reader = (row: Row, column: string, cell: Cell | undefined) => JsonValue | undefined;

const line =
  (maximum: number): Reader =>
  (row, column, cell) => {
    const text = textOfCell(typeof cell === 'object' ? cell.join(', ') : cell)
      .replace(/[ \t\r\n]+/gu, ' ')
      .replaceAll('\0', '')
      .toWellFormed();
    if (text.length > maximum) problem(row, column, 'too-long', text);
    return text.length > maximum ? undefined : text;
  };
const paragraphs: Reader = (_row, _column, cell) => shorten(textOfCell(cell).replaceAll('\0', '').toWellFormed(), 2000);
const number =
  (read: (cell: Cell | undefined) => number | null | undefined): Reader =>
  (row, column, cell) => {
    const value = read(cell);
    if (value === undefined) problem(row, column, 'not-a-number', textOfCell(cell));
    return value ?? undefined;
  };
const coded =
  (pattern: RegExp, code: ProblemCode, mend = (text: string) => text): Reader =>
  (row, column, cell) => {
    const text = mend(textOfCell(cell).toUpperCase());
    if (text === '') return undefined;
    if (!pattern.test(text)) problem(row, column, code, text);
    return pattern.test(text) ? text : undefined;
  };

const day: Reader = readDay;

const READERS: readonly (readonly [FactField & FieldName, Reader])[] = [
  ['name', line(160)],
  ['legalName', line(200)],
  [
    'nafCode',
    coded(/^\d{2}\.\d{2}[A-Z]$/u, 'not-a-naf-code', (text) => text.replace(/^(\d{2})\.?(\d{2}[A-Z])$/u, '$1.$2')),
  ],
  ['summaryFr', paragraphs],
  ['summaryEn', paragraphs],
  ['website', (row, column, cell) => readAddress(row, column, textOfCell(cell))],
  ['employees', number(countOf)],
  ['foundedOn', day],
  ['arrivedOn', day],
  ['leftOn', day],
  ['closedOn', day],
  ['address', line(300)],
  ['postalCode', line(20)],
  ['commune', line(120)],
  ['communeCode', coded(/^(\d{5}|2[AB]\d{3})$/u, 'not-a-commune-code')],
  ['latitude', number(numberOf)],
  ['longitude', number(numberOf)],
];

function readAddress(row: Row, column: string, text: string): string | undefined {
  if (text === '') return undefined;
  const address = webAddressOf(text);
  if (address === undefined || address.length > 500) problem(row, column, 'not-a-link', text);
  return address !== undefined && address.length <= 500 ? address : undefined;
}

/** SIREN and SIRET: the key must be right, and one must belong to the other. */
function readIdentity(row: Row): void {
  const { settings } = row.context;
  const [sirenColumn = ''] = columnsOf(settings, 'siren');
  const [siretColumn = ''] = columnsOf(settings, 'siret');
  const given = withoutSpaces(textOfCell(row.cells.get(sirenColumn))).replace(/^FR\d\d(?=\d{9}$)/iu, '');
  const siret = withoutSpaces(textOfCell(row.cells.get(siretColumn)));
  const siren = given.length === 14 ? sirenOf(given) : given;
  if (siren !== '' && isSiren(siren)) row.facts['siren'] = siren;
  else if (siren !== '') problem(row, sirenColumn, 'not-a-siren', given);
  if (siret === '') return;
  if (!isSiret(siret)) return problem(row, siretColumn, 'not-a-siret', siret);
  if (row.facts['siren'] !== undefined && sirenOf(siret) !== row.facts['siren'])
    return problem(row, siretColumn, 'siret-of-another-siren', siret);
  row.facts['siret'] = siret;
  row.facts['siren'] ??= sirenOf(siret);
}

function readLists(row: Row): void {
  const { settings } = row.context;
  const themes = itemsOf(columnsOf(settings, 'themes').map((column) => row.cells.get(column)));
  if (themes.length > 0) row.facts['themes'] = themes.map((label) => label.slice(0, 200).toWellFormed());
  const names = columnsOf(settings, 'otherNames').map((column) =>
    textOfCell(row.cells.get(column)).slice(0, 200).toWellFormed(),
  );
  const other = [...new Set(names)].filter((name) => name !== '' && name !== row.facts['name']);
  if (other.length > 0) row.facts['otherNames'] = other;
  const links = columnsOf(settings, 'links').flatMap((column) =>
    itemsOfCell(row.cells.get(column)).flatMap((text) => {
      const url = readAddress(row, column, text);
      return url === undefined ? [] : [{ label: labelOf(column), url }];
    }),
  );
  if (links.length > 0) row.facts['links'] = links;
  for (const column of columnsOf(settings, 'regionCode')) {
    const text = textOfCell(row.cells.get(column));
    const place = text === '' ? undefined : readPlace(text);
    if (place?.kind === 'region') row.facts['regionCode'] = place.code;
    else if (place?.kind === 'department') row.facts['regionCode'] = place.regionCode;
    else if (text !== '') problem(row, column, 'not-a-place', text);
  }
}

function readOwnFields(row: Row): void {
  for (const [column, target] of Object.entries(row.context.settings.columns)) {
    const field = target === 'extra' ? row.context.ownFields.get(column) : undefined;
    const cell = row.cells.get(column);
    if (field === undefined || cell === undefined) continue;
    const value = ownValue(row, column, cell, field);
    if (value !== undefined && value !== null && value !== '') row.facts[`extra.${field.code}`] = value;
  }
}

function ownValue(row: Row, column: string, cell: Cell, { valueType }: OwnField): ExtraValue | null | undefined {
  if (valueType === 'list')
    return itemsOfCell(cell).map((item) => shorten(item.replaceAll('\0', '').toWellFormed(), 2000));
  if (valueType === 'number') return number(numberOf)(row, column, cell) as number | undefined;
  if (valueType === 'date') return day(row, column, cell) as string | undefined;
  if (valueType === 'yes-no') return yesOfCell(cell);
  return shorten(textOfCell(cell).replaceAll('\0', '').toWellFormed(), 2000);
}

/** A place has both degrees or none. */
function mendPlace({ facts }: Row): void {
  const { latitude, longitude } = facts;
  const isPlace =
    typeof latitude === 'number' &&
    typeof longitude === 'number' &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180;
  if (isPlace) return;
  delete facts['latitude'];
  delete facts['longitude'];
}

/** What ends does not end before it begins. */
function mendLife(row: Row): void {
  for (const [start, end] of [
    ['foundedOn', 'closedOn'],
    ['arrivedOn', 'leftOn'],
  ] as const) {
    const [since, until] = [row.facts[start], row.facts[end]];
    if (typeof since !== 'string' || typeof until !== 'string' || until >= since) continue;
    problem(row, columnsOf(row.context.settings, end)[0] ?? '', 'days-backwards', until);
    delete row.facts[end];
  }
}
