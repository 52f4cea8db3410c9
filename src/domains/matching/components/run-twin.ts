/** The plan of a try as programs read it: who gets what from whom. */
import type { Agreement } from '../plan.ts';
import type { LightPool } from '../pool.ts';
import type { Round } from '../round.ts';
import type { PlanScreen } from '../run-screen.server.ts';
import type { NamedRun } from '../visited.server.ts';

type Shown =
  | { readonly kind: 'pending'; readonly round: Round; readonly run: NamedRun }
  | { readonly kind: 'plan'; readonly screen: PlanScreen };

export function runForPrograms(shown: Shown): object {
  if (shown.kind === 'pending') return { round: shown.round, run: shown.run };
  const { round, run, pool, plan } = shown.screen;
  return { round, run, summary: plan.summary, agreements: plan.agreements.map((each) => agreementIn(pool, each)) };
}

function agreementIn(pool: LightPool, { need, offer, units, score, isPinned }: Agreement): object {
  const [asked, given] = [pool.needs[need], pool.offers[offer]];
  if (asked === undefined || given === undefined) throw new Error('An agreement names a place outside of its pool.');
  const named = ({ id, title, organisationId }: typeof asked | typeof given) => ({
    id,
    title,
    organisationId,
    organisation: pool.organisations.find((each) => each.id === organisationId)?.name ?? '',
  });
  return { need: named(asked), offer: named(given), unit: asked.unit, units, score, isPinned };
}
