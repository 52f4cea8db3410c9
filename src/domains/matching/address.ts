/** Addresses of rounds, tries and matches inside a territory. */
import type { MatchId, RoundId, RunId } from './round.ts';

/** A territory's own start of addresses: `/clermont-auvergne`. */
type Base = string;

export const plansAddress = (base: Base) => `${base}/plans`;
export const conflictsAddress = (base: Base) => `${base}/plans/conflits`;
export const roundAddress = (base: Base, round: RoundId) => `${base}/plans/${round}`;
export const runAddress = (base: Base, round: RoundId, run: RunId) => `${roundAddress(base, round)}/essais/${run}`;
export const explorerAddress = (base: Base, round: RoundId, run: RunId) => `${runAddress(base, round, run)}/explorer`;
export const matchesAddress = (base: Base) => `${base}/mises-en-relation`;
export const matchAddress = (base: Base, match: MatchId) => `${matchesAddress(base)}/${match}`;

/** The views of a plan, as they stand in its address (`?vue=`). */
export const VIEWS = ['accords', 'non-servis', 'apports', 'matrice', 'historique'] as const;
export type PlanView = (typeof VIEWS)[number];

export function readView(text: string | null): PlanView {
  return VIEWS.find((view) => view === text) ?? 'accords';
}
