/** How the screen of columns sends what a person corrected: one field for each table and column. */
import type { FieldValue } from '../../lib/form-state.ts';
import { PARTS, type Part } from '../territory/organisation.ts';
import { proposeFor, proposeReferences } from './propose.ts';
import type { ImportTable, TableSettings, Target } from './table.ts';
import { fieldsOf, SUBJECTS, type Subject } from './table-fields.ts';

export const subjectField = (table: number) => `subject-${table}`;
export const partField = (table: number) => `part-${table}`;
export const columnField = (table: number, column: number) => `column-${table}-${column}`;

/** What was sent over what was known; another subject makes a proposal of its own. */
export function settingsIn(
  values: Readonly<Record<string, FieldValue>>,
  table: ImportTable,
  tables: readonly ImportTable[],
): TableSettings {
  const known = table.settings;
  const subject = oneOf<Subject>(SUBJECTS, values[subjectField(table.position)], known.subject);
  const part = oneOf<Part>(PARTS, values[partField(table.position)], known.part);
  if (subject !== known.subject) return { ...proposeFor(table, subject, tables), part };
  const allowed = new Set<string>([...fieldsOf(subject), 'extra', '']);
  const columns = Object.fromEntries(
    table.columns.flatMap(({ name }, place) => {
      const sent = values[columnField(table.position, place)];
      const target = typeof sent === 'string' && allowed.has(sent) ? (sent as Target) : (known.columns[name] ?? '');
      return target === '' ? [] : [[name, target] as const];
    }),
  );
  return { subject, part, columns, references: proposeReferences(table, columns, tables) };
}

function oneOf<Value extends string>(all: readonly Value[], sent: FieldValue | undefined, known: Value): Value {
  return all.find((value) => value === sent) ?? known;
}
