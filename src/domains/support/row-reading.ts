/**
 * What reading one row of a file needs and gives: the settings of the load, what the territory knows, the row as a need
 * or an offer, and the remarks and refusals on it.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import type { Part } from '../territory/organisation.ts';
import { dayOfCell, textOfCell, type CellValue } from './cells.ts';
import type { NeedFacts, OfferConditions } from './conditions.ts';
import type { FieldName, Subject } from './file-fields.ts';
import type { SupportKind } from './kind.ts';
import type { Urgency, Visibility } from './need.ts';
import { cleanLine } from './plain-text.ts';

export const MAX_CELL = 20_000;

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

export type OrganisationChoice =
  | { readonly id: OrganisationId }
  | { readonly name: string; readonly siren: string | null };

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
  | 'not-json'
  | 'not-an-object'
  | 'too-many-cells'
  | 'duplicate-in-file'
  | 'cell-too-long'
  | 'title-missing'
  | 'title-short'
  | 'title-shortened'
  | 'body-too-long'
  | 'kind-missing'
  | 'kind-default'
  | 'number-unread'
  | 'number-out-of-range'
  | 'minimum-above-capacity'
  | 'date-unread'
  | 'date-past'
  | 'value-unknown'
  | 'organisation-missing'
  | 'organisation-unknown'
  | 'name-too-long'
  | 'other-organisations'
  | 'siren-wrong'
  | 'theme-unknown'
  | 'condition-kept'
  | 'place-kept'
  | 'conditions-in-text'
  | 'sizes-backwards'
  | 'period-backwards'
  | 'period-over'
  | 'period-to-come'
  | 'html-removed'
  | 'invisible-removed';

/** `facts` hold the text or the figure that the sentence quotes, shortened; days are ISO. */
export interface RowNote {
  readonly code: NoteCode;
  readonly field: FieldName | 'row';
  readonly facts: Readonly<Record<string, string | number>>;
}

export type ReadRow =
  | { readonly ok: true; readonly row: ImportedRow }
  | { readonly ok: false; readonly number: number; readonly refusals: readonly RowNote[] };

export interface RawRow {
  readonly number: number;
  readonly cells: readonly CellValue[];
}

export interface Notes {
  readonly remarks: RowNote[];
  readonly refusals: RowNote[];
}

export interface Reading {
  readonly raw: RawRow;
  readonly cells: (field: FieldName) => CellValue[];
  readonly cell: (field: FieldName) => CellValue;
  readonly settings: ImportSettings;
  readonly context: ImportContext;
  readonly notes: Notes;
  readonly keyOf: (row: RawRow) => string;
}

export function readDay(
  reading: Reading,
  field: 'neededBy' | 'availableFrom' | 'availableTo',
): Temporal.PlainDate | null {
  const day = dayOfCell(reading.cell(field), reading.context.zone);
  if (day === undefined) refuse(reading, field, 'date-unread', { text: quote(reading.cell(field)) });
  return day ?? null;
}

/** A word that is not understood is told, and the usual value taken. */
export function readOr<Value>(
  reading: Reading,
  field: FieldName,
  read: (cell: CellValue) => Value | null | undefined,
  usual: Value,
): Value {
  const value = read(reading.cell(field));
  if (value === undefined) remark(reading, field, 'value-unknown', { text: quote(reading.cell(field)) });
  return value ?? usual;
}

export function noteCleaning(
  reading: Reading,
  field: FieldName,
  clean: { readonly hadHtml: boolean; readonly hadInvisible: boolean },
): void {
  const isNoted = (code: NoteCode) => reading.notes.remarks.some((note) => note.code === code && note.field === field);
  if (clean.hadHtml && !isNoted('html-removed')) remark(reading, field, 'html-removed', {});
  if (clean.hadInvisible && !isNoted('invisible-removed')) remark(reading, field, 'invisible-removed', {});
}

export function remark(reading: Reading, field: FieldName, code: NoteCode, facts: RowNote['facts']): void {
  reading.notes.remarks.push({ code, field, facts });
}

export function refuse(reading: Reading, field: FieldName, code: NoteCode, facts: RowNote['facts']): void {
  reading.notes.refusals.push({ code, field, facts });
}

/** Enough of a cell to find it again. */
export function quote(cell: CellValue): string {
  const text = cleanLine(textOfCell(cell)).text;
  return text.length <= 60 ? text : `${text.slice(0, 59).toWellFormed()}…`;
}
