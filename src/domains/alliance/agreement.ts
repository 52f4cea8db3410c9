/**
 * An agreement between an organisation and the territory: who pays what when, and who promises what in kind.
 *
 * Must always hold: one row is one signed text and never changes once signed; an amendment is another text that names
 * the one before, and replaces it when it is signed; a text says nothing of years that it does not cover; each family of
 * help counts in one unit of the books. A yearly amount is the sum of its instalments, so that the two cannot differ.
 */
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { AccountRef } from '../ledger/account.ts';
import { feesDueFrom, feesOf, grantsDueFrom, grantsOf } from '../ledger/account.ts';

export type AgreementId = Id<'agreement'>;
export type InstalmentId = Id<'instalment'>;

export const AGREEMENT_KINDS = ['partner', 'public-funder'] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

export const AGREEMENT_STATES = ['draft', 'signed', 'superseded', 'ended'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

/** What may be promised in kind, and the unit in which each is counted and booked. */
export const COMMITMENT_UNITS = {
  expertise: 'minute',
  'market-access': 'introduction',
  legal: 'minute',
  commercial: 'minute',
  desks: 'desk-day',
  'test-grounds': 'test-ground-day',
  staff: 'minute',
} as const satisfies Record<string, Exclude<LedgerUnit, 'eur-cent'>>;
export type CommitmentFamily = keyof typeof COMMITMENT_UNITS;
export const COMMITMENT_FAMILIES = Object.keys(COMMITMENT_UNITS) as readonly CommitmentFamily[] as readonly [
  CommitmentFamily,
  ...CommitmentFamily[],
];

export interface Period {
  readonly startsOn: Temporal.PlainDate;
  /** Its last day. */
  readonly endsOn: Temporal.PlainDate;
}

export interface Commitment {
  readonly year: number;
  readonly family: CommitmentFamily;
  /** Whole units of the family's book. */
  readonly amount: bigint;
}

/** One line of a schedule, as it is written before it is called. */
export interface DueLine {
  readonly year: number;
  readonly dueOn: Temporal.PlainDate;
  readonly amountCents: bigint;
  readonly condition: string;
}

export const LONGEST_AGREEMENT_YEARS = 20;
/** Money may be due a while before or after the years that it is for. */
const DUE_MARGIN_YEARS = 2;

export type TermsRefusal = 'year-outside' | 'due-outside';

/** The civil years that a period touches. */
export function yearsOf({ startsOn, endsOn }: Period): number[] {
  return Array.from({ length: endsOn.year - startsOn.year + 1 }, (_, index) => startsOn.year + index);
}

export function isPeriodSound({ startsOn, endsOn }: Period): boolean {
  const compare = Temporal.PlainDate.compare;
  return compare(startsOn, endsOn) <= 0 && compare(endsOn, startsOn.add({ years: LONGEST_AGREEMENT_YEARS })) < 0;
}

/** The lines of a schedule: the one written, or the same day of every year of the agreement from that one on. */
export function scheduleOf(period: Period, line: DueLine, everyYear: boolean): Result<DueLine[], TermsRefusal> {
  const years = yearsOf(period).filter((year) => (everyYear ? year >= line.year : year === line.year));
  if (!yearsOf(period).includes(line.year)) return refused('year-outside', yearFacts(period));
  const lines = years.map((year) => ({ ...line, year, dueOn: line.dueOn.add({ years: year - line.year }) }));
  const compare = Temporal.PlainDate.compare;
  const isNear = ({ dueOn }: DueLine) =>
    compare(dueOn, period.startsOn.subtract({ years: DUE_MARGIN_YEARS })) >= 0 &&
    compare(dueOn, period.endsOn.add({ years: DUE_MARGIN_YEARS })) <= 0;
  return lines.every(isNear) ? done(lines) : refused('due-outside', yearFacts(period));
}

/** The same promise, in the year written or in every year of the agreement from that one on. */
export function commitmentsOf(
  period: Period,
  commitment: Commitment,
  everyYear: boolean,
): Result<Commitment[], TermsRefusal> {
  const years = yearsOf(period);
  if (!years.includes(commitment.year)) return refused('year-outside', yearFacts(period));
  const chosen = everyYear ? years.filter((year) => year >= commitment.year) : [commitment.year];
  return done(chosen.map((year) => ({ ...commitment, year })));
}

export interface SigningFacts {
  readonly state: AgreementState;
  readonly signedOn: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly lines: number;
  /** The day on which the text before was signed, for an amendment. */
  readonly formerSignedOn: Temporal.PlainDate | null;
}

export type SigningRefusal = 'not-a-draft' | 'signed-in-future' | 'nothing-promised' | 'signed-before-former';

export function checkSigning(facts: SigningFacts): Result<void, SigningRefusal> {
  const compare = Temporal.PlainDate.compare;
  if (facts.state !== 'draft') return refused('not-a-draft');
  if (compare(facts.signedOn, facts.today) > 0) return refused('signed-in-future');
  if (facts.formerSignedOn !== null && compare(facts.signedOn, facts.formerSignedOn) < 0)
    return refused('signed-before-former');
  return facts.lines === 0 ? refused('nothing-promised') : done(undefined);
}

/** Where money of an agreement is awaited and where it is income. */
export function cashAccounts(
  kind: AgreementKind,
  organisationId: OrganisationId,
): { readonly due: AccountRef; readonly income: AccountRef } {
  return kind === 'partner'
    ? { due: feesDueFrom(organisationId), income: feesOf(organisationId) }
    : { due: grantsDueFrom(organisationId), income: grantsOf(organisationId) };
}

function yearFacts(period: Period) {
  return { first: String(period.startsOn.year), last: String(period.endsOn.year) };
}

/** The day of its reminder has come, and it is in force. */
export function isToRenew(
  { state, renewalOn }: { readonly state: AgreementState; readonly renewalOn: Temporal.PlainDate | null },
  today: Temporal.PlainDate,
): boolean {
  return state === 'signed' && renewalOn !== null && Temporal.PlainDate.compare(renewalOn, today) <= 0;
}
