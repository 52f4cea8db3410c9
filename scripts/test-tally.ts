/**
 * Counts what Node's test runner reports, subtests included, and writes it for people.
 *
 * Must always hold: a test counts once, as passed, failed or skipped; a suite counts only when it
 * fails by itself; a file that holds no test is a failure, never a silent pass.
 */
import { inspect } from 'node:util';

/** The part of the runner's events that is read here. */
export interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly file?: string | undefined;
    readonly skip?: string | boolean | undefined;
    readonly todo?: string | boolean | undefined;
    readonly message?: string;
    readonly details?: {
      readonly type?: string | undefined;
      readonly error?: { readonly failureType?: string; readonly cause?: unknown };
    };
  };
}

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Why tests were skipped, with the number of tests for each reason. */
  readonly reasons: Map<string, number>;
  /** What each file printed, kept until the file is known to fail. */
  readonly output: Map<string, string>;
}

export function newTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0, reasons: new Map(), output: new Map() };
}

/** Adds one event; returns the text to print at once, or nothing. */
export function count(tally: Tally, event: TestEvent): string | undefined {
  const { data, type } = event;
  if (type === 'test:stdout' || type === 'test:stderr') keepOutput(tally, data);
  if (type === 'test:pass') return countPass(tally, data);
  if (type === 'test:fail') return countFail(tally, data);
  return undefined;
}

/** The reasons for skipping, then the line that ends every run. */
export function summary(tally: Tally): string {
  const reasons = [...tally.reasons].map(([reason, times]) => `  ${times} × ${reason}`);
  const total = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
  const empty = tally.passed + tally.failed === 0 ? ['No test ran: that is a failure.'] : [];
  return [...(reasons.length ? ['Skipped:', ...reasons] : []), ...empty, total].join('\n');
}

export function hasFailed(tally: Tally): boolean {
  return tally.failed > 0 || tally.passed === 0;
}

function countPass(tally: Tally, data: TestEvent['data']): string | undefined {
  const postponed = data.skip ?? data.todo;
  if (postponed !== undefined && postponed !== false) {
    tally.skipped += 1;
    const reason = typeof postponed === 'string' && postponed !== '' ? postponed : 'no reason given';
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
    return undefined;
  }
  if (data.details?.type === 'suite') return undefined;
  if (data.name === data.file) {
    tally.failed += 1;
    return `✖ ${data.file} holds no test.`;
  }
  tally.passed += 1;
  return undefined;
}

function countFail(tally: Tally, data: TestEvent['data']): string | undefined {
  const error = data.details?.error;
  const isEcho = error?.failureType === 'subtestsFailed';
  if (data.details?.type === 'suite' && isEcho) return undefined;
  tally.failed += 1;
  if (isEcho) return undefined;
  const printed = data.name === data.file ? (tally.output.get(data.file ?? '') ?? '') : '';
  const cause = describeError(error?.cause ?? error);
  return `\n✖ ${data.name}\n  ${data.file ?? ''}\n${indent(`${cause}\n${printed}`)}`;
}

/** An assertion that brings its own sentence needs no dump of its values. */
function describeError(error: unknown): string {
  const isSentence = error instanceof Error && 'generatedMessage' in error && !error.generatedMessage;
  return isSentence ? (error.stack ?? error.message) : inspect(error, { depth: 6 });
}

function keepOutput(tally: Tally, data: TestEvent['data']): void {
  const file = data.file ?? '';
  tally.output.set(file, `${tally.output.get(file) ?? ''}${data.message ?? ''}`.slice(-20_000));
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}
