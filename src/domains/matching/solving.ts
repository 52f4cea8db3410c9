/** What the server and its solving thread say to each other. Plain values, copied between them. */
import type { Plan } from './plan.ts';
import type { Pool } from './pool.ts';
import type { RunStep } from './round.ts';

/** What the thread is born with. `flag[0]` becomes 1 when the try is cancelled. */
export interface SolverTask {
  readonly pool: Pool;
  readonly flag: Int32Array<SharedArrayBuffer>;
  readonly timeLimitMs: number;
}

export type SolverMessage =
  | { readonly kind: 'progress'; readonly percent: number; readonly step: RunStep }
  | { readonly kind: 'made'; readonly plan: Plan }
  | { readonly kind: 'cancelled' };
