/**
 * A round gathers what is asked and what is offered at one moment, and shares the second among the first.
 * A run is one try at it. The team tries as often as it likes, then publishes one run, once.
 *
 * Must always hold: a round is open, then published, then closed, never back; only an open round takes
 * tries and decisions; at most one try of a round is under way; a try ends done, cancelled or failed and
 * never changes after that, which is what makes a repeated job harmless.
 */
import type { Id, PersonId } from '../../lib/ids.ts';

export type RoundId = Id<'round'>;
export type RunId = Id<'run'>;
export type MatchId = Id<'match'>;

export const ROUND_STATES = ['open', 'published', 'closed'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

export const RUN_STATES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What a try is busy with, in order. */
export const RUN_STEPS = ['queued', 'pairs', 'fairness', 'score', 'proof', 'explanation'] as const;
export type RunStep = (typeof RUN_STEPS)[number];

export interface Round {
  readonly id: RoundId;
  readonly number: number;
  readonly title: string;
  readonly startsOn: Temporal.PlainDate;
  /** The first day that is no longer in the round. */
  readonly endsOn: Temporal.PlainDate;
  readonly state: RoundState;
  readonly publishedRunId: RunId | null;
  readonly publishedAt: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
  /** Most offers that may serve one need; null sets no limit. */
  readonly mostPartners: number | null;
  readonly version: number;
}

export interface Run {
  readonly id: RunId;
  readonly roundId: RoundId;
  readonly number: number;
  readonly state: RunState;
  readonly percent: number;
  readonly step: RunStep;
  readonly cancelRequested: boolean;
  readonly failure: RunFailure | null;
  readonly requestedBy: PersonId | null;
  readonly createdAt: Temporal.Instant;
  readonly startedAt: Temporal.Instant | null;
  readonly finishedAt: Temporal.Instant | null;
}

/** Why a try failed; each has a sentence. Anything that is not foreseen is `unexpected`. */
export const RUN_FAILURES = ['too-large', 'out-of-memory', 'unexpected'] as const;
export type RunFailure = (typeof RUN_FAILURES)[number];

export type Decision = 'pin' | 'forbid';

export function isUnderWay(state: RunState): boolean {
  return state === 'queued' || state === 'running';
}

/** Whether the round still takes tries, pins and refusals by hand. */
export function takesTries(state: RoundState): boolean {
  return state === 'open';
}

export function mayFollow(from: RoundState, to: RoundState): boolean {
  return ROUND_STATES.indexOf(to) === ROUND_STATES.indexOf(from) + 1;
}

/** Seconds still to go, from the share done so far; undefined while a guess would be worth nothing. */
export function secondsToGo(percent: number, elapsedSeconds: number): number | undefined {
  if (percent < 10 || percent >= 100 || elapsedSeconds < 3) return undefined;
  return Math.ceil((elapsedSeconds * (100 - percent)) / percent);
}

/** Seconds still to go of a try that runs. */
export function secondsLeft(run: Pick<Run, 'percent' | 'startedAt'>, now: Temporal.Instant): number | undefined {
  return run.startedAt === null ? undefined : secondsToGo(run.percent, run.startedAt.until(now).total('seconds'));
}

/** A stored failure as one that has a sentence. */
export function readFailure(text: string | null): RunFailure | null {
  if (text === null) return null;
  return RUN_FAILURES.find((failure) => failure === text) ?? 'unexpected';
}

export function readStep(text: string): RunStep {
  return RUN_STEPS.find((step) => step === text) ?? 'queued';
}
