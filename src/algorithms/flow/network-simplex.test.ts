import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocationNetwork } from './allocation-network.ts';
import { crashBasis } from './crash-basis.ts';
import { findFeasiblePlan } from './feasible-plan.ts';
import { territory } from './make-territory.ts';
import type { Network } from './network.ts';
import { costOf, headOf } from './network.ts';
import type { Simplex } from './network-simplex.ts';
import { flowsOf, optimise } from './network-simplex.ts';
import { ARC, DEPTH, DOWN, LAST, NEXT, PARENT, UP } from './spanning-tree.ts';
import { starPointers, startFrom } from './start-basis.ts';
import { tinyProblem } from './tiny-problems.ts';
import { sendToRoot } from './warm-flow.ts';

const networks = fc
  .oneof(
    tinyProblem().filter((problem) => findFeasiblePlan(problem).ok),
    fc
      .record({
        needs: fc.integer({ min: 1, max: 40 }),
        offers: fc.integer({ min: 1, max: 25 }),
        pairsPerNeed: fc.integer({ min: 1, max: 12 }),
        seed: fc.nat(),
        greatestCapacity: fc.constantFrom(3, 10),
      })
      .map(territory),
  )
  .chain((problem) =>
    fc.constantFrom('leximin' as const, 'total' as const).map((objective) => ({
      network: allocationNetwork(problem, objective)!.network,
      needs: problem.needs.wanted.length,
    })),
  );

const cold = (network: Network, needs: number): Simplex => {
  const flow = new Int32Array(network.cap.length);
  sendToRoot(network, needs, network.supply, flow);
  return startFrom(network, flow, starPointers(network));
};
const crashed = (network: Network, needs: number): Simplex => {
  const { flow, pointers } = crashBasis(network, needs);
  return startFrom(network, flow, pointers);
};

test('between pivots the tree is a tree, strongly feasible, priced at 0, and its preorder is whole', () => {
  fc.assert(
    fc.property(networks, fc.boolean(), ({ network, needs }, crash) => {
      const simplex = (crash ? crashed : cold)(network, needs);
      assertTree(simplex);
      for (let budget = 0; budget < 30; budget++) {
        const before = simplex.pivots;
        const shouldStop = () => simplex.pivots > before;
        if (optimise(simplex, { shouldStop, askEvery: 1 }) === 'optimal') break;
        assert.equal(simplex.pivots, before + 1);
        assertTree(simplex);
        assertFlow(simplex);
      }
      optimise(simplex);
      assertTree(simplex);
      assertFlow(simplex);
      assertOptimal(simplex);
    }),
    { numRuns: 500 },
  );
});

test('every start leads to the same cost, and the same start to the same flow', () => {
  fc.assert(
    fc.property(networks, ({ network, needs }) => {
      const run = (start: typeof cold) => {
        const copy = { ...network, arcs: network.arcs.slice() };
        const simplex = start(copy, needs);
        optimise(simplex);
        return simplex;
      };
      assert.equal(costOfFlow(run(cold)), costOfFlow(run(crashed)));
      assert.deepEqual(flowsOf(run(crashed)), flowsOf(run(crashed)));
    }),
    { numRuns: 300 },
  );
});

function assertTree({ network, tree }: Simplex): void {
  const { records, potential } = tree;
  const seen = new Set<number>();
  let before = network.nodes;
  for (let v = records[(before << 3) + NEXT]!; v !== network.nodes; v = records[(v << 3) + NEXT]!) {
    const at = v << 3;
    assert.ok(!seen.has(v), 'preorder visits a node twice');
    seen.add(v);
    assert.equal(records[at + LAST], before);
    const parent = records[at + PARENT]!;
    assert.ok(parent === network.nodes || seen.has(parent), 'a child comes before its parent');
    assert.equal(records[at + DEPTH], records[(parent << 3) + DEPTH]! + 1);
    assert.ok(records[at + UP]! > 0, 'not strongly feasible');
    assert.ok(records[at + DOWN]! >= 0);
    const arc = records[at + ARC]! >> 1;
    assert.equal(records[at + UP]! + records[at + DOWN]!, network.cap[arc]);
    const tail = records[at + ARC]! & 1 ? v : parent;
    assert.equal(headOf(network, arc), tail === v ? parent : v);
    const head = headOf(network, arc);
    assert.equal(costOf(network, tail, arc) + potential[tail]! - potential[head]!, 0);
    before = v;
  }
  assert.equal(seen.size, network.nodes);
}

function eachArc(network: Network, visit: (tail: number, arc: number) => void): void {
  for (let v = 0; v < network.nodes; v++) {
    for (let a = network.start[v]!; a < network.start[v + 1]!; a++) visit(v, a);
  }
}

function assertFlow(simplex: Simplex): void {
  const { network } = simplex;
  const flow = flowsOf(simplex);
  const left = Array.from(network.supply);
  left.push(0);
  eachArc(network, (tail, arc) => {
    assert.ok(flow[arc]! >= 0 && flow[arc]! <= network.cap[arc]!);
    left[tail]! -= flow[arc]!;
    left[headOf(network, arc)]! += flow[arc]!;
  });
  assert.ok(
    left.slice(0, -1).every((units) => units === 0),
    'a node keeps units or makes them',
  );
}

function assertOptimal(simplex: Simplex): void {
  const { network, tree } = simplex;
  const flow = flowsOf(simplex);
  eachArc(network, (tail, arc) => {
    const { potential } = tree;
    const reduced = costOf(network, tail, arc) + potential[tail]! - potential[headOf(network, arc)]!;
    if (flow[arc]! < network.cap[arc]!) assert.ok(reduced >= 0);
    if (flow[arc]! > 0) assert.ok(reduced <= 0);
  });
}

function costOfFlow(simplex: Simplex): number {
  let cost = 0;
  const flow = flowsOf(simplex);
  eachArc(simplex.network, (tail, arc) => (cost += flow[arc]! * costOf(simplex.network, tail, arc)));
  return cost;
}
