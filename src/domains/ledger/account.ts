/**
 * The chart of accounts: which families exist, what each counts, who owns it, and its natural side.
 *
 * Must always hold: an account's code is its family, followed by `:` and the organisation when the
 * family belongs to one; cash families count euro cents and nothing else does, so that what is given
 * in kind can never reach money (IK-07). The database refuses a code that breaks this.
 *
 * A balance is debits minus credits. What an organisation gave therefore stands below zero in the
 * books and is shown positive: `naturalBalance` turns the sign of families whose side is credit.
 */
import { parseId, type OrganisationId } from '../../lib/ids.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';

export type AccountSide = 'debit' | 'credit';
export type Book = 'in-kind' | 'cash';

interface FamilyRule {
  readonly book: Book;
  readonly side: AccountSide;
  readonly isOwned: boolean;
}

export const FAMILIES = {
  /** What an organisation gave in kind: the source of every delivery. */
  given: { book: 'in-kind', side: 'credit', isOwned: true },
  /** What an organisation received in kind. */
  received: { book: 'in-kind', side: 'debit', isOwned: true },
  /** The accelerator's money. */
  'cash-bank': { book: 'cash', side: 'debit', isOwned: false },
  /** Fees that were called and not yet paid. */
  'cash-fee-due': { book: 'cash', side: 'debit', isOwned: true },
  /** Grants that were called and not yet paid. */
  'cash-grant-due': { book: 'cash', side: 'debit', isOwned: true },
  /** Yearly fees of private partners. */
  'cash-fee': { book: 'cash', side: 'credit', isOwned: true },
  /** Grants of public funders. */
  'cash-grant': { book: 'cash', side: 'credit', isOwned: true },
  /** What the accelerator spent, by nature; the first when the nature is not told. */
  'cash-spent': { book: 'cash', side: 'debit', isOwned: false },
  'cash-spent-staff': { book: 'cash', side: 'debit', isOwned: false },
  'cash-spent-premises': { book: 'cash', side: 'debit', isOwned: false },
  'cash-spent-services': { book: 'cash', side: 'debit', isOwned: false },
  'cash-spent-events': { book: 'cash', side: 'debit', isOwned: false },
  'cash-spent-travel': { book: 'cash', side: 'debit', isOwned: false },
  'cash-spent-purchases': { book: 'cash', side: 'debit', isOwned: false },
} as const satisfies Record<string, FamilyRule>;

export type AccountFamily = keyof typeof FAMILIES;

/** An account as a command names it; it is opened when it is first used. */
export interface AccountRef {
  readonly code: string;
  readonly organisationId: OrganisationId | null;
}

export const BANK: AccountRef = { code: 'cash-bank', organisationId: null };
export const SPENT: AccountRef = { code: 'cash-spent', organisationId: null };

/** What money is spent on; each has its family. */
export const SPENDING_NATURES = ['staff', 'premises', 'services', 'events', 'travel', 'purchases'] as const;
export type SpendingNature = (typeof SPENDING_NATURES)[number];

export function spentOn(nature: SpendingNature): AccountRef {
  return { code: `cash-spent-${nature}`, organisationId: null };
}

export function givenBy(organisationId: OrganisationId): AccountRef {
  return { code: `given:${organisationId}`, organisationId };
}

export function receivedBy(organisationId: OrganisationId): AccountRef {
  return { code: `received:${organisationId}`, organisationId };
}

export function feesOf(organisationId: OrganisationId): AccountRef {
  return { code: `cash-fee:${organisationId}`, organisationId };
}

export function grantsOf(organisationId: OrganisationId): AccountRef {
  return { code: `cash-grant:${organisationId}`, organisationId };
}

export function feesDueFrom(organisationId: OrganisationId): AccountRef {
  return { code: `cash-fee-due:${organisationId}`, organisationId };
}

export function grantsDueFrom(organisationId: OrganisationId): AccountRef {
  return { code: `cash-grant-due:${organisationId}`, organisationId };
}

/** Whether a family says what is there at a moment (a balance that goes on), not what a year brought or took. */
export function isOfBalanceSheet(family: AccountFamily): boolean {
  return family === 'cash-bank' || family.endsWith('-due');
}

/** The family of a code, or undefined when the chart has none of that name. */
export function familyOf(code: string): AccountFamily | undefined {
  const [family = '', organisation, ...rest] = code.split(':');
  if (!isFamily(family) || rest.length > 0) return undefined;
  const isOwned = organisation !== undefined && parseId(organisation) === organisation;
  return FAMILIES[family].isOwned === isOwned && (isOwned || organisation === undefined) ? family : undefined;
}

/** May this account be kept in this unit? A reference to no family of the chart belongs nowhere. */
export function belongsIn(account: AccountRef, unit: LedgerUnit): boolean {
  const family = familyOf(account.code);
  if (family === undefined) return false;
  const owner = account.code.split(':')[1] ?? null;
  return owner === account.organisationId && bookOf(unit) === FAMILIES[family].book;
}

export function bookOf(unit: LedgerUnit): Book {
  return unit === 'eur-cent' ? 'cash' : 'in-kind';
}

/** Debits minus credits, as people read it: positive on the family's own side. */
export function naturalBalance(code: string, balance: bigint): bigint {
  const family = familyOf(code);
  return family !== undefined && FAMILIES[family].side === 'credit' ? -balance : balance;
}

function isFamily(name: string): name is AccountFamily {
  return Object.hasOwn(FAMILIES, name);
}
