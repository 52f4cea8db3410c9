/**
 * The chain that seals the books: what an entry, and a block of entries, are reduced to.
 *
 * Must always hold: the hash of an entry covers all that it says (day, cause, author, memo, programme, every transfer)
 * and nothing that may lawfully change, such as the name of its author (GD-03) or of an organisation; the hash of a
 * block covers its place, the block before it and its entries in their order. So whoever knows the last hash knows
 * whether any entry before it was changed, added or taken away, on any machine that holds a copy of the books.
 *
 * Both are the SHA-256, in hexadecimal, of a JSON list of texts: no two different contents write the same list.
 */
import type { PersonId, TerritoryId } from '../../lib/ids.ts';
import type { AccountId, CauseKind, EntryId } from './entry.ts';

/** The block before the first. */
export const GENESIS = '0'.repeat(64);

export interface SealableEntry {
  readonly id: EntryId;
  readonly key: string;
  readonly occurredOn: Temporal.PlainDate;
  readonly postedAt: Temporal.Instant;
  readonly causeKind: CauseKind;
  readonly causeId: string;
  readonly authorId: PersonId | null;
  readonly memo: string;
  readonly programmeCode: string | null;
  readonly reversesId: EntryId | null;
  readonly transfers: readonly SealableTransfer[];
}

export interface SealableTransfer {
  readonly position: number;
  readonly debit: string;
  readonly debitAccountId: AccountId;
  readonly credit: string;
  readonly creditAccountId: AccountId;
  readonly unit: string;
  readonly amount: bigint;
}

export interface BlockContent {
  readonly height: number;
  readonly previousHash: string;
  readonly sealedAt: Temporal.Instant;
  /** Hashes of its entries, in their order. */
  readonly entries: readonly string[];
}

/** Answers the hash of a text; given, so that this file reads no library. */
export type Digest = (text: string) => string;

export function entryHash(territoryId: TerritoryId, entry: SealableEntry, digest: Digest): string {
  const transfers = entry.transfers
    .toSorted((a, b) => a.position - b.position)
    .map(({ position, debit, credit, unit, amount }) => [String(position), debit, credit, unit, String(amount)]);
  return digest(
    JSON.stringify([
      'terreau-entry 1',
      territoryId,
      entry.id,
      entry.key,
      entry.occurredOn.toString(),
      instantText(entry.postedAt),
      entry.causeKind,
      entry.causeId,
      entry.authorId ?? '',
      entry.memo,
      entry.programmeCode ?? '',
      entry.reversesId ?? '',
      transfers,
    ]),
  );
}

export function blockHash(territoryId: TerritoryId, block: BlockContent, digest: Digest): string {
  const { height, previousHash, sealedAt, entries } = block;
  return digest(
    JSON.stringify(['terreau-block 1', territoryId, String(height), previousHash, instantText(sealedAt), entries]),
  );
}

/** As PostgreSQL keeps it: microseconds. */
function instantText(instant: Temporal.Instant): string {
  return instant.round({ smallestUnit: 'microsecond', roundingMode: 'floor' }).toString({ fractionalSecondDigits: 6 });
}
