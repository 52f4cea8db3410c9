/**
 * People of a territory: how they are listed, and what a change of their rights must respect.
 *
 * Must always hold: a territory that has an administrator keeps one; an organisation that has a manager loses the
 * last one only through the team; an address is known to the instance (may sign in) exactly as long as its person
 * has a role or belongs to an organisation here.
 */
import type { Locale } from '../../i18n/translator.ts';
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import type { MembershipRole, Role } from './principal.ts';

export interface Membership {
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly organisationSlug: string;
  readonly role: MembershipRole;
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string | null;
  readonly locale: Locale;
  readonly roles: readonly Role[];
  readonly memberships: readonly Membership[];
}

/** Invitations that one person may send in an hour: a whole cohort fits, a mass mailing does not. */
export const INVITATIONS_AN_HOUR = 60;

/** Whether taking a right away from `leaving` would leave nobody of those who hold it now. */
export function isLastHolder(holders: readonly PersonId[], leaving: PersonId): boolean {
  return holders.length === 1 && holders[0] === leaving;
}
