/** What a delivery statement freezes. Must always hold: amounts are whole numbers of their unit, as text. */
import type { LedgerUnit } from '../../../lib/quantity.ts';
import type { CommitmentFamily } from '../../alliance/agreement.ts';
import type { SessionLine } from './report.ts';

export type StatementFacts = {
  readonly sender: string;
  readonly senderSiren: string | null;
  readonly organisation: string;
  readonly organisationSiren: string | null;
  readonly year: number;
  readonly promises: readonly {
    readonly family: CommitmentFamily;
    readonly unit: LedgerUnit;
    readonly promised: string;
    readonly asked: string;
    readonly delivered: string;
    readonly left: string;
  }[];
  readonly sessions: readonly SessionLine[];
};
