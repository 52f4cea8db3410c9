/**
 * `bin/terreau flow FILE.min`: solves a minimum-cost flow in the DIMACS format and prints the flow in the same format.
 *
 * Must always hold: what is printed is a whole answer: nothing goes to the standard output before the optimum is
 * known, and the line `s` comes first. The file is read as it streams by and never held as text.
 */
import { dimacsReader, writeDimacs, type DimacsFault } from '../../src/algorithms/flow/dimacs.ts';
import { flowMemoryNeeded } from '../../src/algorithms/flow/memory-needed.ts';
import { minimumCostFlow, type FlowAnswer, type FlowProblem } from '../../src/algorithms/flow/minimum-cost-flow.ts';
import { unreachable } from '../../src/lib/assert.ts';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { readArguments } from './command-line.ts';
import { megabytes, readMegabytes } from './memory-limit.ts';
import { EXIT, piecesOf, printable, type Command, type Terminal } from './terminal.ts';

export const flowCommand: Command = async (args, terminal) => {
  const { values, files } = readArguments(
    args,
    { memory: { type: 'string' } },
    { least: 1, most: 1, named: 'one file, or - for the standard input' },
  );
  const [file = '-'] = files;
  const begun = performance.now();
  const problem = await readProblem(file, terminal, readMegabytes(values.memory) ?? Infinity);
  const needed = flowMemoryNeeded(problem.supply.length, problem.tail.length);
  terminal.showProgress(`Solving: up to ${megabytes(needed)} MB of memory`);
  const read = performance.now();
  const answer = minimumCostFlow(problem, { shouldStop: pivotsTeller(terminal) });
  const solved = performance.now();
  if (answer.status === 'invalid')
    throw new OperatorError(await invalidSentence(file, problem, answer.fault, terminal));
  for (const piece of writeDimacs(problem, answer)) await terminal.write(piece);
  if (answer.status === 'infeasible') {
    terminal.tell(stuckSentence(answer.stuck));
    return EXIT.infeasible;
  }
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(2)} s`;
  terminal.showProgress('');
  if (answer.status === 'optimal') {
    terminal.tell(
      `Optimal: ${problem.supply.length} nodes, ${problem.tail.length} arcs, cost ${answer.cost}, ` +
        `read in ${seconds(begun, read)}, solved in ${seconds(read, solved)}.`,
    );
  }
  return EXIT.done;
};

async function readProblem(file: string, terminal: Terminal, bytesAllowed: number): Promise<FlowProblem> {
  const reader = dimacsReader(bytesAllowed);
  let isFirst = true;
  for await (const piece of piecesOf(file, terminal)) {
    // A stream of another kind may never end: its first piece says so.
    const strange = isFirst ? strangeLine(piece) : undefined;
    if (strange !== undefined) throw new OperatorError(faultSentence(file, strange.line, strange.fault));
    isFirst = false;
    reader.write(piece);
  }
  const parsed = reader.end();
  if (!parsed.ok) throw new OperatorError(faultSentence(file, parsed.line, parsed.fault));
  return parsed.problem;
}

/** A fault in one of the lines that stand whole in the first piece. */
function strangeLine(piece: Uint8Array): { line: number; fault: DimacsFault } | undefined {
  const head = piece.subarray(0, 65_536);
  const lines = head.subarray(0, head.lastIndexOf(10) + 1);
  const reader = dimacsReader();
  reader.write(lines);
  const parsed = reader.end();
  const count = lines.reduce((sum, byte) => sum + Number(byte === 10), 0);
  return parsed.ok || parsed.line > count ? undefined : parsed;
}

const FAULTS: Readonly<Record<DimacsFault, string>> = {
  'no-problem-line': 'the line “p min NODES ARCS” must come before nodes and arcs.',
  'second-problem-line': 'a second “p” line: a file holds one problem.',
  'unknown-line': 'a line begins with c, p, n or a.',
  'not-a-whole-number': 'this is not a whole number.',
  'wrong-count-of-numbers': 'write “p min NODES ARCS”, “n NODE SUPPLY” or “a TAIL HEAD LOW CAP COST”.',
  'out-of-range': 'a number is out of range (nodes are numbered from 1).',
  'beyond-memory': 'solving this would take more memory than --memory allows: nothing was read.',
  'more-arcs-than-announced': 'there are more arcs than the “p” line announces.',
  'fewer-arcs-than-announced': 'the file ends before all the arcs that the “p” line announces.',
};

function faultSentence(file: string, line: number, fault: DimacsFault): string {
  return `${nameOf(file)}, line ${line}: ${FAULTS[fault]}`;
}

type Fault = Extract<FlowAnswer, { status: 'invalid' }>['fault'];

async function invalidSentence(file: string, problem: FlowProblem, fault: Fault, terminal: Terminal): Promise<string> {
  switch (fault.kind) {
    case 'unbalanced':
      return `${nameOf(file)}: supplies and demands must add up to 0; here they add up to ${fault.excess}.`;
    case 'too-large':
      return `${nameOf(file)}: the supplies or the costs are too large to be added up exactly (supplies and lower bounds under 2^29, nodes × greatest cost under 2^48).`;
    case 'arc': {
      const a = fault.arc;
      const [tail, head] = [(problem.tail[a] ?? 0) + 1, (problem.head[a] ?? 0) + 1];
      const line = await lineOfArc(file, a, terminal);
      return `${nameOf(file)}, ${line}, arc ${tail} → ${head}: ${arcFault(problem, a)}`;
    }
    default:
      return unreachable(fault);
  }
}

function arcFault({ low, cap, cost }: FlowProblem, a: number): string {
  const [least = 0, most = 0] = [low[a], cap[a]];
  if (least < 0) return `the lower bound ${least} is below 0.`;
  if (least > most) return `the lower bound ${least} is above the capacity ${most}.`;
  return `a negative cost (${cost[a]}) needs a capacity under 2^29.`;
}

/** Found again in the file only when it is needed; the standard input is gone by then. */
async function lineOfArc(file: string, arc: number, terminal: Terminal): Promise<string> {
  if (file === '-') return `arc number ${arc + 1}`;
  let [line, arcs, isStart] = [1, 0, true];
  for await (const piece of piecesOf(file, terminal)) {
    for (const byte of piece) {
      if (isStart && byte === 97 && arcs++ === arc) return `line ${line}`;
      if (byte === 10) line++;
      isStart = byte === 10 || (isStart && (byte === 32 || byte === 9 || byte === 13));
    }
  }
  return `arc number ${arc + 1}`;
}

function stuckSentence(stuck: readonly number[]): string {
  const named = stuck.slice(0, 5).map((node) => node + 1);
  const more = stuck.length > named.length ? ` and ${stuck.length - named.length} more` : '';
  const nodes = `${stuck.length === 1 ? 'Node' : 'Nodes'} ${named.join(', ')}${more}`;
  return `Infeasible: no flow exists. ${nodes} cannot send on all of the supply or meet all of the demand.`;
}

/** Tells the pivots from time to time, and never stops the solver: Ctrl-C ends the whole process. */
function pivotsTeller(terminal: Terminal): (simplex: { readonly pivots: number }) => boolean {
  let next = performance.now() + 500;
  return ({ pivots }) => {
    if (performance.now() >= next) {
      terminal.showProgress(`Solving: ${pivots} pivots`);
      next = performance.now() + 250;
    }
    return false;
  };
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : printable(file);
}
