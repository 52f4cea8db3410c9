/**
 * The few figures that a plan is judged by.
 *
 * Must always hold: totals are sums over the lists of the same plan, so that each figure can be recounted
 * from the rows it links to; shares are whole thousandths, rounded down: nobody is told more than they get.
 */
import type { Allocation } from '../../algorithms/flow/allocation.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { SUPPORT_UNITS } from '../../lib/quantity.ts';
import type { NeedResult, OfferResult, Scarcity, Summary, UnitTotals } from './plan.ts';
import type { LightPool } from './pool.ts';

export function summaryOf(pool: LightPool, needs: readonly NeedResult[], answer: Allocation | null): Summary {
  const coverage = coverageByOrganisation(pool, needs);
  const [least] = [...coverage].toSorted(([, a], [, b]) => a.perMille - b.perMille || a.served - b.served);
  const total = answer !== null && 'totalScore' in answer ? answer : { totalScore: 0, bound: 0, gap: 0 };
  return {
    needs: needs.length,
    served: needs.filter(({ served }) => served > 0).length,
    full: needs.filter(({ unmet }) => unmet === null).length,
    organisations: coverage.size,
    forgotten: [...coverage.values()].filter(({ served }) => served === 0).length,
    leastCovered: least === undefined ? null : { organisationId: least[0], perMille: least[1].perMille },
    units: unitTotals(pool, needs),
    score: total.totalScore,
    bound: total.bound,
    gap: total.gap,
  };
}

/** Missing units by kind of need, most missing first, each with the offer where one more unit helps it most. */
export function scarcityOf(pool: LightPool, needs: readonly NeedResult[], offers: readonly OfferResult[]): Scarcity[] {
  const kinds = new Map<string, { missing: number; needs: number }>();
  needs.forEach(({ unmet }, place) => {
    const kind = pool.needs[place]?.kindCode;
    if (unmet === null || kind === undefined) return;
    const known = kinds.get(kind) ?? { missing: 0, needs: 0 };
    kinds.set(kind, { missing: known.missing + unmet.missing, needs: known.needs + 1 });
  });
  const units = new Map(pool.kinds.map(({ code, unit }) => [code, unit]));
  return [...kinds]
    .map(
      ([kind, lack]) =>
        ({ kind, unit: units.get(kind) ?? 'half-day', ...lack, best: bestFor(pool, offers, kind) }) as const,
    )
    .toSorted((a, b) => b.missing - a.missing || b.needs - a.needs || (a.kind < b.kind ? -1 : 1));
}

function bestFor(pool: LightPool, offers: readonly OfferResult[], kind: string): Scarcity['best'] {
  let best: Scarcity['best'] = null;
  offers.forEach(({ worth }, offer) => {
    if (worth === null || worth.serves === null || pool.needs[worth.serves]?.kindCode !== kind) return;
    if (best === null || worth.points > best.points) best = { offer, serves: worth.serves, points: worth.points };
  });
  return best;
}

interface Coverage {
  readonly perMille: number;
  readonly served: number;
}

/** The mean of what each need of an organisation receives of what it asks: needs count alike, whatever their unit. */
function coverageByOrganisation(pool: LightPool, needs: readonly NeedResult[]): ReadonlyMap<OrganisationId, Coverage> {
  const shares = new Map<OrganisationId, { sum: number; count: number; served: number }>();
  pool.needs.forEach(({ organisationId, left }, place) => {
    const served = needs[place]?.served ?? 0;
    const known = shares.get(organisationId) ?? { sum: 0, count: 0, served: 0 };
    shares.set(organisationId, {
      sum: known.sum + served / Math.max(1, left),
      count: known.count + 1,
      served: known.served + served,
    });
  });
  const coverage = [...shares].map(([id, { sum, count, served }]) => {
    const perMille = Math.floor((1000 * sum) / count + 1e-9);
    return [id, { perMille, served }] as const;
  });
  return new Map(coverage);
}

/** What is given is what is received: counted once, with the needs. */
function unitTotals(pool: LightPool, needs: readonly NeedResult[]): UnitTotals[] {
  const totals = SUPPORT_UNITS.map((unit) => {
    const asked = pool.needs.reduce((sum, need) => sum + (need.unit === unit ? need.left : 0), 0);
    const given = pool.needs.reduce(
      (sum, need, place) => sum + (need.unit === unit ? (needs[place]?.served ?? 0) : 0),
      0,
    );
    const offered = pool.offers.reduce((sum, offer) => sum + (offer.unit === unit ? offer.left : 0), 0);
    return { unit, asked, given, offered };
  });
  return totals.filter(({ asked, offered }) => asked + offered > 0);
}
