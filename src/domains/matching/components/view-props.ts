/** What the views of a try and of a match are drawn from. */
import type { FormState } from '../../../lib/form-state.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { Handing } from '../delegation.server.ts';
import type { Match } from '../match-queries.server.ts';
import type { MatchingText } from '../messages.ts';
import type { Moment } from '../round-queries.server.ts';
import type { PlanScreen } from '../run-screen.server.ts';
import type { Names } from './sentences.ts';

export interface RunViewProps {
  readonly screen: PlanScreen;
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
  readonly form: FormState;
}

export interface MatchViewProps {
  readonly match: Match;
  readonly names: Names;
  readonly history: readonly Moment[];
  readonly handing: Handing;
  readonly title: string;
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
  readonly form: FormState;
}
