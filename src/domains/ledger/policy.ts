/**
 * Who may read the books. Nobody writes in them by hand: entries are posted by the commands of higher domains,
 * which ask their own policy.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import { isMemberOf, isTeam, type Principal } from '../territory/principal.ts';

/** The whole of the books: the programme's team, and the funders who pay for it. */
export function maySeeBooks(principal: Principal): boolean {
  return (
    isTeam(principal) || principal.kind === 'system' || (principal.kind === 'person' && principal.roles.has('funder'))
  );
}

/** One account: whoever sees the books, and the organisation that it belongs to. */
export function maySeeAccount(principal: Principal, organisationId: OrganisationId | null): boolean {
  return maySeeBooks(principal) || (organisationId !== null && isMemberOf(principal, organisationId));
}

/** One entry: whoever sees the books, and the organisations whose accounts it touches. */
export function maySeeEntry(principal: Principal, organisationIds: readonly (OrganisationId | null)[]): boolean {
  return organisationIds.some((organisationId) => maySeeAccount(principal, organisationId)) || maySeeBooks(principal);
}

/** Fiscal years are opened and closed by the programme's team. */
export function mayCloseYears(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}
