/**
 * Who may do what with sessions and what they show. The team arranges meetings, never what was given in them: that is
 * for the two sides alone (IK-05). `visibleSessions` in the queries is the same rule as `maySeeSession`, as a predicate.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import { isInsider, isMemberOf, isTeam, type Principal } from '../territory/principal.ts';
import type { Side } from './session.ts';

export interface Sides {
  readonly giverId: OrganisationId;
  readonly receiverId: OrganisationId;
}

export function isTeamOrSystem(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** The sides whose members the principal is: none, one, or both. */
export function sidesOf(principal: Principal, { giverId, receiverId }: Sides): Side[] {
  const sides: Side[] = [];
  if (isMemberOf(principal, giverId)) sides.push('giver');
  if (isMemberOf(principal, receiverId)) sides.push('receiver');
  return sides;
}

export function maySeeSession(principal: Principal, sides: Sides): boolean {
  return isTeamOrSystem(principal) || sidesOf(principal, sides).length > 0;
}

/** Plan, move, cancel: either side, or the team. */
export function mayArrange(principal: Principal, sides: Sides): boolean {
  return maySeeSession(principal, sides);
}

/** Say what was given: a person, for the organisation that they belong to. */
export function mayState(principal: Principal, sides: Sides, side: Side): boolean {
  return sidesOf(principal, sides).includes(side);
}

/** Take back what was booked: the team, with a reason. */
export function mayCorrect(principal: Principal): boolean {
  return isTeam(principal);
}

/** The team's week, and everybody's sessions. */
export function maySeeWeek(principal: Principal): boolean {
  return isTeamOrSystem(principal);
}

/** Everyone with a part in the territory has a list of sessions, though it may be empty. */
export function mayListSessions(principal: Principal): boolean {
  return isInsider(principal) || principal.kind === 'system';
}
