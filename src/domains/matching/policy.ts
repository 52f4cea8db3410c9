/**
 * Who may do what with rounds, plans and matches. Pages use these functions to show or hide, commands to allow or
 * refuse; lists use the SQL twin `seenMatches` in `match-queries.server.ts`.
 *
 * The team runs the rounds and nobody is answered for by a program: each side says yes or no by itself, or tells the
 * team, who writes it down under their own name. The committee reads the plans. An organisation reads what the round
 * brought to it, once published. Whoever gives may also offer by hand what is theirs to somebody whose need they may
 * read; whoever asks goes through the round, so that nobody jumps the queue.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import { isInsider, isManagerOf, isMemberOf, isTeam, type Principal } from '../territory/principal.ts';
import type { Side } from './match.ts';

/** The two organisations of a match. */
export interface BetweenTwo {
  readonly needOrganisationId: OrganisationId;
  readonly offerOrganisationId: OrganisationId;
}

/** Tries, pins, figures of proof: the whole plan, with everybody's results. */
export function mayReadPlans(principal: Principal): boolean {
  return runsRounds(principal) || (principal.kind === 'person' && principal.roles.has('committee-member'));
}

/** That there are rounds, when, and what they brought to one's own organisations. */
export function mayReadRounds(principal: Principal): boolean {
  return mayReadPlans(principal) || isInsider(principal);
}

/** Create, try, cancel, pin, forbid, publish, close. */
export function runsRounds(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

export function mayReadMatch(principal: Principal, match: BetweenTwo): boolean {
  return (
    runsRounds(principal) ||
    isMemberOf(principal, match.needOrganisationId) ||
    isMemberOf(principal, match.offerOrganisationId)
  );
}

/** The sides for which they may answer: their own, or both for the team, who writes down what it was told. */
export function answersFor(principal: Principal, match: BetweenTwo): readonly Side[] {
  if (runsRounds(principal)) return ['need', 'offer'];
  const sides: Side[] = [];
  if (isMemberOf(principal, match.needOrganisationId)) sides.push('need');
  if (isMemberOf(principal, match.offerOrganisationId)) sides.push('offer');
  return sides;
}

/** Whether an answer of theirs is written down for somebody else. */
export function answersOnBehalf(principal: Principal, organisationId: OrganisationId): boolean {
  return !isMemberOf(principal, organisationId);
}

export function mayWithdrawMatch(principal: Principal): boolean {
  return runsRounds(principal);
}

/** Bring a need and an offer of this organisation together by hand. */
export function mayIntroduce(principal: Principal, offerOrganisationId: OrganisationId): boolean {
  return runsRounds(principal) || isManagerOf(principal, offerOrganisationId);
}

/** Whether there is any offer that they may introduce by hand. */
export function mayIntroduceAny(principal: Principal): boolean {
  return (
    runsRounds(principal) || (principal.kind === 'person' && [...principal.memberships.values()].includes('manager'))
  );
}
