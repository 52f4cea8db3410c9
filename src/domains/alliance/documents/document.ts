/**
 * A document that was issued: its kind, its number, and who may read it.
 *
 * Must always hold: numbers of a kind and year follow each other from 1; what was issued never changes; a fact that is
 * not JSON (an amount, a day) is written as text, so that it is kept as it was.
 */
import type { Id, OrganisationId } from '../../../lib/ids.ts';
import { isMemberOf, type Principal } from '../../territory/principal.ts';
import { mayKeepMoney, maySeeMoney } from '../policy.ts';

export type DocumentId = Id<'document'>;

export const DOCUMENT_KINDS = [
  'payment-call',
  'receipt',
  'aid-certificate',
  'aid-notice',
  'delivery-statement',
  'funder-report',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** The first letters of a number, by which accountants know its series; French in both languages. */
const SERIES: Readonly<Record<DocumentKind, string>> = {
  'payment-call': 'AP',
  receipt: 'RE',
  'aid-certificate': 'AA',
  'aid-notice': 'AV',
  'delivery-statement': 'RA',
  'funder-report': 'BF',
};

/** `AP-2026-0007`. */
export function documentNumber({ kind, year, number }: { kind: DocumentKind; year: number; number: number }): string {
  return `${SERIES[kind]}-${year}-${String(number).padStart(4, '0')}`;
}

/** The team and the funders read all of them; an organisation those that are its own. */
export function maySeeDocument(
  principal: Principal,
  { organisationId }: { readonly organisationId: OrganisationId | null },
): boolean {
  return maySeeMoney(principal) || (organisationId !== null && isMemberOf(principal, organisationId));
}

/** Kinds that an organisation may issue about itself, of facts that it sees anyway. */
const OWN_KINDS: readonly DocumentKind[] = ['aid-certificate', 'delivery-statement'];

export function mayIssueDocument(
  principal: Principal,
  kind: DocumentKind,
  organisationId: OrganisationId | null,
): boolean {
  if (mayKeepMoney(principal)) return true;
  return OWN_KINDS.includes(kind) && organisationId !== null && isMemberOf(principal, organisationId);
}

export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [name: string]: Fact };
export type Facts = { readonly [name: string]: Fact };

/** The same facts in one form, whatever the order in which they were written. */
export function canonicalFacts(fact: Fact): string {
  if (isList(fact)) return `[${fact.map(canonicalFacts).join(',')}]`;
  if (fact === null || typeof fact !== 'object') return JSON.stringify(fact);
  const pairs = Object.entries(fact).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${canonicalFacts(value)}`).join(',')}}`;
}

function isList(fact: Fact): fact is readonly Fact[] {
  return Array.isArray(fact);
}
