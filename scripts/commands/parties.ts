/**
 * Needs and offers of files of one's own.
 *
 * Must always hold: ids are distinct; quantities are whole numbers that a problem can hold; a cell that cannot be read
 * is a fault with its row and its field, never a guess; what a file does not say is said in `notes`.
 */
import { GREATEST_QUANTITY } from '../../src/algorithms/flow/allocation.ts';
import type { TextItem } from '../../src/algorithms/text/similarity.ts';
import { languageOf } from '../../src/domains/matching/texts.ts';
import { URGENCY_WEIGHTS } from '../../src/domains/matching/score.ts';
import { itemsOfCell, textOfCell, urgencyOfCell, yesOfCell, type CellValue } from '../../src/domains/support/cells.ts';
import type { NeedFacts, OfferConditions } from '../../src/domains/support/conditions.ts';
import type { FieldName, Subject } from '../../src/domains/support/file-fields.ts';
import { foldWords } from '../../src/domains/support/places.ts';
import { noteSentence } from '../../src/domains/support/note-words.ts';
import { cleanLine, cleanText } from '../../src/domains/support/plain-text.ts';
import { readConditionsOf, readFactsOf } from '../../src/domains/support/row-conditions.ts';
import { readDay, type Reading } from '../../src/domains/support/row-reading.ts';
import { wholeOf } from './cell-numbers.ts';
import { collectFaults, type Faults, type InputTable } from './input-table.ts';
import { describeColumns, findColumns, type PartyColumns, type PartyField } from './party-columns.ts';
import { printable } from './terminal.ts';

export interface Party {
  readonly id: string;
  readonly name: string;
  /** Who asks or gives, folded; empty when the file does not say. */
  readonly organisation: string;
  readonly item: TextItem;
}

export interface NeedEntry extends Party {
  readonly wanted: number;
  readonly weight: number;
  readonly facts: NeedFacts;
  readonly neededBy: Temporal.PlainDate | null;
}

export interface OfferEntry extends Party {
  readonly capacity: number;
  readonly minimum: number;
  /** Not given at the moment. */
  readonly isPaused: boolean;
  readonly conditions: OfferConditions;
}

export interface PartyOptions {
  /** FIELD=COLUMN, as the person says it. */
  readonly told: readonly string[];
  /** Units where no column says how many. */
  readonly units: number;
  readonly day: Temporal.PlainDate;
}

export interface PartyList<Entry> {
  readonly entries: readonly Entry[];
  /** What was understood, one sentence each. */
  readonly notes: readonly string[];
}

export function readNeeds(table: InputTable, options: PartyOptions): PartyList<NeedEntry> {
  return readParties(table, 'needs', options, (row, party) => {
    const wanted = row.whole('quantity', options.units);
    const weight = row.columns.has('weight') ? row.whole('weight', 1, 1) : urgencyWeight(row);
    if (wanted * weight > GREATEST_QUANTITY) row.fault('wanted', `times its weight is above ${GREATEST_QUANTITY}`);
    const neededBy = readDay(row.reading, 'neededBy');
    const facts = readFactsOf(row.reading);
    const places = facts.regionCode === null ? [] : [facts.regionCode];
    return { ...party, item: { ...party.item, sectors: facts.nafSections, places }, wanted, weight, facts, neededBy };
  });
}

export function readOffers(table: InputTable, options: PartyOptions): PartyList<OfferEntry> {
  return readParties(table, 'offers', options, (row, party) => {
    const capacity = row.whole('capacity', options.units);
    const minimum = row.whole('minimum', 0);
    if (minimum > capacity) row.fault('minimum', `${minimum} is above the capacity, ${capacity}`);
    const { conditions } = readConditionsOf(row.reading);
    const item = { ...party.item, sectors: conditions.nafSections, places: conditions.regions };
    const isPaused = yesOfCell(row.cells('paused')[0]) === true;
    return { ...party, item, capacity, minimum, isPaused, conditions };
  });
}

interface RowReader {
  readonly columns: PartyColumns;
  readonly reading: Reading;
  readonly text: (field: PartyField) => string;
  readonly cells: (field: PartyField) => readonly CellValue[];
  readonly whole: (field: PartyField, usual: number, least?: number) => number;
  readonly fault: (field: string, reason: string) => void;
}

function readParties<Entry>(
  table: InputTable,
  subject: Subject,
  options: PartyOptions,
  read: (row: RowReader, party: Party) => Entry,
): PartyList<Entry> {
  const columns = findColumns(table, subject, options.told);
  const faults = collectFaults();
  const ids = new Map<string, number>();
  const entries = table.rows.map((row, place) => {
    const reader = rowReader(table, subject, columns, row, options.day, faults);
    const entry = read(reader, readParty(reader, subject, place));
    for (const note of reader.reading.notes.refusals)
      reader.fault(note.field, noteSentence('en', note).replace(/\.$/u, ''));
    return entry;
  });
  entries.forEach((entry, place) => {
    const { id } = entry as Party;
    const [row, first] = [table.rows[place]?.number ?? 0, ids.get(id)];
    if (first === undefined) ids.set(id, row);
    else
      faults.add(
        `${table.file}, ${table.placeOf(row)}, id: “${printable(id)}” is also the id of ${table.placeOf(first)}.`,
      );
  });
  faults.throwAny();
  return { entries, notes: notesOn(table, subject, columns, options) };
}

function rowReader(
  table: InputTable,
  subject: Subject,
  columns: PartyColumns,
  row: InputTable['rows'][number],
  day: Temporal.PlainDate,
  faults: Faults,
): RowReader {
  const cells = (field: PartyField) => (columns.get(field) ?? []).map((place) => row.cells[place]);
  const filled = (field: FieldName) => cells(field).filter((cell) => textOfCell(cell) !== '');
  const text = (field: PartyField) => {
    const [cell] = cells(field);
    return cleanLine(typeof cell === 'object' ? cell.join(' ') : (cell ?? '')).text;
  };
  const fault = (field: string, reason: string) =>
    faults.add(`${table.file}, ${table.placeOf(row.number)}, ${field}: ${reason}.`);
  const whole = (field: PartyField, usual: number, least = 0) => {
    const place = columns.get(field)?.[0];
    if (place === undefined) return usual;
    const name = printable(table.columns[place] ?? '', 40);
    const number = wholeOf(text(field));
    if (number !== undefined && number >= least && number <= GREATEST_QUANTITY) return number;
    if (text(field) === '') fault(name, 'this cell is empty: write a whole number');
    else if (number === undefined) fault(name, `“${printable(text(field), 40)}” is not a whole number of 0 or more`);
    else fault(name, `${number} is out of range, ${least} to ${GREATEST_QUANTITY}`);
    return usual;
  };
  return { columns, reading: readingOf(subject, row, filled, day), text, cells, whole, fault };
}

/** What the readers of imports want to know; of the territory nothing is known here. */
function readingOf(
  subject: Subject,
  raw: InputTable['rows'][number],
  cells: (field: FieldName) => CellValue[],
  today: Temporal.PlainDate,
): Reading {
  return {
    raw,
    cells,
    cell: (field) => cells(field)[0],
    settings: {
      source: '',
      kind: null,
      units: 1,
      visibility: 'team',
      organisation: null,
      createsOrganisations: false,
      part: 'startup',
      createsThemes: false,
    },
    context: {
      subject,
      today,
      zone: 'Europe/Paris',
      kinds: [],
      organisationBySiren: new Map(),
      organisationByName: new Map(),
      themeByName: new Map(),
    },
    notes: { remarks: [], refusals: [] },
    keyOf: () => '',
  };
}

function readParty(row: RowReader, subject: Subject, place: number): Party {
  const given = row.text('externalKey');
  const title = row.text('title');
  if (given === '' && row.columns.has('externalKey')) row.fault('id', 'this cell is empty');
  const id = given || (row.columns.has('externalKey') ? '' : `${subject === 'needs' ? 'need' : 'offer'}-${place + 1}`);
  const body = row
    .cells('body')
    .map((cell) => cleanText(typeof cell === 'object' ? cell.join('\n') : textOfCell(cell)).text)
    .join('\n');
  const themes = row.cells('themes').flatMap(itemsOfCell);
  const name = title || given || id;
  const organisation = foldWords(row.text('organisation'));
  return { id, name, organisation, item: { title, body, themes, language: languageOf(`${title} ${body}`) } };
}

/** Urgent needs are filled faster, as in a territory's rounds; without a word on urgency all count alike. */
function urgencyWeight(row: RowReader): number {
  if (!row.columns.has('urgency')) return 1;
  const [cell] = row.cells('urgency');
  const urgency = urgencyOfCell(cell);
  if (urgency === undefined)
    row.fault('urgency', `“${printable(textOfCell(cell), 40)}” is not understood: write 1, 2 or 3`);
  return URGENCY_WEIGHTS[(urgency ?? 2) - 1] ?? 1;
}

function notesOn(table: InputTable, subject: Subject, columns: PartyColumns, options: PartyOptions): string[] {
  const found = `${table.file}: ${table.rows.length} ${subject}; ${describeColumns(table, columns) || 'no column recognised'}.`;
  const isCounted = columns.has(subject === 'needs' ? 'quantity' : 'capacity');
  const units = `no column says how many units: ${options.units} each (--units changes it)`;
  return isCounted || table.rows.length === 0 ? [found] : [found, `${table.file}: ${units}.`];
}
