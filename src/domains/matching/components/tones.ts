/** The colour that repeats what a state's word says. */
import type { TagTone } from '../../../ui/components/tag.tsx';
import type { MatchState } from '../match.ts';
import type { RoundState, RunState } from '../round.ts';

export const ROUND_TONES: Readonly<Record<RoundState, TagTone>> = {
  open: 'info',
  published: 'good',
  closed: 'neutral',
};
export const RUN_TONES: Readonly<Record<RunState, TagTone>> = {
  queued: 'info',
  running: 'info',
  done: 'good',
  cancelled: 'neutral',
  failed: 'warn',
};
export const MATCH_TONES: Readonly<Record<MatchState, TagTone>> = {
  proposed: 'info',
  accepted: 'good',
  declined: 'warn',
  withdrawn: 'neutral',
};
