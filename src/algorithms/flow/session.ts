/** A plan in hand: what the next question goes on from. */
import type { Allocation } from './allocation.ts';
import type { AllocationNetwork, Objective } from './allocation-network.ts';
import type { DemandTally } from './demand-tally.ts';
import type { Neighbourhood } from './local-pivots.ts';
import type { Simplex } from './network-simplex.ts';

/** Ready for the next question. Lives in the thread that made it. */
export type Session = {
  allocation: Allocation;
  readonly objective: Objective;
  built: AllocationNetwork | null;
  simplex: Simplex | null;
  /** What makes small changes quick, once one was asked for. */
  whatIf: WhatIf | null;
};

export type WhatIf = { readonly near: Neighbourhood; readonly hasMinimums: boolean; tally: DemandTally | null };
