/** The figures that prove a plan, for whoever wants to check it with a program of their own. */
import { download, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { territoryPage } from '../../territory/visit.ts';
import { mayReadPlans } from '../policy.ts';
import { verify } from '../proof.ts';
import { provenOf } from '../round-queries.server.ts';
import { runOf } from '../visited.server.ts';
import { certificateTwin } from '../twin-schema.ts';

export const certificatePage = territoryPage<never>({
  path: '/:territory/plans/:round/essais/:run/certificat.json',
  twin: { areas: ['matching'], response: certificateTwin },
  async load(visit, tx) {
    if (!mayReadPlans(visit.principal)) return SIGN_IN;
    const found = await runOf(visit, tx);
    const proven = found && (await provenOf(tx, found.run.id));
    if (found === undefined || proven === undefined) return NOT_FOUND;
    const { round, run } = found;
    const { pool, plan } = proven;
    const certificate = {
      format: 'terreau-plan-certificate',
      version: 1,
      territory: visit.territory.slug,
      round: { number: round.number, title: round.title },
      try: run.number,
      made: run.finishedAt?.toString(),
      how: HOW,
      needs: pool.needs.map(({ id, title, unit }) => ({ id, title, unit })),
      offers: pool.offers.map(({ id, title, unit }) => ({ id, title, unit })),
      problem: { needs: plan.proof.needs, offers: plan.proof.offers, pairs: plan.proof.pairs },
      ...(plan.proof.limits === undefined ? {} : { limits: plan.proof.limits }),
      answer: plan.proof.answer,
      verdict: verify(plan.proof, plan.agreements),
    };
    return download(
      `${JSON.stringify(certificate)}\n`,
      `plan-${round.number}-essai-${run.number}-certificat.json`,
      'application/json; charset=utf-8',
    );
  },
  view: () => ({ title: '', body: null }),
});

/** Enough to write a checker from nothing. */
const HOW = [
  'Lists are parallel: pairs.need[a] and pairs.offer[a] are places in needs and offers; answer.units[a] is what pair a gives.',
  'Lawful: minimum ≤ units ≤ cap for each pair; sums of units within wanted (needs) and between minimum and capacity (offers).',
  'limits, where present: at most limits.mostPartners pairs of a need give units; for each place b of limits.budgets.limit, the sum of budgets.value[a] × units over pairs a of needs i with budgets.ofNeed[i] = b is at most limit[b] (cents).',
  'The k-th unit of need i lifts its level from (k − 1) / c to k / c, with c = wanted × weight; lifts that start lower are worth more, then lifts that end higher.',
  'Prices are pairs (fairness, score), compared fairness first. Fairness of a lift = 1 + number of distinct lifts worth less.',
  'Best: worth of the last unit served ≥ price of the need ≥ worth of its next unit; price of an offer > 0 only at its capacity, < 0 only at its minimum; need price + score − offer price > 0 only at the cap of the pair, < 0 only at its minimum.',
];
