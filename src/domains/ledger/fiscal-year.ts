/**
 * Fiscal years: periods of whole days that do not overlap, open until the team closes them, closed for good.
 *
 * Must always hold: a year lasts at most 24 months (a first or changed year may be long or short); it is closed after its
 * last day, when every earlier year is closed and the chain holds all that was posted.
 */
import { done, refused, type Result } from '../../lib/result.ts';

export interface FiscalYear {
  /** `2026`, or `2025-2026` when it is not a civil year. */
  readonly code: string;
  readonly startsOn: Temporal.PlainDate;
  /** Its last day. */
  readonly endsOn: Temporal.PlainDate;
  readonly state: 'open' | 'closed';
  readonly closedAt: Temporal.Instant | null;
  readonly closedHash: string | null;
}

export const LONGEST_YEAR_MONTHS = 24;

export type OpenYearRefusal = 'ends-before-it-starts' | 'too-long' | 'overlaps';
export type CloseYearRefusal = 'already-closed' | 'not-ended' | 'earlier-open';

/** The code of a period: its civil year, or both years that it touches. */
export function yearCode({ startsOn, endsOn }: Pick<FiscalYear, 'startsOn' | 'endsOn'>): string {
  return startsOn.year === endsOn.year ? pad(endsOn.year) : `${pad(startsOn.year)}-${pad(endsOn.year)}`;
}

export function checkPeriod(
  period: Pick<FiscalYear, 'startsOn' | 'endsOn'>,
  others: readonly FiscalYear[],
): Result<{ code: string }, OpenYearRefusal> {
  const { startsOn, endsOn } = period;
  const compare = Temporal.PlainDate.compare;
  if (compare(endsOn, startsOn) <= 0) return refused('ends-before-it-starts');
  if (compare(endsOn, startsOn.add({ months: LONGEST_YEAR_MONTHS })) >= 0) return refused('too-long');
  const overlapping = others.find(
    (other) => compare(other.startsOn, endsOn) <= 0 && compare(startsOn, other.endsOn) <= 0,
  );
  const twin = others.find((other) => other.code === yearCode(period));
  const other = overlapping ?? twin;
  return other === undefined ? done({ code: yearCode(period) }) : refused('overlaps', { year: other.code });
}

export function checkClosable(
  year: FiscalYear,
  all: readonly FiscalYear[],
  today: Temporal.PlainDate,
): Result<void, CloseYearRefusal> {
  const compare = Temporal.PlainDate.compare;
  if (year.state === 'closed') return refused('already-closed');
  if (compare(today, year.endsOn) <= 0) return refused('not-ended', { day: year.endsOn.add({ days: 1 }).toString() });
  const earlier = all.find((other) => other.state === 'open' && compare(other.startsOn, year.startsOn) < 0);
  return earlier === undefined ? done(undefined) : refused('earlier-open', { year: earlier.code });
}

function pad(year: number): string {
  return String(year).padStart(4, '0');
}
