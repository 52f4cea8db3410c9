/** Makes the pairs fixed, forbidden and freed in a « et si ? » real decisions of the round: all of them, or none. */
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import { decide, undoDecision, type DecisionRefusal } from './decision-commands.server.ts';
import type { ExplorerProblem } from './explorer-problem.ts';
import { runsRounds } from './policy.ts';
import type { LightPool } from './pool.ts';
import type { RoundId } from './round.ts';
import type { WhatIf } from './what-if.ts';

interface Kept {
  readonly roundId: RoundId;
  readonly pool: LightPool;
  readonly problem: ExplorerProblem;
  readonly whatIf: WhatIf;
  readonly reason: string;
}

/**
 * How many decisions were kept; a lifted pin that is gone already is nobody's fault. A refusal names the two (`receiver`,
 * `giver`); the caller rolls back what was written before it.
 */
export async function keepPairs(
  tx: TerritoryTransaction,
  principal: Principal,
  { roundId, pool, problem, whatIf, reason }: Kept,
  at: Moment & { readonly today: Temporal.PlainDate },
): Promise<Result<{ readonly kept: number }, DecisionRefusal>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  // Room is made before it is taken.
  const order = { free: 0, forbid: 1, pin: 2 };
  const changes = [...whatIf.pairs].toSorted(([, a], [, b]) => order[a.rule] - order[b.rule]);
  for (const [key, change] of changes) {
    const place = problem.placeOf.get(key) ?? -1;
    const [need, offer] = [problem.pairs.need[place] ?? -1, problem.pairs.offer[place] ?? -1];
    const [needId, offerId] = [pool.needs[need]?.id, pool.offers[offer]?.id];
    if (needId === undefined || offerId === undefined) return refused('not-found');
    const ids = { roundId, needId, offerId };
    if (change.rule === 'free') {
      const freed = await undoDecision(tx, principal, ids, at);
      if (!freed.ok && freed.reason !== 'not-found') return freed;
      continue;
    }
    const decided = await decide(
      tx,
      principal,
      ids,
      change.rule === 'pin' ? { decision: 'pin', quantity: change.units, reason } : { decision: 'forbid', reason },
      at,
    );
    if (!decided.ok) {
      const [receiver, giver] = [nameOf(pool, pool.needs[need]), nameOf(pool, pool.offers[offer])];
      return refused(decided.reason, { ...decided.facts, receiver, giver });
    }
  }
  return done({ kept: changes.length });
}

function nameOf(pool: LightPool, row: { readonly organisationId: string } | undefined): string {
  return pool.organisations.find(({ id }) => id === row?.organisationId)?.name ?? '';
}
