/**
 * Which called payments may a movement be about? Advice with its reasons: a person decides.
 *
 * Must always hold: a suggestion names at least one reason; what it proposes never passes what came nor what is awaited;
 * the same facts give the same order.
 */
import type { OrganisationId } from '../../../lib/ids.ts';
import type { InstalmentId } from '../agreement.ts';
import { plainWords } from './plain-text.ts';

export const MATCH_REASONS = ['reference', 'iban', 'name', 'amount', 'whole', 'date'] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

export interface MovementToMatch {
  readonly leftCents: bigint;
  readonly bookedOn: Temporal.PlainDate;
  readonly counterparty: string;
  readonly counterpartyIban: string;
  readonly endToEndId: string;
  readonly remittance: string;
}

export interface OpenReceivable {
  readonly id: InstalmentId;
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly reference: string;
  readonly dueOn: Temporal.PlainDate;
  readonly awaitedCents: bigint;
  /** Accounts from which this organisation paid before. */
  readonly knownIbans: readonly string[];
}

export interface Suggestion {
  readonly id: InstalmentId;
  readonly reasons: readonly MatchReason[];
  readonly score: number;
  /** What of the movement would be booked on it. */
  readonly proposedCents: bigint;
}

const WEIGHTS: Readonly<Record<MatchReason, number>> = { reference: 8, iban: 6, name: 4, whole: 3, amount: 3, date: 1 };
const MOST = 8;
const NEAR_DAYS = 45;

/** The likeliest first, at most eight. */
export function suggestMatches(movement: MovementToMatch, open: readonly OpenReceivable[]): Suggestion[] {
  const sums = new Map<OrganisationId, bigint>();
  for (const { organisationId, awaitedCents } of open)
    sums.set(organisationId, (sums.get(organisationId) ?? 0n) + awaitedCents);
  const found = open
    .map((receivable) => ({ receivable, reasons: reasonsOf(movement, receivable, sums) }))
    // A day alone says nothing.
    .filter(({ reasons }) => reasons.some((reason) => reason !== 'date'))
    .map(({ receivable, reasons }) => ({
      receivable,
      reasons,
      score: reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0),
    }))
    .toSorted((a, b) => b.score - a.score || byDay(a.receivable, b.receivable))
    .slice(0, MOST);
  return proposed(movement.leftCents, found);
}

interface Found {
  readonly receivable: OpenReceivable;
  readonly reasons: readonly MatchReason[];
  readonly score: number;
}

/** The first takes what it awaits; the next take what is left, if they are of the same organisation. */
function proposed(leftCents: bigint, found: readonly Found[]): Suggestion[] {
  let left = leftCents;
  const payer = found[0]?.receivable.organisationId;
  const isSure = (found[0]?.score ?? 0) > WEIGHTS.amount + WEIGHTS.date;
  return found.map(({ receivable, reasons, score }) => {
    const most = receivable.awaitedCents < left ? receivable.awaitedCents : left;
    const proposedCents = isSure && receivable.organisationId === payer ? most : 0n;
    left -= proposedCents;
    return { id: receivable.id, reasons, score, proposedCents };
  });
}

function reasonsOf(
  movement: MovementToMatch,
  receivable: OpenReceivable,
  sums: ReadonlyMap<OrganisationId, bigint>,
): MatchReason[] {
  const reasons: MatchReason[] = [];
  const written = compact(`${movement.remittance} ${movement.endToEndId}`);
  const reference = compact(receivable.reference);
  if (reference.length >= 4 && written.includes(reference)) reasons.push('reference');
  if (movement.counterpartyIban !== '' && receivable.knownIbans.includes(movement.counterpartyIban))
    reasons.push('iban');
  if (isNamed(receivable.organisationName, `${movement.counterparty} ${movement.remittance}`)) reasons.push('name');
  if (movement.leftCents === receivable.awaitedCents) reasons.push('amount');
  else if (movement.leftCents === sums.get(receivable.organisationId)) reasons.push('whole');
  const days = Math.abs(receivable.dueOn.until(movement.bookedOn, { largestUnit: 'days' }).days);
  if (days <= NEAR_DAYS) reasons.push('date');
  return reasons;
}

/** Every word of the name of three letters or more, or the whole of a shorter name, stands in what the bank wrote. */
function isNamed(name: string, written: string): boolean {
  const have = new Set(wordsOf(written));
  const words = wordsOf(name);
  const long = words.filter((word) => word.length >= 3 && !EMPTY_WORDS.has(word));
  const wanted = long.length > 0 ? long : words;
  return wanted.length > 0 && wanted.every((word) => have.has(word));
}

const EMPTY_WORDS = new Set(['les', 'des', 'the', 'and', 'sas', 'sarl', 'group', 'groupe', 'france']);

function wordsOf(text: string): string[] {
  return plainWords(text)
    .split(' ')
    .filter((word) => word !== '');
}

function compact(text: string): string {
  return plainWords(text).replaceAll(' ', '');
}

function byDay(a: OpenReceivable, b: OpenReceivable): number {
  return Temporal.PlainDate.compare(a.dueOn, b.dueOn) || (a.id < b.id ? -1 : 1);
}
