/** What a row may state, the problems of reading it, and the pieces that its readers share. Pure. */
import { slugOf } from '../../lib/slug.ts';
import { textOfCell } from '../support/cells.ts';
import type { JsonValue } from '../territory/facts.ts';
import { columnsOf, type Cell, type TableSettings } from './table.ts';
import type { FieldName } from './table-fields.ts';
import { dayOf } from './values.ts';

export type ProblemCode =
  | 'not-json'
  | 'not-an-object'
  | 'too-many-cells'
  | 'name-missing'
  | 'too-long'
  | 'not-a-siren'
  | 'not-a-siret'
  | 'siret-of-another-siren'
  | 'not-a-naf-code'
  | 'not-a-commune-code'
  | 'not-a-day'
  | 'not-a-number'
  | 'not-a-link'
  | 'not-a-place'
  | 'not-an-email'
  | 'days-backwards'
  | 'phase-undated'
  | 'reference-unknown'
  | 'reference-doubtful'
  | 'same-target'
  | 'siren-taken'
  | 'corrected-here'
  | 'email-taken'
  | 'not-writable';

export interface Problem {
  /** The column as the file names it; empty for the whole row. */
  readonly column: string;
  readonly code: ProblemCode;
  /** The words that could not be read, shortened. */
  readonly text: string;
  readonly number?: number;
}

export type LinkKind = 'phase' | 'incubated-by' | 'sponsored-by' | 'part-of' | 'member-of' | 'affiliation';

/** The other side, as the file names it; none where the row itself is meant. */
export interface Reference {
  readonly words: string;
  readonly table: number | null;
}

export interface StatedLink {
  readonly kind: LinkKind;
  readonly column: string;
  readonly from: Reference | 'self';
  readonly to: Reference | 'self' | null;
  readonly label: string;
  readonly since: string | null;
  readonly until: string | null;
}

export interface Stated {
  readonly subject: 'organisation' | 'person' | 'none';
  readonly key: string | null;
  /** By which rows speak of the same one; null when the row is refused or speaks of none. */
  readonly identity: string | null;
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly problems: readonly Problem[];
  readonly links: readonly StatedLink[];
}

export interface StatingContext {
  readonly table: number;
  readonly settings: TableSettings;
  readonly zone: string;
  /** What the territory's own fields hold, by column. */
  readonly ownFields: ReadonlyMap<string, OwnField>;
}

export interface OwnField {
  readonly code: string;
  readonly valueType: 'text' | 'number' | 'date' | 'yes-no' | 'list' | 'link';
}

export type Cells = ReadonlyMap<string, Cell>;

/** A row on its way. */
export interface Row {
  readonly cells: Cells;
  readonly context: StatingContext;
  readonly problems: Problem[];
  readonly facts: Record<string, JsonValue>;
}

export function readDay(row: Row, column: string, cell: Cell | undefined): string | undefined {
  const value = dayOf(cell, row.context.zone);
  if (value === undefined) problem(row, column, 'not-a-day', textOfCell(cell));
  return value?.toString();
}

export function textOf(row: Row, field: FieldName): string | null {
  const text = columnsOf(row.context.settings, field)
    .map((column) => textOfCell(row.cells.get(column)))
    .find((each) => each !== '');
  return text?.replaceAll('\0', '').slice(0, 250).toWellFormed() ?? null;
}

export function problem(row: Row, column: string, code: ProblemCode, text: string): void {
  if (row.problems.length < 20) row.problems.push({ column, code, text: shorten(text.replace(/\s+/gu, ' '), 80) });
}

export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

/** « linkedin_url » is the link « Linkedin ». */
export function labelOf(column: string): string {
  const words = column.replaceAll(/[._]/gu, ' ').replace(/ url$/iu, '').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The code of a territory's own field that a column becomes. */
export function ownCode(column: string): string {
  return slugOf(column.replaceAll(/[._]/gu, ' '), 'champ').slice(0, 60).replace(/-+$/u, '');
}
