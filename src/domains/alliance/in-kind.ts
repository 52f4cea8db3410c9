/**
 * Gifts in kind as the law reads them: sponsorship in skills (IK-01 to IK-05), staff lent to a startup (IK-06), hours under
 * the ERDF (IK-09), and no hour counted twice by one funder (IK-10). It shows what follows, and files nothing.
 *
 * Must always hold: figures come from the legal table of the day; amounts are whole cents, rounded down where a donor would
 * gain by rounding; who received decides the regime.
 */
import { done, refused, type Result } from '../../lib/result.ts';
import { findParameter, parameterOn } from './legal-parameters.ts';

const MILLION = 1_000_000n;

/** IK-01: what an employee's gift is worth: cost, capped at a multiple of the social security ceiling of the year. */
export function skillsCost(costCents: bigint, day: Temporal.PlainDate): bigint {
  const cap = parameterOn('social-security-ceilings', day) * parameterOn('social-security-ceiling-year', day);
  return costCents < cap ? costCents : cap;
}

export interface Reduction {
  /** What counts this year, and what is carried to the years after. */
  readonly countedCents: bigint;
  readonly carriedCents: bigint;
  readonly carriedUntilYear: number;
  readonly reductionCents: bigint;
}

/** IK-02: what a donor's gifts of a year bring back, shown for information. */
export function taxReduction(giftCents: bigint, turnoverCents: bigint, day: Temporal.PlainDate): Reduction {
  const byTurnover = (turnoverCents * parameterOn('gift-cap-of-turnover-per-million', day)) / MILLION;
  const flat = parameterOn('gift-cap', day);
  const cap = flat > byTurnover ? flat : byTurnover;
  const countedCents = giftCents < cap ? giftCents : cap;
  const threshold = parameterOn('reduction-threshold', day);
  const low = countedCents < threshold ? countedCents : threshold;
  const rates = parameterOn('reduction-per-million', day) * low;
  const above = parameterOn('reduction-above-per-million', day) * (countedCents - low);
  return {
    countedCents,
    carriedCents: giftCents - countedCents,
    carriedUntilYear: day.year + Number(parameterOn('gift-carried-years', day)),
    reductionCents: (rates + above) / MILLION,
  };
}

export const RECEIVER_KINDS = ['general-interest-body', 'startup', 'other'] as const;
export type ReceiverKind = (typeof RECEIVER_KINDS)[number];

/** IK-03: only what an eligible general-interest body receives is sponsorship. */
export function isSponsorship(receiver: ReceiverKind): boolean {
  return receiver === 'general-interest-body';
}

export interface CounterpartMeter {
  readonly usedCents: bigint;
  readonly mostCents: bigint;
  /** `sale`: what comes back is worth what was given; VAT, no gift. */
  readonly reading: 'gift' | 'too-much' | 'sale';
}

/** IK-04: counterparts, valued by the receiver, against a quarter of the gift. */
export function counterpartMeter(
  giftCents: bigint,
  counterpartCents: bigint,
  day: Temporal.PlainDate,
): CounterpartMeter {
  const share = parameterOn('counterpart-per-million', day);
  const isWithin = counterpartCents * MILLION <= giftCents * share;
  return {
    usedCents: counterpartCents,
    mostCents: (giftCents * share) / MILLION,
    reading: isWithin ? 'gift' : counterpartCents >= giftCents ? 'sale' : 'too-much',
  };
}

export interface NamedDay {
  readonly person: string;
  readonly day: Temporal.PlainDate;
  readonly declaredBy: string;
  readonly giverApproval: string | null;
  readonly receiverApproval: string | null;
}

/** IK-05: a day counts when both sides validated it, two people, neither of them the one who declared it. */
export function isValidated({ declaredBy, giverApproval, receiverApproval }: NamedDay): boolean {
  if (giverApproval === null || receiverApproval === null) return false;
  return giverApproval !== receiverApproval && giverApproval !== declaredBy && receiverApproval !== declaredBy;
}

export interface Lending {
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
  readonly lenderEmployees: number;
  readonly borrowerEmployees: number;
  readonly borrowerFoundedOn: Temporal.PlainDate | null;
  readonly borrowerKind: ReceiverKind;
  readonly isWithinOneGroup: boolean;
  readonly purpose: string;
}

export type LendingRefusal = 'one-group' | 'no-purpose' | 'too-long' | 'bill-all-costs' | 'borrower-too-old-and-large';

/** IK-06: staff lent below cost. `bill-all-costs`: the lender is too small, salary, charges and costs are billed exactly. */
export function checkLending(lending: Lending): Result<void, LendingRefusal> {
  const { startsOn, endsOn, borrowerKind } = lending;
  const compare = Temporal.PlainDate.compare;
  if (lending.isWithinOneGroup) return refused('one-group');
  if (lending.purpose.trim() === '') return refused('no-purpose');
  const hasWiderRule =
    borrowerKind === 'general-interest-body' && findParameter('lending-years-general-interest', startsOn) !== undefined;
  const years = Number(parameterOn(hasWiderRule ? 'lending-years-general-interest' : 'lending-years', startsOn));
  if (compare(endsOn, startsOn.add({ years })) >= 0) return refused('too-long', { years });
  if (hasWiderRule) return done(undefined);
  if (BigInt(lending.lenderEmployees) < parameterOn('lender-employees', startsOn)) return refused('bill-all-costs');
  const oldest = startsOn.subtract({ years: Number(parameterOn('borrower-years', startsOn)) });
  const isYoung = lending.borrowerFoundedOn !== null && compare(lending.borrowerFoundedOn, oldest) > 0;
  const isSmall = BigInt(lending.borrowerEmployees) <= parameterOn('borrower-employees', startsOn);
  return isYoung || isSmall ? done(undefined) : refused('borrower-too-old-and-large');
}

/** IK-09: what declared hours cost, and whether a person's year holds them. `partTimePerMillion` of a full time. */
export function staffCost(work: {
  readonly yearlyCostCents: bigint;
  readonly partTimePerMillion: bigint;
  readonly declaredMinutes: bigint;
  readonly day: Temporal.PlainDate;
}): Result<bigint, 'too-many-hours'> {
  const yearMinutes = (parameterOn('staff-hours-year', work.day) * 60n * work.partTimePerMillion) / MILLION;
  if (work.declaredMinutes > yearMinutes) return refused('too-many-hours', { hours: Number(yearMinutes / 60n) });
  return yearMinutes === 0n ? done(0n) : done((work.yearlyCostCents * work.declaredMinutes) / yearMinutes);
}

export interface CountedWork {
  readonly person: string;
  readonly day: Temporal.PlainDate;
  readonly funder: string;
  readonly report: string;
  readonly minutes: number;
}

export interface DoubleFunding {
  readonly person: string;
  readonly day: Temporal.PlainDate;
  readonly reports: readonly string[];
}

/** IK-10: the person-days that one funder would count twice, a hard stop. Shown in reports of several funders they may be. */
export function doubleFunding(work: readonly CountedWork[]): readonly DoubleFunding[] {
  const byPersonDay = Map.groupBy(work, ({ person, day, funder }) => JSON.stringify([person, day.toString(), funder]));
  return [...byPersonDay.values()].flatMap((lines) => {
    const reports = [...new Set(lines.map(({ report }) => report))].toSorted();
    const [first] = lines;
    return first !== undefined && reports.length > 1 ? [{ person: first.person, day: first.day, reports }] : [];
  });
}
