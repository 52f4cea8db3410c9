/**
 * A table of a file as it was first looked at, and how a person lets it be understood.
 *
 * Must always hold: a column serves one field; what a column says of other tables (references) names the table in
 * which they are sought, or none when they are sought everywhere.
 */
import type { Part } from '../territory/organisation.ts';
import type { CellValue } from '../support/cells.ts';
import type { FieldName, Subject } from './table-fields.ts';

/** A text, or a list of texts. */
export type Cell = NonNullable<CellValue>;

/** What a column says: one of our fields, a field of the territory's own, or nothing that is kept. */
export type Target = FieldName | 'extra' | '';

export interface ColumnLook {
  readonly name: string;
  /** Cells of rows spread over the beginning of the table, shortened; null where the row says nothing. */
  readonly samples: readonly (Cell | null)[];
}

export interface TableSettings {
  readonly subject: Subject;
  /** What organisations that are added are in the territory. */
  readonly part: Part;
  readonly columns: Readonly<Record<string, Target>>;
  /** By column: the place of the table whose keys its words are. */
  readonly references: Readonly<Record<string, number>>;
}

export interface ImportTable {
  readonly position: number;
  readonly filePosition: number;
  readonly fileName: string;
  readonly name: string;
  readonly sheet: string;
  readonly shape: string;
  readonly columns: readonly ColumnLook[];
  readonly settings: TableSettings;
  readonly rowCount: number;
}

/** The columns that serve a field, in the order of the file. */
export function columnsOf(settings: TableSettings, field: FieldName): readonly string[] {
  let known = columnsBySettings.get(settings);
  if (known === undefined) {
    known = Map.groupBy(Object.keys(settings.columns), (column) => settings.columns[column]);
    columnsBySettings.set(settings, known);
  }
  return known.get(field) ?? [];
}

/** Asked for each field of each row: found once for each table. */
const columnsBySettings = new WeakMap<TableSettings, ReadonlyMap<unknown, readonly string[]>>();
