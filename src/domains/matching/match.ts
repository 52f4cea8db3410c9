/**
 * A match: a need and an offer brought together, by a published plan or by hand, and what both sides say.
 *
 *   proposed ──both accept──▶ accepted ──▶ withdrawn (by the team)
 *      │ └──one declines──▶ declined
 *      └──▶ withdrawn (by the team)
 *
 * Must always hold: a match is accepted exactly when both sides said yes; once declined or withdrawn it
 * never comes back (a new one is made); proposed and accepted matches take their units from the need and
 * from the offer, the others give them back to the pool at once; a side may change its answer only while
 * the other has not closed the matter.
 */
import type { PersonId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';

export const MATCH_STATES = ['proposed', 'accepted', 'declined', 'withdrawn'] as const;
export type MatchState = (typeof MATCH_STATES)[number];

export const SIDES = ['need', 'offer'] as const;
export type Side = (typeof SIDES)[number];

export const ANSWERS = ['accepted', 'declined'] as const;
export type Answer = (typeof ANSWERS)[number];

export interface SideAnswer {
  readonly answer: Answer;
  readonly reason: string;
  readonly by: PersonId | null;
  readonly at: Temporal.Instant;
}

export interface MatchAnswers {
  readonly state: MatchState;
  readonly need: SideAnswer | null;
  readonly offer: SideAnswer | null;
}

export type AnswerRefusal =
  | 'already-declined'
  | 'already-withdrawn'
  | 'already-accepted'
  | 'same-answer'
  | 'reason-wanted';

/** What an answer of one side makes of a match. A refusal to take part says why. */
export function answer(match: MatchAnswers, side: Side, given: SideAnswer): Result<MatchAnswers, AnswerRefusal> {
  if (match.state === 'declined') return refused('already-declined');
  if (match.state === 'withdrawn') return refused('already-withdrawn');
  if (match.state === 'accepted') return refused('already-accepted');
  if (match[side]?.answer === given.answer) return refused('same-answer');
  if (given.answer === 'declined' && given.reason.trim() === '') return refused('reason-wanted');
  const answers = { ...match, [side]: given };
  return done({ ...answers, state: stateOf(answers) });
}

export type WithdrawRefusal = 'already-declined' | 'already-withdrawn' | 'has-session';

/** The team takes a match back; not once a session of it is planned or held. */
export function withdraw<Match extends MatchAnswers>(match: Match, sessions: number): Result<Match, WithdrawRefusal> {
  if (match.state === 'declined') return refused('already-declined');
  if (match.state === 'withdrawn') return refused('already-withdrawn');
  if (sessions > 0) return refused('has-session');
  return done({ ...match, state: 'withdrawn' });
}

/** Whether the match takes units from its need and its offer. */
export function takesUnits(state: MatchState): boolean {
  return state === 'proposed' || state === 'accepted';
}

/** The sides that have not answered yet. */
export function waitingFor(match: MatchAnswers): readonly Side[] {
  return match.state === 'proposed' ? SIDES.filter((side) => match[side] === null) : [];
}

function stateOf({ need, offer }: Pick<MatchAnswers, 'need' | 'offer'>): MatchState {
  if (need?.answer === 'declined' || offer?.answer === 'declined') return 'declined';
  return need !== null && offer !== null ? 'accepted' : 'proposed';
}
