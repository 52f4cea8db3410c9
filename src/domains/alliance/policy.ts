/** Who may do what with agreements and money. Pages use these functions to show or hide, commands to allow or refuse. */
import type { OrganisationId } from '../../lib/ids.ts';
import { maySeeBooks } from '../ledger/policy.ts';
import { isMemberOf, isTeam, type Principal } from '../territory/principal.ts';
import type { AgreementState } from './agreement.ts';

/** Write, sign, amend and end agreements: the programme's team. */
export function mayKeepAgreements(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** Call, book what was paid, record what was spent: the programme's team. */
export function mayKeepMoney(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** Every agreement, and every amount that is awaited or spent: whoever sees the books. */
export function maySeeMoney(principal: Principal): boolean {
  return maySeeBooks(principal);
}

/** One agreement: the team; once signed, the funders and the organisation's own people. */
export function maySeeAgreement(
  principal: Principal,
  agreement: { readonly organisationId: OrganisationId; readonly state: AgreementState },
): boolean {
  if (mayKeepAgreements(principal)) return true;
  if (agreement.state === 'draft') return false;
  return maySeeMoney(principal) || isMemberOf(principal, agreement.organisationId);
}
