/**
 * A movement: one sum that the bank says came to one of the accelerator's accounts, or left it.
 *
 * Must always hold: a file is taken whole or not at all, each fault with its row, its field and its reason; what a
 * movement is known by holds all that the bank says of it, so that the same one brought twice is the same one, and two
 * that look alike on one day stay two.
 */
import { refused, type Refused } from '../../../lib/result.ts';

export interface ReadMovement {
  /** Its line in the file. */
  readonly row: number;
  readonly bookedOn: Temporal.PlainDate;
  readonly valueOn: Temporal.PlainDate | null;
  /** Above zero: it came. */
  readonly cents: bigint;
  readonly counterparty: string;
  readonly counterpartyIban: string;
  readonly endToEndId: string;
  readonly remittance: string;
  readonly bankReference: string;
  readonly isReversal: boolean;
}

export interface ReadStatement {
  /** Null where the file does not say whose account it is. */
  readonly iban: string | null;
  readonly row: number;
  readonly movements: readonly ReadMovement[];
}

export interface StatementFile {
  readonly format: 'camt.053' | 'csv';
  readonly statements: readonly ReadStatement[];
}

export const FAULTS = [
  'missing',
  'not-an-amount',
  'too-many-decimals',
  'both-sides',
  'not-a-date',
  'impossible-date',
  'day-in-future',
  'year-closed',
  'not-euro',
  'not-an-iban',
  'unknown-iban',
  'too-large',
] as const;

/** What is wrong in one field of one row. */
export interface Fault {
  readonly row: number;
  /** As the file names it. */
  readonly field: string;
  readonly reason: (typeof FAULTS)[number];
}

export type FileRefusal =
  | 'file-empty'
  | 'file-too-large'
  | 'not-a-statement'
  | 'not-xml'
  | 'has-doctype'
  | 'no-columns'
  | 'no-movements'
  | 'too-many-movements';

/** A file that is refused for its rows names them. */
export type RefusedFile = Refused<FileRefusal> | (Refused<'faulty'> & { readonly faults: readonly Fault[] });

export const MAX_STATEMENT_BYTES = 10 * 1024 * 1024;
export const MAX_MOVEMENTS = 20_000;
const LARGEST_CENTS = 100_000_000_000n;

export function faulty(faults: readonly Fault[]): RefusedFile {
  return { ...refused('faulty', { count: faults.length }), faults };
}

/** Collects the faults of a file while it is read. */
export function faultList() {
  const faults: Fault[] = [];
  return {
    faults,
    add(row: number, field: string, reason: Fault['reason']): undefined {
      faults.push({ row, field, reason });
    },
  };
}
export type FaultList = ReturnType<typeof faultList>;

export function isTooLarge(cents: bigint): boolean {
  return cents > LARGEST_CENTS || cents < -LARGEST_CENTS;
}

/** What each movement is known by, in the order given; to be digested. */
export function identitiesOf(movements: readonly ReadMovement[]): string[] {
  const seen = new Map<string, number>();
  return movements.map((movement) => {
    const said = JSON.stringify([
      movement.bookedOn.toString(),
      movement.valueOn?.toString() ?? '',
      String(movement.cents),
      movement.counterparty,
      movement.counterpartyIban,
      movement.endToEndId,
      movement.remittance,
      movement.bankReference,
    ]);
    const nth = (seen.get(said) ?? 0) + 1;
    seen.set(said, nth);
    return `${nth} ${said}`;
  });
}

export type MovementStanding = 'open' | 'booked' | 'set-aside' | 'outgoing';
export const MOVEMENT_STANDINGS = ['open', 'booked', 'set-aside', 'outgoing'] as const;

export interface MovementFacts {
  readonly amountCents: bigint;
  /** Payments that stand. */
  readonly bookedCents: bigint;
  readonly setAsideReason: string | null;
}

/** Nothing of what left the account is booked here: expenses are recorded on their own page. */
export function standingOfMovement({ amountCents, bookedCents, setAsideReason }: MovementFacts): MovementStanding {
  if (amountCents < 0n) return 'outgoing';
  if (bookedCents >= amountCents) return 'booked';
  return setAsideReason === null ? 'open' : 'set-aside';
}

export function leftOf({ amountCents, bookedCents }: MovementFacts): bigint {
  return amountCents > bookedCents ? amountCents - bookedCents : 0n;
}
