/** How far is this try? For the script of its page, as JSON. */
import { NOT_FOUND, respondWith, SIGN_IN } from '../../../platform/web/page.ts';
import { territoryPage } from '../../territory/visit.ts';
import type { ProgressState } from '../islands/live-progress.tsx';
import { mayReadPlans } from '../policy.ts';
import { secondsLeft } from '../round.ts';
import { runOf } from '../visited.server.ts';
import { runStateTwin } from '../twin-schema.ts';

export const runStatePage = territoryPage<never>({
  path: '/:territory/plans/:round/essais/:run/etat.json',
  twin: { areas: ['matching'], response: runStateTwin },
  async load(visit, tx) {
    if (!mayReadPlans(visit.principal)) return SIGN_IN;
    const found = await runOf(visit, tx);
    if (found === undefined) return NOT_FOUND;
    const { run } = found;
    const state: ProgressState = {
      state: run.state,
      percent: run.percent,
      step: run.step,
      secondsLeft: secondsLeft(run, visit.now) ?? null,
      isStopping: run.cancelRequested,
    };
    return respondWith(Response.json(state, { headers: { 'cache-control': 'no-store' } }));
  },
  view: () => ({ title: '', body: null }),
});
