import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { dimacsReader, writeDimacs } from './dimacs.ts';
import type { FlowProblem } from './minimum-cost-flow.ts';
import { minimumCostFlow } from './minimum-cost-flow.ts';

const read = (text: string | Uint8Array, piece = Infinity) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const reader = dimacsReader();
  for (let k = 0; k < bytes.length; k += piece) reader.write(bytes.subarray(k, Math.min(bytes.length, k + piece)));
  return reader.end();
};

const EXAMPLE = `c from the specification
p min 4 5
n 1 4
n 4 -4
a 1 2 0 4 2
a 1 3 0 2 2
a 2 3 0 2 1
a 2 4 0 3 3
a 3 4 0 5 1
`;

test('the example of the specification is read, solved and written', () => {
  const parsed = read(EXAMPLE);
  assert.ok(parsed.ok);
  const answer = minimumCostFlow(parsed.problem);
  const lines = [...writeDimacs(parsed.problem, answer)].join('');
  assert.equal(lines, 's 14\nf 1 2 2\nf 1 3 2\nf 2 3 2\nf 3 4 4\n');
});

test('pieces may be cut anywhere, lines may end in either way, the last may lack its end', () => {
  const whole = read(EXAMPLE);
  for (const piece of [1, 2, 3, 7, 50]) assert.deepEqual(read(EXAMPLE, piece), whole);
  assert.deepEqual(read(EXAMPLE.replaceAll('\n', '\r\n')), whole);
  assert.deepEqual(read(EXAMPLE.trimEnd()), whole);
});

test('what is not in the format is answered with its line', () => {
  const fault = (text: string) => {
    const parsed = read(text);
    return parsed.ok ? 'read' : `${parsed.line} ${parsed.fault}`;
  };
  assert.equal(fault(''), '1 no-problem-line');
  assert.equal(fault('a 1 2 0 1 1\n'), '1 no-problem-line');
  assert.equal(fault('p min 2 1\nx 1\n'), '2 unknown-line');
  assert.equal(fault('p min 2 1\na 1 2 0 1\n'), '2 wrong-count-of-numbers');
  assert.equal(fault('p min 2 1\na 1 3 0 1 1\n'), '2 out-of-range');
  assert.equal(fault('p min 2 1\na 1 2 0 1.5 1\n'), '2 not-a-whole-number');
  assert.equal(fault('p min 2 1\na 1 2 0 1 -\n'), '2 not-a-whole-number');
  assert.equal(fault('p min 2 1\n'), '2 fewer-arcs-than-announced');
  assert.equal(fault('p min 2 0\na 1 2 0 1 1\n'), '2 more-arcs-than-announced');
  assert.equal(fault('p min 99999999999 1\n'), '1 out-of-range');
  assert.equal(fault('p min 1 1\np min 1 1\n'), '2 second-problem-line');
});

test('no bytes make the reader throw or read what is not there', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc
      .tuple(fc.constantFrom('a', 'n', 'p min', 'c'), fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 7 }))
      .map(([kind, numbers]) => `${kind} ${numbers.join(' ')}`),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const parsed = read(lines.join('\n'));
      if (!parsed.ok) return;
      const answer = minimumCostFlow(parsed.problem);
      if (answer.status === 'optimal') assertBest(parsed.problem, answer.flow, answer.potential);
    }),
    { numRuns: 3000 },
  );
});

test('a flow found is lawful and no arc invites change; none is found only where a cut forbids it', () => {
  const problems = fc.integer({ min: 2, max: 7 }).chain((nodes) =>
    fc.record({
      supplies: fc.array(fc.constantFrom(0, 0, 0, 1, -1, 3, -3), {
        minLength: nodes - 1,
        maxLength: nodes - 1,
      }),
      arcs: fc.array(
        fc.record({
          tail: fc.nat(nodes - 1),
          head: fc.nat(nodes - 1),
          low: fc.constantFrom(0, 0, 0, 0, 1, 2),
          room: fc.nat(5),
          cost: fc.integer({ min: -5, max: 20 }),
        }),
        { minLength: 2 * nodes, maxLength: 4 * nodes },
      ),
    }),
  );
  let optimal = 0;
  fc.assert(
    fc.property(problems, ({ supplies, arcs }) => {
      const last = -supplies.reduce((sum: number, one) => sum + one, 0);
      const problem: FlowProblem = {
        supply: Float64Array.from([...supplies, last]),
        tail: Int32Array.from(arcs, (arc) => arc.tail),
        head: Int32Array.from(arcs, (arc) => arc.head),
        low: Float64Array.from(arcs, (arc) => arc.low),
        cap: Float64Array.from(arcs, (arc) => arc.low + arc.room),
        cost: Float64Array.from(arcs, (arc) => arc.cost),
      };
      const answer = minimumCostFlow(problem);
      if (answer.status === 'optimal') {
        optimal++;
        assertBest(problem, answer.flow, answer.potential);
      } else {
        assert.equal(answer.status, 'infeasible');
        assert.ok(someCutForbids(problem));
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(optimal > 500);
});

function assertBest(problem: FlowProblem, flow: Float64Array, potential: Float64Array): void {
  const left = Float64Array.from(problem.supply);
  for (let a = 0; a < flow.length; a++) {
    const [tail, head] = [problem.tail[a]!, problem.head[a]!];
    left[tail]! -= flow[a]!;
    left[head]! += flow[a]!;
    assert.ok(flow[a]! >= problem.low[a]! && flow[a]! <= problem.cap[a]!);
    const reduced = problem.cost[a]! + potential[tail]! - potential[head]!;
    if (flow[a]! < problem.cap[a]!) assert.ok(reduced >= 0);
    if (flow[a]! > problem.low[a]!) assert.ok(reduced <= 0);
  }
  assert.ok(left.every((units) => units === 0));
}

/** Some set of nodes holds more supply (less demand) than may leave it: Hoffman's condition fails. */
function someCutForbids({ supply, tail, head, low, cap }: FlowProblem): boolean {
  for (let set = 1; set < 1 << supply.length; set++) {
    const inside = (v: number) => ((set >> v) & 1) === 1;
    let mustLeave = 0;
    supply.forEach((units, v) => (mustLeave += inside(v) ? units : 0));
    for (let a = 0; a < tail.length; a++) {
      if (inside(tail[a]!) && !inside(head[a]!)) mustLeave -= cap[a]!;
      if (!inside(tail[a]!) && inside(head[a]!)) mustLeave += low[a]!;
    }
    if (mustLeave > 0) return true;
  }
  return false;
}

const DATA = '../shared/data/optim-affectation';
const skip = existsSync(DATA) ? false : `no data at ${DATA}`;

test('known optima of GRIDGEN networks are reached', { skip }, () => {
  const optima = readFileSync(`${DATA}/optimums.csv`, 'utf8').trim().split('\n').slice(1);
  let solved = 0;
  for (const [name, optimum] of optima.map((line) => line.split(','))) {
    const file = `${DATA}/${name}`;
    if (!existsSync(file) || !file.endsWith('.dmx')) continue;
    const parsed = read(readFileSync(file), 1000);
    assert.ok(parsed.ok);
    const answer = minimumCostFlow(parsed.problem);
    assert.equal(answer.status, 'optimal');
    if (answer.status === 'optimal') assert.equal(String(answer.cost), optimum);
    solved++;
  }
  assert.equal(solved, 3);
});
