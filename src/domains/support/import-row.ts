/**
 * One row of a file as a need or an offer, or every reason why not.
 *
 * Must always hold: nothing is cut or dropped silently: what is changed or not understood is a remark, what cannot be
 * kept refuses the row; the key of a row depends on its file and its own words, not on the mapping.
 */
import {
  kindOfCell,
  textOfCell,
  unitsOfCell,
  urgencyOfCell,
  visibilityOfCell,
  yesOfCell,
  type CellValue,
} from './cells.ts';
import { NO_CONDITIONS, UNKNOWN_FACTS } from './conditions.ts';
import type { FieldName, Mapping } from './file-fields.ts';
import type { SupportKind } from './kind.ts';
import { MAX_BODY, MAX_NEED_QUANTITY, MAX_TITLE, MIN_TITLE } from './need.ts';
import { MAX_CAPACITY } from './offer.ts';
import { cleanLine, cleanText } from './plain-text.ts';
import { readConditionsOf, readFactsOf } from './row-conditions.ts';
import { readOrganisation, readThemes } from './row-organisation.ts';
import {
  MAX_CELL,
  noteCleaning,
  quote,
  readDay,
  readOr,
  refuse,
  remark,
  type ImportContext,
  type ImportedRow,
  type ImportSettings,
  type Notes,
  type RawRow,
  type Reading,
  type ReadRow,
} from './row-reading.ts';

/** Reads rows of one file one after the other; `keyOf` is a short digest of a row's own words. */
export function rowReader(
  columns: readonly string[],
  mapping: Mapping,
  settings: ImportSettings,
  context: ImportContext,
  keyOf: (row: RawRow) => string,
): (row: RawRow) => ReadRow {
  const places = new Map(
    Object.entries(mapping).map(([field, names]) => [
      field as FieldName,
      (names ?? []).map((name) => columns.indexOf(name)).filter((place) => place >= 0),
    ]),
  );
  return (raw) => {
    const cells = (field: FieldName): CellValue[] =>
      (places.get(field) ?? []).map((place) => raw.cells[place]).filter((cell) => textOfCell(cell) !== '');
    const notes: Notes = { remarks: [], refusals: [] };
    const row = readOne({ raw, cells, cell: (field) => cells(field)[0], settings, context, notes, keyOf });
    return notes.refusals.length > 0 ? { ok: false, number: raw.number, refusals: notes.refusals } : { ok: true, row };
  };
}

function readOne(reading: Reading): ImportedRow {
  const { raw, settings, context, notes, cell } = reading;
  refuseLongCells(reading);
  const kind = readKind(reading);
  const { title, opening } = readTitle(reading);
  const conditions = readConditionsOf(reading);
  const units =
    readUnits(
      reading,
      context.subject === 'needs' ? 'quantity' : 'capacity',
      kind,
      context.subject === 'needs' ? MAX_NEED_QUANTITY : MAX_CAPACITY,
    ) ?? settings.units;
  const minimum = cell('minimum') === undefined ? 0 : (readUnits(reading, 'minimum', kind, MAX_CAPACITY) ?? 0);
  if (minimum > units) refuse(reading, 'minimum', 'minimum-above-capacity', { minimum, capacity: units });
  return {
    number: raw.number,
    externalKey: readKey(reading),
    organisation: readOrganisation(reading),
    kind,
    units,
    minimum,
    title,
    body: readBody(reading, opening, conditions.moved),
    urgency: readOr(reading, 'urgency', urgencyOfCell, 2),
    neededBy: context.subject === 'needs' ? readNeededBy(reading) : null,
    visibility: readOr(reading, 'visibility', visibilityOfCell, settings.visibility),
    isPaused: readOr(reading, 'paused', yesOfCell, false),
    ...readThemes(reading),
    facts: context.subject === 'needs' ? readFactsOf(reading) : UNKNOWN_FACTS,
    conditions: context.subject === 'offers' ? conditions.conditions : NO_CONDITIONS,
    remarks: notes.remarks,
  };
}

function refuseLongCells(reading: Reading): void {
  for (const field of ['title', 'body', 'organisation', 'toVerify', 'themes'] as const) {
    const longest = Math.max(0, ...reading.cells(field).map((cell) => textOfCell(cell).length));
    if (longest > MAX_CELL) refuse(reading, field, 'cell-too-long', { length: longest, maximum: MAX_CELL });
  }
}

/** The file's own id, or a digest of the row; led by the source, so that files do not claim each other's rows. */
function readKey({ raw, cell, settings, keyOf }: Reading): string {
  const id = textOfCell(cell('externalKey'));
  return `${settings.source}:${id === '' || id.length > 200 ? `#${keyOf(raw)}` : id}`;
}

function readKind(reading: Reading): SupportKind {
  const { context, settings, cell } = reading;
  const found = kindOfCell(cell('kind'), context.kinds);
  if (found !== null && found !== undefined) return found;
  const usual = context.kinds.find((kind) => kind.code === settings.kind);
  if (usual === undefined) refuse(reading, 'kind', 'kind-missing', { text: quote(cell('kind')) || 'none' });
  else if (found === undefined) remark(reading, 'kind', 'kind-default', { text: quote(cell('kind')) });
  return (
    usual ?? context.kinds[0] ?? { code: '', family: 'local', unit: 'half-day', labelFr: '', labelEn: '', position: 0 }
  );
}

/** A title too long for one line opens the text, whole; its beginning is the title. */
function readTitle(reading: Reading): { title: string; opening: string } {
  const clean = cleanLine(textOfCell(reading.cell('title')));
  noteCleaning(reading, 'title', clean);
  if (clean.text === '') refuse(reading, 'title', 'title-missing', {});
  else if (clean.text.length < MIN_TITLE)
    refuse(reading, 'title', 'title-short', { text: clean.text, minimum: MIN_TITLE });
  if (clean.text.length <= MAX_TITLE) return { title: clean.text, opening: '' };
  remark(reading, 'title', 'title-shortened', { length: clean.text.length, maximum: MAX_TITLE });
  const cut = clean.text.slice(0, MAX_TITLE - 1);
  const end = cut.lastIndexOf(' ');
  return {
    title: `${(end > MAX_TITLE / 2 ? cut.slice(0, end) : cut).toWellFormed().replace(/[\s,;:–-]+$/u, '')}…`,
    opening: clean.text,
  };
}

function readBody(reading: Reading, opening: string, moved: readonly string[]): string {
  const texts = reading
    .cells('body')
    .map((cell) => cleanText(typeof cell === 'object' ? cell.map((item) => `- ${item}`).join('\n') : textOfCell(cell)));
  texts.forEach((clean) => noteCleaning(reading, 'body', clean));
  const parts = [opening, ...texts.map((clean) => clean.text), ...moved].filter((part) => part !== '');
  // Catalogues often repeat their summary as the first words of the description.
  const body = parts
    .filter(
      (part, place) =>
        !parts.some(
          (other, otherPlace) =>
            otherPlace !== place && (other.length > part.length || otherPlace < place) && other.includes(part),
        ),
    )
    .join('\n\n');
  if (body.length > MAX_BODY) refuse(reading, 'body', 'body-too-long', { length: body.length, maximum: MAX_BODY });
  return body;
}

function readUnits(
  reading: Reading,
  field: 'quantity' | 'capacity' | 'minimum',
  kind: SupportKind,
  maximum: number,
): number | null {
  const units = unitsOfCell(reading.cell(field), kind.unit);
  if (units === undefined) refuse(reading, field, 'number-unread', { text: quote(reading.cell(field)) });
  else if (units !== null && (units > maximum || (units < 1 && field !== 'minimum')))
    refuse(reading, field, 'number-out-of-range', { number: units, maximum });
  return units ?? null;
}

function readNeededBy(reading: Reading): Temporal.PlainDate | null {
  const day = readDay(reading, 'neededBy');
  if (day !== null && Temporal.PlainDate.compare(day, reading.context.today) < 0)
    remark(reading, 'neededBy', 'date-past', { date: day.toString() });
  return day;
}
