/**
 * A funder's report: what came of its money and of what was given beside it, in a period, as facts that are frozen when it
 * is issued; and how they differ from the facts of another day.
 *
 * Must always hold: every sum is that of lines that are listed; a line is known by its entry in the books, so that a
 * correction is one line gone and another come; a person-day is counted once for a funder, whatever its reports (IK-10).
 */
import type { CountedWork } from '../../alliance/in-kind.ts';
import type { LedgerUnit } from '../../../lib/quantity.ts';
import type { SpendingNature } from '../../ledger/account.ts';

export type ReceivedLine = {
  readonly entryId: string;
  readonly day: string;
  readonly reference: string;
  readonly year: number;
  readonly cents: string;
};

export type SpentLine = {
  readonly entryId: string;
  readonly day: string;
  readonly nature: SpendingNature;
  readonly supplier: string;
  readonly cents: string;
  readonly hasFile: boolean;
};

export type SessionLine = {
  readonly entryId: string;
  readonly sessionId: string;
  readonly needId: string;
  readonly day: string;
  readonly giver: string;
  readonly receiver: string;
  readonly kindFr: string;
  readonly kindEn: string;
  readonly unit: LedgerUnit;
  readonly amount: string;
  /** Who said for the giver what was given: an identifier, so that erasing a person changes no report. */
  readonly personId: string;
};

export type ReportFacts = {
  readonly sender: string;
  readonly senderSiren: string | null;
  readonly funder: string;
  readonly funderId: string;
  readonly funderSiren: string | null;
  readonly programme: { readonly code: string; readonly fr: string; readonly en: string } | null;
  /** Both days counted. */
  readonly from: string;
  readonly until: string;
  readonly received: readonly ReceivedLine[];
  /** What others paid in the period, by kind of agreement. */
  readonly others: readonly { readonly kind: 'partner' | 'public-funder'; readonly cents: string }[];
  readonly spent: readonly SpentLine[];
  readonly sessions: readonly SessionLine[];
};

export const REPORT_LINES_MOST = 2000;

/** Reports of one funder, programme and period are versions of one report. */
export function reportKey({ programme, from, until }: Pick<ReportFacts, 'programme' | 'from' | 'until'>): string {
  return `${programme?.code ?? '*'}:${from}:${until}`;
}

export function sumCents(lines: readonly { readonly cents: string }[]): bigint {
  return lines.reduce((sum, { cents }) => sum + BigInt(cents), 0n);
}

export interface ReportTotals {
  readonly receivedCents: bigint;
  readonly othersCents: bigint;
  readonly spentCents: bigint;
  readonly byNature: ReadonlyMap<SpendingNature, bigint>;
  readonly byUnit: ReadonlyMap<LedgerUnit, bigint>;
  readonly givers: number;
  readonly receivers: number;
  readonly needs: number;
}

export function totalsOf({ received, others, spent, sessions }: ReportFacts): ReportTotals {
  const byNature = new Map<SpendingNature, bigint>();
  for (const { nature, cents } of spent) byNature.set(nature, (byNature.get(nature) ?? 0n) + BigInt(cents));
  const byUnit = new Map<LedgerUnit, bigint>();
  for (const { unit, amount } of sessions) byUnit.set(unit, (byUnit.get(unit) ?? 0n) + BigInt(amount));
  return {
    receivedCents: sumCents(received),
    othersCents: sumCents(others),
    spentCents: sumCents(spent),
    byNature,
    byUnit,
    givers: new Set(sessions.map(({ giver }) => giver)).size,
    receivers: new Set(sessions.map(({ receiver }) => receiver)).size,
    needs: new Set(sessions.map(({ needId }) => needId)).size,
  };
}

export interface DeliveredLine {
  readonly giver: string;
  readonly receiver: string;
  readonly unit: LedgerUnit;
  readonly amount: bigint;
  readonly sessions: number;
}

/** Who gave how much to whom, the names in their order. */
export function deliveredBy(sessions: readonly SessionLine[]): DeliveredLine[] {
  const groups = Map.groupBy(sessions, ({ giver, receiver, unit }) => JSON.stringify([giver, receiver, unit]));
  return [...groups.values()]
    .flatMap((lines) => {
      const [first] = lines;
      if (first === undefined) return [];
      const { giver, receiver, unit } = first;
      const amount = lines.reduce((sum, line) => sum + BigInt(line.amount), 0n);
      return [{ giver, receiver, unit, amount, sessions: lines.length }];
    })
    .toSorted(
      (a, b) => compareText(a.giver, b.giver) || compareText(a.receiver, b.receiver) || compareText(a.unit, b.unit),
    );
}

/** IK-10: the person-days of a report, as the rule counts them. */
export function countedWork(facts: ReportFacts): CountedWork[] {
  return facts.sessions
    .filter(({ unit }) => unit === 'minute')
    .map(({ personId, day, amount }) => ({
      person: personId,
      day: Temporal.PlainDate.from(day),
      funder: facts.funderId,
      report: reportKey(facts),
      minutes: Number(amount),
    }));
}

export type ChangedPart = 'received' | 'spent' | 'sessions';

export interface ReportChange {
  readonly part: ChangedPart;
  readonly change: 'added' | 'removed';
  readonly line: ReceivedLine | SpentLine | SessionLine;
}

/** What stands today and did not then, and the reverse; by part, then by day. */
export function reportChanges(frozen: ReportFacts, today: ReportFacts): ReportChange[] {
  return (['received', 'spent', 'sessions'] as const).flatMap((part) => {
    const [then, now] = [frozen[part], today[part]] as [readonly Known[], readonly Known[]];
    const [had, have] = [new Set(then.map(({ entryId }) => entryId)), new Set(now.map(({ entryId }) => entryId))];
    const changes: ReportChange[] = [
      ...then.filter(({ entryId }) => !have.has(entryId)).map((line) => ({ part, change: 'removed' as const, line })),
      ...now.filter(({ entryId }) => !had.has(entryId)).map((line) => ({ part, change: 'added' as const, line })),
    ];
    return changes.toSorted((a, b) => compareText(a.line.day, b.line.day) || compareText(a.change, b.change));
  });
}

type Known = ReceivedLine | SpentLine | SessionLine;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
