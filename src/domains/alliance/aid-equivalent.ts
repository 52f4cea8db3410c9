/**
 * How much aid something is (DM-06, DM-13, DM-18, DM-19): gross, discounted to the day of the grant, or as an equivalent.
 *
 * Must always hold: whole cents, rounded up, so that rounding never makes room; what the shortcut for loans and guarantees
 * does not cover is refused and goes to an expert, never estimated.
 */
import { assert } from '../../lib/assert.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { Instrument } from './aid.ts';
import { findParameter, parameterOn } from './legal-parameters.ts';

const MILLION = 1_000_000n;

export interface Instalment {
  readonly day: Temporal.PlainDate;
  readonly cents: bigint;
}

/** The rate at which instalments are discounted: base rate and margin of the day of the grant; undefined when not in the table. */
export function discountRateOn(day: Temporal.PlainDate): bigint | undefined {
  const base = findParameter('discount-base-rate-per-million', day);
  const margin = findParameter('discount-margin-per-million', day);
  return base === undefined || margin === undefined ? undefined : base.value + margin.value;
}

/**
 * DM-06: what instalments are worth on the day of the grant. Whole years compound, the days that remain count in simple
 * interest of 365ths; what is paid on that day or before counts whole.
 */
export function discountedCents(
  instalments: readonly Instalment[],
  grantedOn: Temporal.PlainDate,
  ratePerMillion: bigint,
): bigint {
  return instalments.reduce((sum, instalment) => sum + presentCents(instalment, grantedOn, ratePerMillion), 0n);
}

function presentCents({ day, cents }: Instalment, grantedOn: Temporal.PlainDate, rate: bigint): bigint {
  assert(cents >= 0n && rate > -MILLION, 'instalments and rates are amounts');
  if (Temporal.PlainDate.compare(day, grantedOn) <= 0) return cents;
  const { years } = grantedOn.until(day, { largestUnit: 'year' });
  const { days } = grantedOn.add({ years }).until(day, { largestUnit: 'day' });
  const top = MILLION ** BigInt(years) * 365n * MILLION;
  const bottom = (MILLION + rate) ** BigInt(years) * (365n * MILLION + rate * BigInt(days));
  return dividedUp(cents * top, bottom);
}

export interface Loan {
  readonly kind: 'loan' | 'guarantee';
  readonly cents: bigint;
  readonly months: number;
  /** Of a loan: the part secured by collateral. Of a guarantee: the part of the loan that it covers. */
  readonly sharePerMillion: bigint;
  readonly grantedOn: Temporal.PlainDate;
}

/** DM-13: the equivalent of a loan or guarantee that the shortcut covers, in proportion to amount and length. */
export function shortcutEquivalent(loan: Loan): Result<bigint, 'ask-an-expert'> {
  const { kind, cents, months, sharePerMillion, grantedOn: day } = loan;
  const isLong = months > 60;
  const most = findParameter(isLong ? `${kind}-cents-10-years` : `${kind}-cents-5-years`, day)?.value;
  const ceiling = findParameter('ceiling-general', day)?.value;
  if (most === undefined || ceiling === undefined || cents <= 0n || cents > most) return refused('ask-an-expert');
  if (months < 1 || months > 120) return refused('ask-an-expert');
  const isCovered =
    kind === 'loan'
      ? sharePerMillion >= parameterOn('loan-secured-per-million', day)
      : sharePerMillion <= parameterOn('guarantee-share-per-million', day);
  if (!isCovered) return refused('ask-an-expert');
  return done(dividedUp(ceiling * cents * BigInt(months), most * (isLong ? 120n : 60n)));
}

export interface Stated {
  readonly instrument: Instrument;
  /** What is granted, lent or covered. */
  readonly amountCents: bigint;
  readonly months: number | undefined;
  readonly sharePerMillion: bigint | undefined;
  readonly grantedOn: Temporal.PlainDate;
}

/** What counts of an amount: loans and guarantees by the shortcut, everything else as it is (DM-06, DM-13). */
export function grossEquivalent(stated: Stated): Result<bigint, 'ask-an-expert' | 'terms-missing'> {
  const { instrument, amountCents, months, sharePerMillion, grantedOn } = stated;
  if (instrument !== 'loan' && instrument !== 'guarantee') return done(amountCents);
  if (months === undefined || sharePerMillion === undefined) return refused('terms-missing');
  return shortcutEquivalent({ kind: instrument, cents: amountCents, months, sharePerMillion, grantedOn });
}

/** DM-18: a scheme that announced a maximum records it, whatever was consumed, until a lower figure is decided. */
export function schemeCents(scheme: {
  readonly maximumCents: bigint;
  readonly consumedCents: bigint;
  readonly decidedCents: bigint | null;
}): bigint {
  return scheme.decidedCents ?? scheme.maximumCents;
}

export interface Help {
  readonly marketCents: bigint;
  readonly paidCents: bigint;
  /** What public bodies pay of it, or steer of a private gift: parts of a million. */
  readonly publicSharePerMillion: bigint;
}

/** DM-19: help under its market price is aid for the public share of the difference. */
export function aidOfHelp({ marketCents, paidCents, publicSharePerMillion }: Help): bigint {
  assert(publicSharePerMillion >= 0n && publicSharePerMillion <= MILLION, 'a share lies between nothing and all');
  const advantage = marketCents - paidCents;
  return advantage <= 0n ? 0n : dividedUp(advantage * publicSharePerMillion, MILLION);
}

/** DM-12: aids for the same cost keep the intensity of the higher regime. */
export function keepsIntensity(
  aidCents: readonly bigint[],
  costCents: bigint,
  highestIntensityPerMillion: bigint,
): boolean {
  return aidCents.reduce((sum, cents) => sum + cents, 0n) * MILLION <= costCents * highestIntensityPerMillion;
}

function dividedUp(top: bigint, bottom: bigint): bigint {
  return (top + bottom - 1n) / bottom;
}
