/**
 * What an entry in kind is worth: a dated valuation beside the entry, with its method and evidence. One fact gives four
 * readings: the association's accounts (IK-07), sponsorship (IK-01 to IK-04), in kind under the ERDF (IK-08), State aid (DM-19).
 *
 * Must always hold: a valuation never touches the cash book; classes 86 and 87 are equal and change no result; the newest
 * valuation of an entry is the one that counts, and older ones stay.
 */
import type { Id } from '../../lib/ids.ts';
import { aidOfHelp } from './aid-equivalent.ts';
import { findParameter } from './legal-parameters.ts';
import { isSponsorship, skillsCost, type ReceiverKind } from './in-kind.ts';

export type ValuationId = Id<'valuation'>;

export const VALUATION_METHODS = ['donor-cost', 'market-minus-paid', 'standard-rate'] as const;
export type ValuationMethod = (typeof VALUATION_METHODS)[number];

export interface Valuation {
  readonly method: ValuationMethod;
  readonly valuedOn: Temporal.PlainDate;
  /** What it costs the giver, for accounts and sponsorship. */
  readonly valueCents: bigint;
  /** What it costs on the market, and what the receiver paid: for ERDF and State aid. */
  readonly marketCents: bigint;
  readonly paidCents: bigint;
  readonly publicSharePerMillion: bigint;
  readonly receiver: ReceiverKind;
  readonly evidence: string;
}

export interface PastValuation extends Valuation {
  readonly id: string;
  readonly by: string | null;
  readonly recordedAt: Temporal.Instant;
}

export interface Readings {
  /** As the association that runs the programme writes it at the foot of its accounts, whoever received. */
  readonly accounts: { readonly uses86Cents: bigint; readonly resources87Cents: bigint; readonly resultCents: 0n };
  readonly sponsorshipCents: bigint;
  readonly erdfCents: bigint;
  readonly aidCents: bigint;
}

/** Whether the legal table has what its readings need on its day: a gift is capped by the ceiling of its year (IK-01). */
export function isReadable({ receiver, valuedOn }: Pick<Valuation, 'receiver' | 'valuedOn'>): boolean {
  return !isSponsorship(receiver) || findParameter('social-security-ceiling-year', valuedOn) !== undefined;
}

/** Four readings of one fact. */
export function readingsOf(valuation: Valuation): Readings {
  const { valueCents, marketCents, paidCents, publicSharePerMillion, receiver } = valuation;
  const given = valueCents;
  return {
    accounts: { uses86Cents: given, resources87Cents: given, resultCents: 0n },
    sponsorshipCents: isSponsorship(receiver) ? skillsCost(given, valuation.valuedOn) : 0n,
    // IK-08 (b): never above the usual market cost.
    erdfCents: given < marketCents ? given : marketCents,
    aidCents: receiver === 'startup' ? aidOfHelp({ marketCents, paidCents, publicSharePerMillion }) : 0n,
  };
}

export type ErdfObstacle = 'above-market' | 'not-verifiable';

/** IK-08 (a): at the end, public support, in kind included, is at most the eligible cost without what is in kind. */
export function erdfMayPay(operation: {
  readonly publicSupportCents: bigint;
  readonly eligibleCostCents: bigint;
  readonly inKindCents: bigint;
}): boolean {
  return operation.publicSupportCents <= operation.eligibleCostCents - operation.inKindCents;
}

/** IK-08 (b), (c): what stands against counting one contribution. */
export function erdfObstacle({ valueCents, marketCents, evidence }: Valuation): ErdfObstacle | undefined {
  if (valueCents > marketCents) return 'above-market';
  return evidence.trim() === '' ? 'not-verifiable' : undefined;
}

/** IK-08 (e): unpaid work is verified time at the pay of equivalent work; rounded down. */
export function unpaidWorkCents(verifiedMinutes: bigint, hourlyPayCents: bigint): bigint {
  return (verifiedMinutes * hourlyPayCents) / 60n;
}
