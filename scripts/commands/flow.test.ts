import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { matchingInstances } from './matching-instances.ts';
import { runScripted } from './scripted-terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const solve = (input: string | Uint8Array) => runScripted(['flow', '-'], { input });

test('the flow is printed in the format of the problem, its cost first', async () => {
  const { code, output } = await solve(`c lower bound, parallel arcs, a cycle that earns
p min 4 6
n 1 4
n 4 -4
a 1 2 1 4 2
a 1 2 0 1 1
a 1 3 0 2 2
a 2 4 0 4 3
a 3 4 0 5 1
a 4 3 0 1 -2
`);
  assert.equal(code, 0);
  assert.equal(output, 's 14\nf 1 2 1\nf 1 2 1\nf 1 3 2\nf 2 4 2\nf 3 4 3\nf 4 3 1\n');
});

test('a problem without a flow is infeasible, with the nodes that are stuck', async () => {
  const ran = await solve('p min 2 1\nn 1 3\nn 2 -3\na 1 2 0 2 1\n');
  assert.deepEqual([ran.code, ran.output], [3, 'c infeasible\n']);
  assert.match(ran.said, /^Infeasible: no flow exists\. Nodes? [12]/);
});

test('what cannot be read is told with its line', async () => {
  const refused = async (input: string) => {
    const { code, output, said } = await solve(input);
    assert.deepEqual([code, output], [2, '']);
    return said;
  };
  assert.match(await refused(''), /^standard input, line 1: the line “p min/);
  assert.match(await refused('p min 2 1\na 1 2 0 NaN 1\n'), /line 2: this is not a whole number/);
  assert.match(await refused('p min 2 -1\n'), /line 1: a number is out of range/);
  assert.match(await refused('p min 2 1\na 1 2 0 99999999999999999999 1\n'), /line 2: a number is out of range/);
  assert.match(await refused('p min 2 1\nn 1 1\nn 2 -1\na 1 2'), /line 4: write “p min/);
  assert.match(await refused('p min 2 1\nn 1 1\na 1 2 0 1 1\n'), /must add up to 0; here they add up to 1/);
  assert.match(await refused('p min 2 1\na 1 2 3 1 1\n'), /arc 1 → 2: the lower bound 3 is above the capacity 1/);
  assert.match(await refused('p min 2 1\na 1 2 0 -1 -5\n'), /a negative cost \(-5\) needs a capacity/);
  assert.match(await refused('p min 2 1\nn 1 900000000\nn 2 -900000000\na 1 2 0 -1 5\n'), /too large to be added up/);
});

test('more memory than allowed is refused at the line that announces it', async () => {
  const input = 'c large\np min 1000 5000000\n';
  const refused = await runScripted(['flow', '-', '--memory', '100'], { input });
  assert.deepEqual([refused.code, refused.output], [2, '']);
  assert.match(refused.said, /line 2: solving this would take more memory than --memory allows/);
  assert.match((await runScripted(['flow', '-', '--memory', 'much'], { input })).said, /--memory is a whole number/);
  const small = await runScripted(['flow', '-', '--memory', '1'], { input: 'p min 2 1\nn 1 3\nn 2 -3\na 1 2 0 3 1\n' });
  assert.equal(small.output, 's 3\nf 1 2 3\n');
});

test('a fault of an arc is found again in a file, with its line', async (t) => {
  const file = temporaryFolder(t).write('network.min', 'c a comment about a\np min 2 2\n a 1 2 0 1 1\na 2 1 4 1 1\n');
  assert.match((await runScripted(['flow', file])).said, /, line 4, arc 2 → 1: the lower bound 4/);
});

test('whatever the bytes, a code and a sentence', async () => {
  const line = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc
      .tuple(
        fc.constantFrom('a', 'n', 'p min', 'c', 's'),
        fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom('NaN', '1e9', '99999999999999999999', '')), {
          maxLength: 7,
        }),
      )
      .map(([kind, numbers]) => `${kind} ${numbers.join(' ')}`),
  );
  const texts = fc.array(line, { maxLength: 12 }).map((lines) => new TextEncoder().encode(lines.join('\n')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(texts, fc.uint8Array({ maxLength: 200 })), async (input) => {
      const { code, output, said } = await solve(input);
      if (code === 0) assert.match(output, /^s -?\d+\n/);
      else if (code === 3) assert.equal(output, 'c infeasible\n');
      else assert.deepEqual([code, output], [2, ''], said);
      assert.notEqual(said, '');
    }),
    { numRuns: 500 },
  );
});

const NETWORKS = '../shared/data/optim-affectation';
const noNetworks = existsSync(NETWORKS) ? false : `no data at ${NETWORKS}`;

test('known optima of GRIDGEN networks are printed', { skip: noNetworks }, async () => {
  const optima = readFileSync(`${NETWORKS}/optimums.csv`, 'utf8').trim().split('\n').slice(1);
  const networks = optima.map((line) => line.split(',')).filter(([name = '']) => name.endsWith('.dmx'));
  assert.equal(networks.length, 3);
  for (const [name, optimum] of networks) {
    const { code, output } = await runScripted(['flow', `${NETWORKS}/${name}`]);
    assert.equal(code, 0);
    assert.ok(output.startsWith(`s ${optimum}\n`), `${name}: ${output.slice(0, 20)}`);
  }
});

test('known optima of public matching instances are printed', { skip: matchingInstances.skip }, async () => {
  for (const instance of matchingInstances.conferences()) {
    const { code, output } = await solve(instance.dimacs());
    const cost = Number(/^s (-?\d+)/.exec(output)?.[1]);
    assert.deepEqual([code, -cost / 1e6], [0, instance.optimum], instance.name);
  }
});

test('a real instance of 92,000 arcs is solved to its known optimum', { skip: matchingInstances.skip }, async () => {
  const { edges, optimum } = matchingInstances.scale((file) => gunzipSync(file).toString());
  const needs = new Map<string, number>();
  const offers = new Map<string, number>();
  const number = (places: Map<string, number>, id: string) => places.get(id) ?? places.set(id, places.size).size - 1;
  const arcs = edges.map(([need, offer, score]) => [number(needs, need), number(offers, offer), score] as const);
  const [n, m] = [needs.size, offers.size];
  const bin = n + m + 1;
  const lines = [
    `p min ${bin} ${arcs.length + n + m}`,
    ...needs.values().map((i) => `n ${i + 1} 2`),
    `n ${bin} ${-2 * n}`,
    ...arcs.map(([i, j, score]) => `a ${i + 1} ${n + j + 1} 0 1 ${-score}`),
    ...needs.values().map((i) => `a ${i + 1} ${bin} 0 2 0`),
    ...offers.values().map((j) => `a ${n + j + 1} ${bin} 0 2 0`),
  ];
  const { output } = await solve(`${lines.join('\n')}\n`);
  assert.ok(output.startsWith(`s -${optimum}\n`), output.slice(0, 20));
});
