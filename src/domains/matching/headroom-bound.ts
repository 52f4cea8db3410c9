/**
 * Whose State aid stood in the way of a plan, for the page of its round.
 *
 * Must always hold: only who has a need that the plan itself says stopped for this reason is named; amounts are cents.
 */
import { unmetNeeds, type LightPlan } from './plan.ts';
import type { LightPool, PoolOrganisation } from './pool.ts';

export interface Bound {
  readonly organisation: PoolOrganisation;
  /** Before the plan, and after it. */
  readonly roomCents: number;
  readonly leftCents: number;
  /** Needs that go without because of it. */
  readonly needs: number;
}

/** Whose State aid stood in the way of a plan: those with a need that nothing left of their room pays for. */
export function boundByHeadroom(
  { needs, organisations }: Pick<LightPool, 'needs' | 'organisations'>,
  plan: Pick<LightPlan, 'needs'>,
): Bound[] {
  const stopped = unmetNeeds(plan).filter(({ unmet }) => unmet.why === 'headroom');
  const byAsker = Map.groupBy(stopped, ({ need }) => needs[need]?.organisationId);
  return organisations.flatMap((organisation) => {
    const [first, ...others] = byAsker.get(organisation.id) ?? [];
    const { headroomCents: roomCents } = organisation;
    if (first === undefined || roomCents === undefined) return [];
    return [{ organisation, roomCents, leftCents: first.unmet.headroomLeft ?? 0, needs: others.length + 1 }];
  });
}
