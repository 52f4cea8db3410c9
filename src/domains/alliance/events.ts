/** Facts that this domain appends once they are true. The subject is the series of an agreement, or the expense. */
export const AGREEMENT_EVENTS = [
  'agreement-drafted',
  'agreement-signed',
  'agreement-amendment-drafted',
  'agreement-ended',
  'agreement-renewal-reminded',
  'agreement-draft-discarded',
  'instalment-called',
  'instalment-call-cancelled',
  'instalment-reminded',
  'payment-received',
  'payment-reversed',
] as const;
export type AgreementEventKind = (typeof AGREEMENT_EVENTS)[number];

export const EXPENSE_EVENTS = ['expense-recorded', 'expense-reversed'] as const;
export type ExpenseEventKind = (typeof EXPENSE_EVENTS)[number];

/** Version 1 of what each fact carries; days are ISO texts, amounts cents as text. */
export interface AllianceEventPayloads {
  readonly 'agreement-drafted': { readonly agreementId: string; readonly number: number };
  readonly 'agreement-signed': { readonly agreementId: string; readonly number: number; readonly signedOn: string };
  readonly 'agreement-amendment-drafted': { readonly agreementId: string; readonly number: number };
  readonly 'agreement-ended': { readonly agreementId: string; readonly number: number; readonly endedOn: string };
  readonly 'agreement-renewal-reminded': { readonly agreementId: string; readonly day: string };
  readonly 'agreement-draft-discarded': { readonly agreementId: string; readonly number: number };
  readonly 'instalment-called': InstalmentFact;
  readonly 'instalment-call-cancelled': InstalmentFact & { readonly reason: string };
  readonly 'instalment-reminded': InstalmentFact;
  readonly 'payment-received': InstalmentFact;
  readonly 'payment-reversed': InstalmentFact & { readonly reason: string };
  readonly 'expense-recorded': { readonly cents: string; readonly day: string };
  readonly 'expense-reversed': { readonly cents: string; readonly day: string; readonly reason: string };
}

interface InstalmentFact {
  readonly instalmentId: string;
  readonly cents: string;
  readonly day: string;
}
