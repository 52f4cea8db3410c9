/**
 * What de minimis aid may not pay for (DM-10), what must be said and filed about it (DM-14 to DM-16).
 *
 * Must always hold: an exclusion is sure or goes to a person; nothing is let through in doubt.
 */
import { BASES, type LegalBasis } from './aid.ts';
import { findParameter, parameterOn } from './legal-parameters.ts';

export const AID_PURPOSES = [
  'advice',
  'hosting',
  'innovation',
  'growth',
  'trade-fair',
  'export-quantities',
  'network-abroad',
  'export-running-cost',
  'domestic-goods',
] as const;
export type AidPurpose = (typeof AID_PURPOSES)[number];

const NEVER: readonly AidPurpose[] = ['export-quantities', 'network-abroad', 'export-running-cost', 'domestic-goods'];

export type Eligibility = 'eligible' | 'ask-a-person' | 'excluded-sector' | 'excluded-purpose';

/** DM-10; `nace` is the code of the activity that is helped, such as `62.01`. */
export function eligibilityOf(basis: LegalBasis, nace: string, purpose: AidPurpose): Eligibility {
  const { counter, isDeMinimis } = BASES[basis];
  if (!isDeMinimis) return 'eligible';
  if (NEVER.includes(purpose)) return 'excluded-purpose';
  const division = nace.slice(0, 2);
  if (division === '01' && counter !== 'agriculture') return 'excluded-sector';
  if (division === '03' && counter !== 'fishery') return 'excluded-sector';
  // Some processing of farm products is excluded: which, a person says.
  const isFoodProcessing = division === '10' && counter !== 'agriculture';
  return purpose === 'trade-fair' || isFoodProcessing ? 'ask-a-person' : 'eligible';
}

/** DM-15: whether a grant of that day goes to the national register. */
export function mustBeRegistered(basis: LegalBasis, grantedOn: Temporal.PlainDate): boolean {
  const { counter, isDeMinimis } = BASES[basis];
  if (!isDeMinimis || counter === null || counter === 'innovation-advice') return false;
  return findParameter(`register-${counter}`, grantedOn)?.value === 1n;
}

/** DM-14: the day until which the line is kept. */
export function keptUntil(grantedOn: Temporal.PlainDate): Temporal.PlainDate {
  return grantedOn.add({ years: Number(parameterOn('register-kept-years', grantedOn)) });
}

/** DM-16: whether a firm must have declared its aid before, and be told in writing. */
export function needsDeclaration(basis: LegalBasis, grantedOn: Temporal.PlainDate): boolean {
  return BASES[basis].isDeMinimis && findParameter('declaration-needed', grantedOn)?.value === 1n;
}

/** DM-16: a declaration serves the grants of later days. */
export function servesGrant(declaredOn: Temporal.PlainDate, grantedOn: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(declaredOn, grantedOn) < 0;
}
