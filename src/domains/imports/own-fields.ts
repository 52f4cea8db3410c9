/** The fields of the territory's own that the columns of a table become, and what their cells hold. */
import { itemsOfCell, textOfCell, yesOfCell } from '../support/cells.ts';
import { labelOf, ownCode, type OwnField } from './stated.ts';
import type { ColumnLook, ImportTable } from './table.ts';
import { dayOf, numberOf } from './values.ts';

export interface NewField extends OwnField {
  readonly label: string;
}

export function ownFieldsOf(table: Pick<ImportTable, 'columns' | 'settings'>): Map<string, NewField> {
  return new Map(
    table.columns
      .filter(({ name }) => table.settings.columns[name] === 'extra')
      .map((column) => [
        column.name,
        { code: ownCode(column.name), label: labelOf(column.name).slice(0, 120), valueType: valueTypeOf(column) },
      ]),
  );
}

function valueTypeOf({ samples }: ColumnLook): OwnField['valueType'] {
  const cells = samples.filter((cell) => cell !== null && textOfCell(cell) !== '').map((cell) => cell ?? undefined);
  if (cells.some((cell) => typeof cell === 'object')) return 'list';
  const all = (test: (cell: string | readonly string[] | undefined) => boolean) =>
    cells.length > 0 && cells.every(test);
  if (all((cell) => typeof yesOfCell(cell) === 'boolean') && cells.some((cell) => !/^[01]$/u.test(textOfCell(cell))))
    return 'yes-no';
  if (all((cell) => typeof numberOf(cell) === 'number')) return 'number';
  if (all((cell) => dayOf(cell, 'Europe/Paris') instanceof Temporal.PlainDate)) return 'date';
  if (all((cell) => /^https?:\/\/\S+$/u.test(textOfCell(cell)))) return 'link';
  return all((cell) => itemsOfCell(cell).length > 1) ? 'list' : 'text';
}
