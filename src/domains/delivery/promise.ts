/**
 * What a partner promised in kind in a year, beside what was asked of it and what it delivered.
 *
 * Must always hold: kinds of help count for the family that promises them, in its unit; a kind that counts in another unit,
 * or that no family names, counts for none; what is left is never below nothing, whatever was given beyond the promise.
 */
import type { LedgerUnit } from '../../lib/quantity.ts';
import { COMMITMENT_FAMILIES, COMMITMENT_UNITS, type CommitmentFamily } from '../alliance/agreement.ts';

/** Kinds that a territory adds itself are of no family until one is named here. */
const FAMILY_OF_KIND: Readonly<Record<string, CommitmentFamily>> = {
  expertise: 'expertise',
  international: 'expertise',
  'financing-files': 'expertise',
  legal: 'legal',
  'commercial-development': 'commercial',
  'commercial-structuring': 'commercial',
  visibility: 'commercial',
  'market-access': 'market-access',
  network: 'market-access',
  desk: 'desks',
  'test-ground': 'test-grounds',
};

export interface PromiseLine {
  readonly family: CommitmentFamily;
  readonly unit: LedgerUnit;
  readonly promised: bigint;
  /** Matches proposed or accepted. */
  readonly asked: bigint;
  readonly delivered: bigint;
  readonly left: bigint;
}

interface GivenLine {
  readonly kindCode: string;
  readonly unit: LedgerUnit;
  readonly matched: bigint;
  readonly booked: bigint;
}

/** One line a family that was promised, asked or given. */
export function promiseLines(
  promised: readonly { readonly family: CommitmentFamily; readonly amount: bigint }[],
  given: readonly GivenLine[],
): PromiseLine[] {
  return COMMITMENT_FAMILIES.flatMap((family) => {
    const unit = COMMITMENT_UNITS[family];
    const own = given.filter((line) => FAMILY_OF_KIND[line.kindCode] === family && line.unit === unit);
    const amount = sum(promised.filter((line) => line.family === family).map((line) => line.amount));
    const asked = sum(own.map(({ matched }) => matched));
    const delivered = sum(own.map(({ booked }) => booked));
    if (amount === 0n && asked === 0n && delivered === 0n) return [];
    const left = amount > delivered ? amount - delivered : 0n;
    return [{ family, unit, promised: amount, asked, delivered, left }];
  });
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n);
}
