/**
 * What a round limits beside what is asked and offered: offers per need, and State aid per receiving organisation.
 * Packed for the solver, written with the proof, and told of a plan.
 *
 * Must always hold: a pool without limits gives null, and its plans are what they are without this file; reading what
 * was written gives the same constraints; amounts are whole cents.
 */
import type { SideConstraints } from '../../algorithms/flow/side-constraints.ts';
import type { LightPool, PoolOrganisation } from './pool.ts';

type Numbers = readonly number[];

/** As it stands with a proof and in a certificate: lists follow needs and pairs. */
export interface WrittenLimits {
  /** Most offers per need. */
  readonly mostPartners?: number;
  readonly budgets?: {
    /** Cents of each budget. */
    readonly limit: Numbers;
    /** The budget of each need, −1 for none. */
    readonly ofNeed: Numbers;
    /** Cents that one unit of each pair uses. */
    readonly value: Numbers;
  };
}

/** Null where the pool limits nothing. */
export function limitsOf(
  pool: Pick<LightPool, 'needs' | 'offers' | 'organisations' | 'mostPartners'>,
  pairs: readonly { readonly offer: number }[],
): WrittenLimits | null {
  const budgets = budgetsOf(pool, pairs);
  const { mostPartners } = pool;
  if (mostPartners === undefined && budgets === null) return null;
  return { ...(mostPartners === undefined ? {} : { mostPartners }), ...(budgets === null ? {} : { budgets }) };
}

/** Whether anything limits plans of this pool beside what is asked and offered. */
export function hasLimits({ mostPartners, offers, organisations }: LightPool): boolean {
  if (mostPartners !== undefined) return true;
  const counts = offers.some(({ valueCents = 0 }) => valueCents > 0);
  return counts && organisations.some(({ headroomCents }) => headroomCents !== undefined);
}

/** Whose headroom it is: the undertaking's, where several organisations share it. */
export function holderOf({ id, undertaking }: Pick<PoolOrganisation, 'id' | 'undertaking'>): string {
  return undertaking ?? id;
}

export function readLimits({ mostPartners, budgets }: WrittenLimits, needs: number): SideConstraints {
  return {
    ...(mostPartners === undefined ? {} : { partners: new Int32Array(needs).fill(mostPartners) }),
    ...(budgets === undefined
      ? {}
      : {
          budgets: {
            limit: Float64Array.from(budgets.limit),
            ofNeed: Int32Array.from(budgets.ofNeed),
            value: Float64Array.from(budgets.value),
          },
        }),
  };
}

/** Organisations (or the undertakings that share one room) that ask, whose aid is limited, and for whom some offer counts as aid. */
function budgetsOf(
  { needs, offers, organisations }: Pick<LightPool, 'needs' | 'offers' | 'organisations'>,
  pairs: readonly { readonly offer: number }[],
): NonNullable<WrittenLimits['budgets']> | null {
  const value = pairs.map(({ offer }) => offers[offer]?.valueCents ?? 0);
  if (value.every((cents) => cents === 0)) return null;
  const asking = new Map(organisations.map((one) => [one.id, one]));
  const places = new Map<string, number>();
  const limit: number[] = [];
  const ofNeed = needs.map(({ organisationId }) => {
    const one = asking.get(organisationId);
    if (one?.headroomCents === undefined) return -1;
    const holder = holderOf(one);
    const place = places.get(holder) ?? limit.push(one.headroomCents) - 1;
    places.set(holder, place);
    return place;
  });
  return limit.length === 0 ? null : { limit, ofNeed, value };
}
