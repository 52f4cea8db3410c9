/**
 * `--budget`: euros that each need may use up, and what a unit of each offer, or of each pair, uses of them.
 *
 * Must always hold: amounts are whole cents, exactly as written; an empty budget sets no limit, an empty value costs
 * nothing; a cell that is no amount is a fault with its row, never a guess.
 */
import { OperatorError } from '../../src/lib/operator-error.ts';
import { GREATEST_VALUE } from '../../src/algorithms/flow/side-constraints.ts';
import { textOfCell } from '../../src/domains/support/cells.ts';
import type { WrittenLimits } from '../../src/domains/matching/limits.ts';
import { decimalOf } from './cell-numbers.ts';
import { collectFaults, type InputTable } from './input-table.ts';
import type { PairList } from './pair-list.ts';
import { namesOf } from './party-columns.ts';
import { printable } from './terminal.ts';

const BUDGET = 'budget';
const VALUE = 'value|valeur';

export interface BudgetTables {
  readonly needs: InputTable;
  readonly offers: InputTable;
  readonly pairs: InputTable | undefined;
}

/** The pairs of `list` follow the rows of PAIRS where there is one. */
export function readBudgets(
  { needs, offers, pairs }: BudgetTables,
  list: Pick<PairList, 'pairs'>,
): NonNullable<WrittenLimits['budgets']> {
  const budgets = centsOf(needs, BUDGET);
  if (budgets === undefined) throw new OperatorError(`--budget: ${needs.file} has no column “budget”, in euros.`);
  const ofPairs = pairs && centsOf(pairs, VALUE);
  const ofOffers = ofPairs === undefined ? centsOf(offers, VALUE) : undefined;
  if (ofPairs === undefined && ofOffers === undefined)
    throw new OperatorError(
      `--budget: ${offers.file}${pairs ? ` and ${pairs.file} have` : ' has'} no column “value”, in euros a unit.`,
    );
  const limit: number[] = [];
  const ofNeed = budgets.map((cents) => (cents === null ? -1 : limit.push(cents) - 1));
  const value = Array.from(list.pairs.offer, (offer, a) => ofPairs?.[a] ?? ofOffers?.[offer] ?? 0);
  return { limit, ofNeed, value };
}

/** Row by row, null where the cell is empty; undefined without such a column. */
function centsOf(table: InputTable, names: string): (number | null)[] | undefined {
  const [place] = namesOf(names, table);
  if (place === undefined) return undefined;
  const most = names === BUDGET ? GREATEST_VALUE : GREATEST_VALUE / 2 ** 14;
  const faults = collectFaults();
  const cents = table.rows.map((row) => {
    const text = textOfCell(row.cells[place] ?? '').replaceAll(/[€\s\u00a0\u202f]/gu, '');
    if (text === '') return null;
    const amount = decimalOf(text);
    const whole = amount === undefined ? -1 : Math.round(amount.value * 100);
    if (amount !== undefined && amount.decimals <= 2 && whole >= 0 && whole <= most) return whole;
    const column = printable(table.columns[place] ?? '', 40);
    const where = `${table.file}, ${table.placeOf(row.number)}, ${column}`;
    faults.add(`${where}: “${printable(text, 40)}” is no amount in euros from 0 to ${most / 100}.`);
    return null;
  });
  faults.throwAny();
  return cents;
}
