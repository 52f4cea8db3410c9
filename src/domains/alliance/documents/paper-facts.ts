/**
 * The facts that documents on money and aid freeze. Must always hold: amounts are cents as text, days are ISO 8601; names
 * are those of the day of issue.
 */
import type { LegalBasis } from '../aid.ts';

export type SenderFacts = {
  readonly sender: string;
  readonly senderSiren: string | null;
};

export type PartyFacts = SenderFacts & {
  readonly organisation: string;
  readonly organisationSiren: string | null;
  readonly agreement: string;
  readonly reference: string;
  readonly year: number;
  readonly isGrant: boolean;
};

export type CallFacts = PartyFacts & {
  readonly dueOn: string;
  readonly calledOn: string;
  readonly amountCents: string;
  readonly condition: string;
  readonly iban: string | null;
};

export type ReceiptFacts = PartyFacts & {
  readonly dueOn: string;
  readonly paidOn: string;
  readonly amountCents: string;
  readonly calledCents: string;
  readonly leftCents: string;
};

export type AidLineFacts = {
  readonly title: string;
  readonly authority: string;
  readonly grantedOn: string;
  readonly basis: LegalBasis;
  readonly cents: string;
};

export type CertificateFacts = SenderFacts & {
  readonly organisation: string;
  readonly organisationSiren: string | null;
  readonly others: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly usedCents: string;
  readonly ceilingCents: string;
  readonly roomCents: string;
  readonly lines: readonly AidLineFacts[];
  readonly lawVersion: string;
};

export type NoticeFacts = SenderFacts &
  AidLineFacts & {
    readonly organisation: string;
    readonly organisationSiren: string | null;
    readonly lawVersion: string;
  };
