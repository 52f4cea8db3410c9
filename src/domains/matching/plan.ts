/**
 * The plan that a try ends with: who gives what to whom and why, who goes without and what would free them,
 * what the territory lacks, and the figures that prove it. Plain JSON, stored with the try and never changed.
 *
 * Must always hold: needs and offers are named by their places in the pool of the same try; agreements are
 * the pairs with at least one unit, and nothing else in the plan says otherwise; an impossible plan has no
 * agreement and says which decisions contradict each other; what is shown as proven was accepted by the
 * checker, which shares no code with the solver.
 */
import type { Infeasible } from '../../algorithms/flow/allocation.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { EligibilityNote } from '../support/conditions.ts';
import type { Obstacle, ObstacleRule } from './pairing.ts';
import { isVersioned } from './pool.ts';
import type { PlanVerdict, Proof } from './proof.ts';
import type { Breakdown } from './score.ts';
import type { LimitsFault } from './solve-limited.ts';

export const PLAN_VERSION = 1;

export interface Plan {
  readonly version: typeof PLAN_VERSION;
  /** `optimal` is proven best, `bounded` is lawful and stopped by the clock, `impossible` holds nothing. */
  readonly outcome: 'optimal' | 'bounded' | 'impossible';
  readonly impossible: Infeasible | LimitsFault | null;
  /** Present where the limits of the round are in the way of the plan that would be best without them: no prices
   * prove such a plan. Whether the solver found that none is fairer, and that none as fair has a greater score. */
  readonly limited?: { readonly fairness: boolean; readonly total: boolean };
  readonly verdict: PlanVerdict;
  readonly summary: Summary;
  readonly agreements: readonly Agreement[];
  /** One for each need of the pool, in its order. */
  readonly needs: readonly NeedResult[];
  /** One for each offer of the pool, in its order. */
  readonly offers: readonly OfferResult[];
  readonly scarcity: readonly Scarcity[];
  /** Promised minimums that the needs at hand cannot use up, and what could be used. */
  readonly unkeptPromises: readonly { readonly offer: number; readonly promised: number; readonly possible: number }[];
  readonly proof: Proof;
}

/** What most pages read: the plan without its figures of proof. */
export type LightPlan = Omit<Plan, 'proof'>;

export interface Summary {
  readonly needs: number;
  /** Needs that receive at least one unit; all that they ask. */
  readonly served: number;
  readonly full: number;
  readonly organisations: number;
  /** Organisations that ask and receive nothing at all. */
  readonly forgotten: number;
  /** The organisation whose needs are covered least, on average, in thousandths. */
  readonly leastCovered: { readonly organisationId: OrganisationId; readonly perMille: number } | null;
  readonly units: readonly UnitTotals[];
  readonly score: number;
  /** No plan that is as fair has a greater score. */
  readonly bound: number;
  readonly gap: number;
}

export interface UnitTotals {
  readonly unit: SupportUnit;
  readonly asked: number;
  readonly given: number;
  readonly offered: number;
}

export interface Agreement {
  readonly need: number;
  readonly offer: number;
  readonly units: number;
  readonly score: number;
  readonly breakdown: Breakdown;
  readonly isPinned: boolean;
  readonly why: readonly Fact[];
  /** What a person verifies before the two meet. */
  readonly remarks: readonly EligibilityNote[];
}

/** What a sentence on a pair is made of, strongest first. */
export type Fact =
  | { readonly fact: 'pinned'; readonly reason: string }
  | { readonly fact: 'only-offer' }
  | { readonly fact: 'kind'; readonly kind: string }
  | { readonly fact: 'near-kind'; readonly kind: string; readonly wanted: string }
  | { readonly fact: 'text'; readonly words: readonly string[] }
  | { readonly fact: 'themes'; readonly codes: readonly string[] }
  | { readonly fact: 'sector'; readonly section: string }
  | { readonly fact: 'town'; readonly commune: string }
  | { readonly fact: 'region' }
  | { readonly fact: 'sessions'; readonly count: number }
  /** Past needs like this one that the giver helped. */
  | { readonly fact: 'helped'; readonly count: number }
  | { readonly fact: 'urgent' };

export interface NeedResult {
  readonly served: number;
  readonly unmet: Unmet | null;
}

export interface Unmet {
  readonly missing: number;
  /**
   * No offer may serve it; its own limits with each offer are reached; all that could reach it is used;
   * the plan was stopped before that was known. Where limits of the round decide: what is left of its
   * organisation's aid pays for no unit of what it may have; the offers that serve it have no more for it and there
   * may be no others beside; all offers that it may have are taken; it takes several of these together.
   */
  readonly why: 'no-offer' | 'capped' | 'used-up' | 'unknown' | LimitedWhy;
  /** Cents of aid that are left to its organisation after this plan; only with `headroom`. */
  readonly headroomLeft?: number;
  /** Offers whose capacity blocks it; one more unit at any of them could serve it. At most a dozen are kept. */
  readonly blockedBy: readonly number[];
  readonly blockedByCount: number;
  /** The fewest units to add at one offer so that every plan as fair serves it better. */
  readonly frees: { readonly offer: number; readonly units: number } | null;
  /** Offers of a fitting kind that may not serve it, by rule: how many of them a rule keeps away. */
  readonly kept: readonly { readonly rule: ObstacleRule; readonly offers: number }[];
  /** The offers that are kept away by the fewest rules. */
  readonly nearest: readonly { readonly offer: number; readonly obstacles: readonly Obstacle[] }[];
}

export const LIMITED_WHYS = ['headroom', 'partners', 'taken', 'limits'] as const;
export type LimitedWhy = (typeof LIMITED_WHYS)[number];

export interface OfferResult {
  readonly given: number;
  /** What one more unit here would change; null when nothing, or when it was not computed. */
  readonly worth: { readonly serves: number | null; readonly points: number } | null;
}

/** A kind that is asked for more than it is given. */
export interface Scarcity {
  readonly kind: string;
  readonly unit: SupportUnit;
  readonly missing: number;
  readonly needs: number;
  /** The offer where one more unit would be worth most to this kind; null when none may give it. */
  readonly best: { readonly offer: number; readonly serves: number; readonly points: number } | null;
}

/** The stored plan, or undefined when it was written by a version that is no longer read. */
export function readPlan(stored: unknown): Plan | undefined {
  return isVersioned(stored, PLAN_VERSION) ? (stored as Plan) : undefined;
}

/** Whether the plan may be published at all: it holds something, and the checker accepted it. */
export function isPublishable(plan: Pick<Plan, 'outcome' | 'verdict' | 'agreements'>): boolean {
  return plan.outcome !== 'impossible' && plan.verdict.accepted && plan.agreements.length > 0;
}

/** Whether limits of the round are what leaves a need without. */
export function isLimitedWhy(why: Unmet['why']): why is LimitedWhy {
  return LIMITED_WHYS.some((one) => one === why);
}

/** The needs that receive less than they ask. */
export function unmetNeeds(
  plan: Pick<Plan, 'needs'>,
): { readonly need: number; readonly served: number; readonly unmet: Unmet }[] {
  return plan.needs.flatMap(({ served, unmet }, need) => (unmet === null ? [] : [{ need, served, unmet }]));
}
