/**
 * One row of a file as a need or an offer, or every reason why not.
 *
 * Must always hold: nothing is cut or dropped silently: what is changed or not understood is a remark, what cannot be
 * kept refuses the row; a restriction that is not understood becomes a condition to verify, never nothing; the key of
 * a row depends on its file and its own words, not on the mapping.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import { isSiren, type Part } from '../territory/organisation.ts';
import { dayOfCell, itemsOfCell, kindOfCell, placesOfCell, sirenOfCell, textOfCell, unitsOfCell, urgencyOfCell, visibilityOfCell, wholeOfCell, yesOfCell, type CellValue } from './cells.ts';
import type { FieldName, Mapping, Subject } from './columns.ts';
import { NO_CONDITIONS, UNKNOWN_FACTS, type NeedFacts, type OfferConditions } from './conditions.ts';
import type { SupportKind } from './kind.ts';
import { readNaf, NAF_SECTIONS } from './naf.ts';
import { MAX_BODY, MAX_NEED_QUANTITY, MAX_TITLE, MIN_TITLE, type Urgency, type Visibility } from './need.ts';
import { MAX_CAPACITY } from './offer.ts';
import { cleanLine, cleanText } from './plain-text.ts';
import { foldWords, readPlace } from './places.ts';

export const MAX_CELL = 20_000;
const MAX_CONDITION = 300;
const MAX_CONDITIONS = 20;

/** What the person who loads says for what the file does not. */
export interface ImportSettings {
  /** Where the rows come from: it leads their keys, so that two files never claim the same one. */
  readonly source: string;
  readonly kind: string | null;
  readonly units: number;
  readonly visibility: Visibility;
  /** One organisation for every row that names none. */
  readonly organisation: OrganisationId | null;
  readonly createsOrganisations: boolean;
  /** What created organisations are in the territory. */
  readonly part: Part;
  readonly createsThemes: boolean;
}

/** What the territory knows already. */
export interface ImportContext {
  readonly subject: Subject;
  readonly today: Temporal.PlainDate;
  readonly zone: string;
  readonly kinds: readonly SupportKind[];
  readonly organisationBySiren: ReadonlyMap<string, OrganisationId>;
  /** By folded name. */
  readonly organisationByName: ReadonlyMap<string, OrganisationId>;
  /** Codes of themes by folded code and labels. */
  readonly themeByName: ReadonlyMap<string, string>;
}

export type OrganisationChoice = { readonly id: OrganisationId } | { readonly name: string; readonly siren: string | null };

export interface ImportedRow {
  readonly number: number;
  readonly externalKey: string;
  readonly organisation: OrganisationChoice;
  readonly kind: SupportKind;
  readonly units: number;
  readonly minimum: number;
  readonly title: string;
  readonly body: string;
  readonly urgency: Urgency;
  readonly neededBy: Temporal.PlainDate | null;
  readonly visibility: Visibility;
  readonly isPaused: boolean;
  /** Codes of known themes, and labels of new ones. */
  readonly themes: readonly string[];
  readonly newThemes: readonly string[];
  readonly facts: NeedFacts;
  readonly conditions: OfferConditions;
  readonly remarks: readonly RowNote[];
}

/** Why a row is refused, or what was understood on the person's behalf. */
export type NoteCode =
  | 'not-json' | 'not-an-object' | 'too-many-cells' | 'duplicate-in-file' | 'cell-too-long' | 'title-missing' | 'title-short' | 'title-shortened' | 'body-too-long'
  | 'kind-missing' | 'kind-default' | 'number-unread' | 'number-out-of-range' | 'minimum-above-capacity' | 'date-unread' | 'date-past' | 'value-unknown'
  | 'organisation-missing' | 'organisation-unknown' | 'name-too-long' | 'other-organisations' | 'siren-wrong' | 'theme-unknown' | 'condition-kept' | 'place-kept'
  | 'conditions-in-text' | 'sizes-backwards' | 'period-backwards' | 'period-over' | 'period-to-come' | 'html-removed' | 'invisible-removed';

/** `facts` hold the text or the figure that the sentence quotes, shortened; days are ISO. */
export interface RowNote {
  readonly code: NoteCode;
  readonly field: FieldName | 'row';
  readonly facts: Readonly<Record<string, string | number>>;
}

export type ReadRow = { readonly ok: true; readonly row: ImportedRow } | { readonly ok: false; readonly number: number; readonly refusals: readonly RowNote[] };

export interface RawRow {
  readonly number: number;
  readonly cells: readonly CellValue[];
}

/** Reads rows of one file one after the other; `keyOf` is a short digest of a row's own words. */
export function rowReader(columns: readonly string[], mapping: Mapping, settings: ImportSettings, context: ImportContext, keyOf: (row: RawRow) => string): (row: RawRow) => ReadRow {
  const places = new Map(Object.entries(mapping).map(([field, names]) => [field as FieldName, (names ?? []).map((name) => columns.indexOf(name)).filter((place) => place >= 0)]));
  return (raw) => {
    const cells = (field: FieldName): CellValue[] => (places.get(field) ?? []).map((place) => raw.cells[place]).filter((cell) => textOfCell(cell) !== '');
    const notes: Notes = { remarks: [], refusals: [] };
    const row = readOne({ raw, cells, cell: (field) => cells(field)[0], settings, context, notes, keyOf });
    return notes.refusals.length > 0 ? { ok: false, number: raw.number, refusals: notes.refusals } : { ok: true, row };
  };
}

interface Notes {
  readonly remarks: RowNote[];
  readonly refusals: RowNote[];
}

interface Reading {
  readonly raw: RawRow;
  readonly cells: (field: FieldName) => CellValue[];
  readonly cell: (field: FieldName) => CellValue;
  readonly settings: ImportSettings;
  readonly context: ImportContext;
  readonly notes: Notes;
  readonly keyOf: (row: RawRow) => string;
}

function readOne(reading: Reading): ImportedRow {
  const { raw, settings, context, notes, cell } = reading;
  refuseLongCells(reading);
  const kind = readKind(reading);
  const { title, opening } = readTitle(reading);
  const conditions = readConditionsOf(reading);
  const units = readUnits(reading, context.subject === 'needs' ? 'quantity' : 'capacity', kind, context.subject === 'needs' ? MAX_NEED_QUANTITY : MAX_CAPACITY) ?? settings.units;
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
  return usual ?? context.kinds[0] ?? { code: '', family: 'local', unit: 'half-day', labelFr: '', labelEn: '', position: 0 };
}

/** A title too long for one line opens the text, whole; its beginning is the title. */
function readTitle(reading: Reading): { title: string; opening: string } {
  const clean = cleanLine(textOfCell(reading.cell('title')));
  noteCleaning(reading, 'title', clean);
  if (clean.text === '') refuse(reading, 'title', 'title-missing', {});
  else if (clean.text.length < MIN_TITLE) refuse(reading, 'title', 'title-short', { text: clean.text, minimum: MIN_TITLE });
  if (clean.text.length <= MAX_TITLE) return { title: clean.text, opening: '' };
  remark(reading, 'title', 'title-shortened', { length: clean.text.length, maximum: MAX_TITLE });
  const cut = clean.text.slice(0, MAX_TITLE - 1);
  const end = cut.lastIndexOf(' ');
  return { title: `${(end > MAX_TITLE / 2 ? cut.slice(0, end) : cut).toWellFormed().replace(/[\s,;:–-]+$/u, '')}…`, opening: clean.text };
}

function readBody(reading: Reading, opening: string, moved: readonly string[]): string {
  const texts = reading.cells('body').map((cell) => cleanText(typeof cell === 'object' ? cell.map((item) => `- ${item}`).join('\n') : textOfCell(cell)));
  texts.forEach((clean) => noteCleaning(reading, 'body', clean));
  const parts = [opening, ...texts.map((clean) => clean.text), ...moved].filter((part) => part !== '');
  // Catalogues often repeat their summary as the first words of the description.
  const body = parts.filter((part, place) => !parts.some((other, otherPlace) => otherPlace !== place && (other.length > part.length || otherPlace < place) && other.includes(part))).join('\n\n');
  if (body.length > MAX_BODY) refuse(reading, 'body', 'body-too-long', { length: body.length, maximum: MAX_BODY });
  return body;
}

function readUnits(reading: Reading, field: 'quantity' | 'capacity' | 'minimum', kind: SupportKind, maximum: number): number | null {
  const units = unitsOfCell(reading.cell(field), kind.unit);
  if (units === undefined) refuse(reading, field, 'number-unread', { text: quote(reading.cell(field)) });
  else if (units !== null && (units > maximum || (units < 1 && field !== 'minimum'))) refuse(reading, field, 'number-out-of-range', { number: units, maximum });
  return units ?? null;
}

function readNeededBy(reading: Reading): Temporal.PlainDate | null {
  const day = readDay(reading, 'neededBy');
  if (day !== null && Temporal.PlainDate.compare(day, reading.context.today) < 0) remark(reading, 'neededBy', 'date-past', { date: day.toString() });
  return day;
}

function readDay(reading: Reading, field: 'neededBy' | 'availableFrom' | 'availableTo'): Temporal.PlainDate | null {
  const day = dayOfCell(reading.cell(field), reading.context.zone);
  if (day === undefined) refuse(reading, field, 'date-unread', { text: quote(reading.cell(field)) });
  return day ?? null;
}

/** A word that is not understood is told, and the usual value taken. */
function readOr<Value>(reading: Reading, field: FieldName, read: (cell: CellValue) => Value | null | undefined, usual: Value): Value {
  const value = read(reading.cell(field));
  if (value === undefined) remark(reading, field, 'value-unknown', { text: quote(reading.cell(field)) });
  return value ?? usual;
}

function readOrganisation(reading: Reading): OrganisationChoice {
  const { context, settings } = reading;
  const siren = readSiren(reading);
  const bySiren = siren === null ? undefined : context.organisationBySiren.get(siren);
  if (bySiren !== undefined) return { id: bySiren };
  const cell = reading.cell('organisation');
  // « A;B » names two organisations; a comma belongs to names.
  const [name = '', ...others] = (typeof cell === 'object' ? cell : textOfCell(cell).split(/[;|\n]/u)).map((text) => cleanLine(text).text).filter((text) => text !== '');
  if (others.length > 0) remark(reading, 'organisation', 'other-organisations', { name, others: others.join(', ') });
  if (name === '') {
    if (settings.organisation !== null) return { id: settings.organisation };
    refuse(reading, 'organisation', siren === null ? 'organisation-missing' : 'organisation-unknown', siren === null ? {} : { text: siren });
    return { name: '', siren: null };
  }
  const byName = context.organisationByName.get(foldWords(name));
  if (byName !== undefined) return { id: byName };
  if (name.length > 160) refuse(reading, 'organisation', 'name-too-long', { length: name.length, maximum: 160 });
  else if (foldWords(name) === '' || !settings.createsOrganisations) refuse(reading, 'organisation', 'organisation-unknown', { text: name });
  return { name, siren };
}

/** Its key must be right (rule ID-01): a wrong one would name somebody else. */
function readSiren(reading: Reading): string | null {
  const siren = sirenOfCell(reading.cell('siren'));
  if (siren === null || (siren !== undefined && isSiren(siren))) return siren;
  remark(reading, 'siren', 'siren-wrong', { text: quote(reading.cell('siren')) });
  return null;
}

function readThemes(reading: Reading): { themes: string[]; newThemes: string[] } {
  const themes = new Set<string>();
  const newThemes = new Map<string, string>();
  for (const label of reading.cells('themes').flatMap(itemsOfCell).map((item) => cleanLine(item).text)) {
    const code = reading.context.themeByName.get(foldWords(label));
    if (code !== undefined) themes.add(code);
    else if (reading.settings.createsThemes && label.length <= 80 && foldWords(label) !== '') newThemes.set(foldWords(label), label);
    else if (label !== '') remark(reading, 'themes', 'theme-unknown', { text: label });
  }
  return { themes: [...themes], newThemes: [...newThemes.values()] };
}

function readFactsOf(reading: Reading): NeedFacts {
  const { sections, unknown } = readSections(reading);
  const [place] = placesOfCell(reading.cell('regions')).map(readPlace);
  if (unknown.length > 0) remark(reading, 'nafSections', 'value-unknown', { text: unknown.join(', ') });
  if (place === undefined && reading.cell('regions') !== undefined) remark(reading, 'regions', 'value-unknown', { text: quote(reading.cell('regions')) });
  return {
    nafSections: sections,
    regionCode: place === undefined || place.kind === 'country' ? null : place.kind === 'region' ? place.code : place.regionCode,
    employees: readOr<number | null>(reading, 'employees', wholeOfCell, null),
    isSoleTrader: readOr<boolean | null>(reading, 'soleTrader', yesOfCell, null),
  };
}

function readSections(reading: Reading): { sections: string[]; unknown: string[] } {
  const items = itemsOfCell(reading.cell('nafSections'));
  const sections = new Set(items.flatMap((item) => readNaf(item) ?? []));
  return { sections: NAF_SECTIONS.filter((letter) => sections.has(letter)), unknown: items.filter((item) => readNaf(item) === undefined) };
}

/** `moved` are conditions too long or too many to be judged one by one: they go to the text, whole. */
function readConditionsOf(reading: Reading): { conditions: OfferConditions; moved: string[] } {
  if (reading.context.subject !== 'offers') return { conditions: NO_CONDITIONS, moved: [] };
  const { sections, unknown } = readSections(reading);
  if (unknown.length > 0) remark(reading, 'nafSections', 'condition-kept', { text: unknown.join(', ') });
  const places = readPlaces(reading);
  const [from, to] = [readDay(reading, 'availableFrom'), readDay(reading, 'availableTo')];
  notePeriod(reading, from, to);
  const [minEmployees, maxEmployees] = [readSize(reading, 'minEmployees'), readSize(reading, 'maxEmployees')];
  if (minEmployees.size !== null && maxEmployees.size !== null && minEmployees.size > maxEmployees.size) {
    refuse(reading, 'maxEmployees', 'sizes-backwards', { minimum: minEmployees.size, maximum: maxEmployees.size });
  }
  const texts = reading.cells('toVerify').flatMap((cell) => (typeof cell === 'object' ? cell : textOfCell(cell).split('\n'))).map((text) => cleanLine(text).text.replace(/^[-•*]\s*/u, '')).filter((text) => text !== '');
  const isLong = texts.length > MAX_CONDITIONS || texts.some((text) => text.length > MAX_CONDITION);
  if (isLong) remark(reading, 'toVerify', 'conditions-in-text', { count: texts.length });
  return {
    conditions: {
      nafSections: sections.length === NAF_SECTIONS.length ? [] : sections,
      ...places,
      minEmployees: minEmployees.size,
      maxEmployees: maxEmployees.size,
      excludesSoleTraders: readOr(reading, 'excludesSoleTraders', yesOfCell, false),
      toVerify: [...(isLong ? [] : new Set(texts)), ...unknown, ...minEmployees.toVerify, ...maxEmployees.toVerify],
      availableFrom: from,
      availableUntil: to?.add({ days: 1 }) ?? null,
    },
    moved: isLong ? [texts.map((text) => `- ${text}`).join('\n')] : [],
  };
}

function readPlaces(reading: Reading): Pick<OfferConditions, 'regions' | 'departments' | 'otherPlaces'> {
  const items = reading.cells('regions').flatMap(placesOfCell);
  const places = items.map(readPlace);
  if (places.some((place) => place?.kind === 'country')) return { regions: [], departments: [], otherPlaces: [] };
  const regions = [...new Set(places.flatMap((place) => (place?.kind === 'region' ? [place.code] : [])))];
  const departments = places.flatMap((place) => (place?.kind === 'department' && !regions.includes(place.regionCode) ? [place.code] : []));
  const otherPlaces = items.filter((_, index) => places[index] === undefined).map((item) => cleanLine(item).text);
  if (otherPlaces.length > 0) remark(reading, 'regions', 'place-kept', { text: otherPlaces.join(', ') });
  return { regions, departments: [...new Set(departments)], otherPlaces };
}

function readSize(reading: Reading, field: 'minEmployees' | 'maxEmployees'): { size: number | null; toVerify: string[] } {
  const cell = reading.cell(field);
  const size = wholeOfCell(cell);
  if (size !== undefined) return { size, toVerify: [] };
  remark(reading, field, 'condition-kept', { text: quote(cell) });
  return { size: null, toVerify: [cleanLine(textOfCell(cell)).text] };
}

function notePeriod(reading: Reading, from: Temporal.PlainDate | null, to: Temporal.PlainDate | null): void {
  const { today } = reading.context;
  if (from !== null && to !== null && Temporal.PlainDate.compare(from, to) > 0) refuse(reading, 'availableTo', 'period-backwards', { from: from.toString(), to: to.toString() });
  else if (to !== null && Temporal.PlainDate.compare(to, today) < 0) remark(reading, 'availableTo', 'period-over', { date: to.toString() });
  else if (from !== null && Temporal.PlainDate.compare(from, today) > 0) remark(reading, 'availableFrom', 'period-to-come', { date: from.toString() });
}

function noteCleaning(reading: Reading, field: FieldName, clean: { readonly hadHtml: boolean; readonly hadInvisible: boolean }): void {
  const isNoted = (code: NoteCode) => reading.notes.remarks.some((note) => note.code === code && note.field === field);
  if (clean.hadHtml && !isNoted('html-removed')) remark(reading, field, 'html-removed', {});
  if (clean.hadInvisible && !isNoted('invisible-removed')) remark(reading, field, 'invisible-removed', {});
}

function remark(reading: Reading, field: FieldName, code: NoteCode, facts: RowNote['facts']): void {
  reading.notes.remarks.push({ code, field, facts });
}

function refuse(reading: Reading, field: FieldName, code: NoteCode, facts: RowNote['facts']): void {
  reading.notes.refusals.push({ code, field, facts });
}

/** Enough of a cell to find it again. */
function quote(cell: CellValue): string {
  const text = cleanLine(textOfCell(cell)).text;
  return text.length <= 60 ? text : `${text.slice(0, 59).toWellFormed()}…`;
}
