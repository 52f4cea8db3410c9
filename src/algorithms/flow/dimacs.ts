/**
 * The DIMACS minimum-cost-flow format, read as it streams by and written back (First DIMACS International
 * Algorithm Implementation Challenge, "Network Flows and Matching", 1991).
 *
 *   c anything            p min NODES ARCS            n NODE SUPPLY            a TAIL HEAD LOW CAP COST
 *   answer:  s COST       f TAIL HEAD FLOW            nodes are numbered from 1
 *
 * The reader takes bytes in pieces of any size, cut anywhere, and keeps no text: numbers go straight into
 * typed arrays, announced by the `p` line (so at most what it states is taken, and it may state at most
 * 2^27 arcs). A negative capacity means endless. What is not in the format is answered with its line.
 */
import { flowMemoryNeeded } from './memory-needed.ts';
import { GREATEST_ARCS } from './network.ts';
import type { FlowAnswer, FlowProblem } from './minimum-cost-flow.ts';

export type DimacsReader = {
  readonly write: (bytes: Uint8Array) => void;
  readonly end: () =>
    | { readonly ok: true; readonly problem: FlowProblem }
    | { readonly ok: false; readonly line: number; readonly fault: DimacsFault };
};

export type DimacsFault =
  | 'no-problem-line'
  | 'second-problem-line'
  | 'unknown-line'
  | 'not-a-whole-number'
  | 'wrong-count-of-numbers'
  | 'out-of-range'
  /** Reading and solving what the `p` line announces would take more than the caller allows. */
  | 'beyond-memory'
  | 'more-arcs-than-announced'
  | 'fewer-arcs-than-announced';

const [NEW_LINE, RETURN, SPACE, TAB, MINUS, ZERO, NINE] = [10, 13, 32, 9, 45, 48, 57];
const [ARC, COMMENT, NODE, PROBLEM] = [97, 99, 110, 112];
const ENDLESS = 2 ** 31;
const GREATEST_NUMBER = 2 ** 53;

type State = {
  line: number;
  /** First letter of the line, 0 at its start; whether the rest is skipped. */
  kind: number;
  skip: boolean;
  /** Letters of the word after `p`, and numbers read on this line. */
  readonly numbers: Float64Array;
  readonly bytesAllowed: number;
  count: number;
  /** The number being read: −1 when none. */
  value: number;
  negative: boolean;
  fault: DimacsFault | null;
  problem: FlowProblem | null;
  arcs: number;
};

/** `bytesAllowed`: what reading and solving may take together (`flowMemoryNeeded`). */
export function dimacsReader(bytesAllowed = Infinity): DimacsReader {
  const state: State = {
    line: 1,
    kind: 0,
    skip: false,
    numbers: new Float64Array(6),
    bytesAllowed,
    count: 0,
    value: -1,
    negative: false,
    fault: null,
    problem: null,
    arcs: 0,
  };
  const fail = (fault: DimacsFault) => ({ ok: false, line: state.line, fault }) as const;
  return {
    write: (bytes) => {
      for (let k = 0; k < bytes.length && state.fault === null; k++) readByte(state, bytes[k]!);
    },
    end: () => {
      if (state.fault === null && state.kind !== 0) endLine(state);
      if (state.fault !== null) return fail(state.fault);
      const { problem } = state;
      if (problem === null) return fail('no-problem-line');
      if (state.arcs < problem.tail.length) return fail('fewer-arcs-than-announced');
      return { ok: true, problem };
    },
  };
}

/** The answer in the same format, in pieces of some thousand lines. */
export function* writeDimacs(problem: FlowProblem, answer: FlowAnswer): Generator<string> {
  if (answer.status !== 'optimal') {
    yield `c ${answer.status}\n`;
    return;
  }
  let piece = `s ${answer.cost}\n`;
  for (let a = 0; a < answer.flow.length; a++) {
    if (answer.flow[a] === 0) continue;
    piece += `f ${problem.tail[a]! + 1} ${problem.head[a]! + 1} ${answer.flow[a]}\n`;
    if (piece.length < 60_000) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function readByte(state: State, byte: number): void {
  if (byte === NEW_LINE) {
    if (state.kind !== 0) endLine(state);
    if (state.fault === null) state.line++;
    return;
  }
  if (state.skip) return;
  if (state.kind === 0) {
    if (byte === SPACE || byte === TAB || byte === RETURN) return;
    state.kind = byte;
    state.skip = byte === COMMENT;
    return;
  }
  if (byte >= ZERO && byte <= NINE) {
    state.value = (state.value < 0 ? 0 : state.value) * 10 + byte - ZERO;
    if (state.value >= GREATEST_NUMBER) state.fault = 'out-of-range';
  } else if (byte === SPACE || byte === TAB || byte === RETURN) endNumber(state);
  else if (byte === MINUS && state.value < 0 && !state.negative) state.negative = true;
  else if (state.kind !== PROBLEM || state.count > 0 || state.value >= 0) {
    state.fault = 'not-a-whole-number';
  }
}

function endNumber(state: State): void {
  if (state.value < 0) {
    if (state.negative) state.fault = 'not-a-whole-number';
    return;
  }
  if (state.count === state.numbers.length) state.fault = 'wrong-count-of-numbers';
  else state.numbers[state.count++] = state.negative ? -state.value : state.value;
  state.value = -1;
  state.negative = false;
}

function endLine(state: State): void {
  endNumber(state);
  const { kind } = state;
  if (state.fault === null && kind !== COMMENT) {
    if (kind === PROBLEM) readProblem(state);
    else if (kind === NODE) readNode(state);
    else if (kind === ARC) readArc(state);
    else state.fault = 'unknown-line';
  }
  state.kind = 0;
  state.skip = false;
  state.count = 0;
}

function readProblem(state: State): void {
  const [nodes = 0, arcs = 0] = state.numbers;
  if (state.problem !== null) state.fault = 'second-problem-line';
  else if (state.count !== 2) state.fault = 'wrong-count-of-numbers';
  else if (nodes < 0 || arcs < 0 || 4 * nodes > GREATEST_ARCS || 4 * arcs > GREATEST_ARCS) {
    state.fault = 'out-of-range';
  } else if (flowMemoryNeeded(nodes, arcs) > state.bytesAllowed) state.fault = 'beyond-memory';
  else {
    state.problem = {
      supply: new Float64Array(nodes),
      tail: new Int32Array(arcs),
      head: new Int32Array(arcs),
      low: new Float64Array(arcs),
      cap: new Float64Array(arcs),
      cost: new Float64Array(arcs),
    };
  }
}

function readNode(state: State): void {
  const { problem, numbers } = state;
  const [node = 0, supply = 0] = numbers;
  if (problem === null) state.fault = 'no-problem-line';
  else if (state.count !== 2) state.fault = 'wrong-count-of-numbers';
  else if (!isNode(problem, node)) state.fault = 'out-of-range';
  else problem.supply[node - 1] = supply;
}

function readArc(state: State): void {
  const { problem, numbers } = state;
  const [tail = 0, head = 0, low = 0, cap = 0, cost = 0] = numbers;
  if (problem === null) state.fault = 'no-problem-line';
  else if (state.count !== 5) state.fault = 'wrong-count-of-numbers';
  else if (state.arcs === problem.tail.length) state.fault = 'more-arcs-than-announced';
  else if (!isNode(problem, tail) || !isNode(problem, head)) state.fault = 'out-of-range';
  else {
    const a = state.arcs++;
    problem.tail[a] = tail - 1;
    problem.head[a] = head - 1;
    problem.low[a] = low;
    problem.cap[a] = cap < 0 ? ENDLESS : cap;
    problem.cost[a] = cost;
  }
}

function isNode({ supply }: FlowProblem, number: number): boolean {
  return number >= 1 && number <= supply.length;
}
