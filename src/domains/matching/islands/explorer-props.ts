/** What the explorer is drawn from, the same in the server and in the browser, and the acts that only a script has. */
import type { FormState } from '../../../lib/form-state.ts';
import { translator, type Locale } from '../../../i18n/translator.ts';
import { compareWith, explore, planInHand, rowOf, type Comparison, type Explored, type Outcome } from '../explore.ts';
import type { ExplorerProblem } from '../explorer-problem.ts';
import type { PairChange, WhatIf } from '../what-if.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

/** What the page says once: the rest is in its address and in its problem. */
export interface ExplorerPage {
  readonly locale: Locale;
  /** Of the page, without its parameters. */
  readonly address: string;
  /** The number of the try. */
  readonly number: number;
  /** Whether pins may be made decisions here and now. */
  readonly mayDecide: boolean;
  /** Of the form that does. */
  readonly key: string;
  /** How that form came back. */
  readonly form: FormState;
}

/** What is looked at: the need whose pairs are listed, and the flow that is drawn (`u` and a unit, `k` and a kind). */
export interface Sight {
  readonly need: number | undefined;
  readonly flow: string;
}

export interface Acts {
  setCapacity(offer: number, units: number): void;
  setWanted(need: number, units: number): void;
  setAdded(place: number, units: number): void;
  add(like: string, units: number): void;
  setPair(key: string, change: PairChange): void;
  look(sight: Partial<Sight>): void;
  reset(): void;
}

/** Everything computed for one state of the page. */
export interface Found {
  readonly whatIf: WhatIf;
  readonly explored: Explored;
  readonly before: Outcome;
  /** The plan to draw: the new one, or the one in hand when there is none. */
  readonly outcome: Outcome;
  readonly comparison: Comparison;
}

export interface ExplorerProps extends Found {
  readonly page: ExplorerPage;
  readonly problem: ExplorerProblem;
  readonly sight: Sight;
  readonly t: ExplorerText;
  /** Absent where no script runs: then the form is sent. */
  readonly acts?: Acts | undefined;
  /** How long the last plan took, in milliseconds. */
  readonly took?: number | undefined;
}

export type ExplorerText = ReturnType<typeof explorerText>;

export function explorerText(locale: Locale) {
  return translator(locale, { fr, en });
}

/** Long enough for any territory, short enough for a visitor who waits. */
const TIME_LIMIT_MS = 400;

export function find(problem: ExplorerProblem, whatIf: WhatIf): Found {
  const before = planInHand(problem);
  const explored = explore(problem, whatIf, { timeLimitMs: TIME_LIMIT_MS });
  const outcome = explored.kind === 'found' ? explored.outcome : before;
  return { whatIf, explored, before, outcome, comparison: compareWith(before, outcome) };
}

export function readSight(query: URLSearchParams, problem: ExplorerProblem): Sight {
  const need = /^\d{1,6}$/u.test(query.get('voir') ?? '') ? Number(query.get('voir')) : undefined;
  return {
    need: need !== undefined && problem.data.needs[need] !== undefined ? need : undefined,
    flow: query.get('flux') ?? '',
  };
}

export function nameOf(
  { problem, whatIf }: Pick<ExplorerProps, 'problem' | 'whatIf'>,
  side: 'need' | 'offer',
  place: number,
) {
  const { title, organisation, ...row } = rowOf(problem, whatIf, side, place);
  return { ...row, title, organisation, name: problem.data.organisations[organisation] ?? '' };
}

export function unitOf({ problem }: Pick<ExplorerProps, 'problem'>, kind: number) {
  return problem.data.kinds[kind]?.unit ?? 'half-day';
}
