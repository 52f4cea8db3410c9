/**
 * What the law fixes by date for State aid and help in kind: ceilings, thresholds, deadlines. One table, with the source of
 * each figure and the days on which it holds; no rule of this domain has such a figure in its code.
 *
 * Must always hold: of one parameter at most one figure holds on a day; a figure says whether it was read in a public
 * source (`read`), is general knowledge to be checked (`known`), or is our reading for a legal adviser (`reading`).
 * A change of the law is a new line; the old one gets its last day and stays, since aid is judged by the day it was granted.
 */
import { assert } from '../../lib/assert.ts';
import { LEGAL_TABLE, type LegalParameter } from './legal-table.ts';

export type ParameterCode = (typeof LEGAL_TABLE)[number]['code'];

/** The figure in force on a day, or undefined when the table has none. */
export function findParameter(
  code: ParameterCode,
  day: Temporal.PlainDate,
  table: readonly LegalParameter[] = LEGAL_TABLE,
): LegalParameter | undefined {
  return table.find((line) => line.code === code && holdsOn(line, day));
}

/** The same, for figures without which a rule cannot be applied: their absence on a day is a bug of the table. */
export function parameterOn(
  code: ParameterCode,
  day: Temporal.PlainDate,
  table: readonly LegalParameter[] = LEGAL_TABLE,
): bigint {
  const line = findParameter(code, day, table);
  assert(line !== undefined, `the legal table has a figure for ${code} on ${day.toString()}`);
  return line.value;
}

export function holdsOn(line: Pick<LegalParameter, 'from' | 'until'>, day: Temporal.PlainDate): boolean {
  const compare = Temporal.PlainDate.compare;
  return compare(day, line.from) >= 0 && (line.until === null || compare(day, line.until) <= 0);
}
