import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOutFlow, type PlacedNode } from './flow-layout.ts';

const sizes = { scaleHeight: 240, room: 38, gap: 10 };
const left = ['a', 'b', 'c', 'd'];
const right = ['w', 'x', 'y', 'z'];
const links = fc.uniqueArray(
  fc.record({
    from: fc.constantFrom(...left),
    to: fc.constantFrom(...right),
    value: fc.integer({ min: 1, max: 500 }),
  }),
  { selector: ({ from, to }) => from + to, minLength: 1 },
);
const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;

test('nodes are as tall as their ribbons, never overlap, and stay in the picture', () => {
  fc.assert(
    fc.property(links, (given) => {
      const layout = layOutFlow(left, right, given, sizes);
      for (const [end, column] of [
        ['from', layout.left],
        ['to', layout.right],
      ] as const) {
        for (const node of column) {
          const ribbons = layout.links.filter((link) => link[end] === node.id);
          assert.ok(
            near(
              node.height,
              ribbons.reduce((sum, link) => sum + link.thickness, 0),
            ),
          );
          assert.equal(
            node.value,
            ribbons.reduce((sum, link) => sum + link.value, 0),
          );
        }
        assertApart(column, layout.height);
      }
    }),
  );
});

test('ribbons stand side by side at both ends, inside their nodes', () => {
  fc.assert(
    fc.property(links, (given) => {
      const layout = layOutFlow(left, right, given, sizes);
      for (const [end, top, column] of [
        ['from', 'fromTop', layout.left],
        ['to', 'toTop', layout.right],
      ] as const) {
        for (const node of column) {
          let at = node.top;
          for (const link of layout.links.filter((one) => one[end] === node.id).toSorted((a, b) => a[top] - b[top])) {
            assert.ok(near(link[top], at));
            at += link.thickness;
          }
          assert.ok(near(at, node.top + node.height));
        }
      }
    }),
  );
});

test('nothing to show is an empty picture; strangers and zeros are left out', () => {
  assert.deepEqual(layOutFlow(left, right, [], sizes), {
    height: 0,
    left: [],
    right: [],
    links: [],
  });
  const layout = layOutFlow(
    left,
    right,
    [
      { from: 'a', to: 'w', value: 2 },
      { from: 'a', to: 'x', value: 0 },
      { from: 'nobody', to: 'w', value: 5 },
    ],
    sizes,
  );
  assert.equal(layout.links.length, 1);
  assert.deepEqual(
    layout.right.map(({ id, value }) => [id, value]),
    [['w', 2]],
  );
});

function assertApart(column: readonly PlacedNode[], height: number): void {
  let bottom = -1e-6;
  for (const { top, height: own, labelTop } of column) {
    assert.ok(Math.min(top, labelTop) >= bottom - 1e-6);
    bottom = Math.max(top + own, labelTop + sizes.room) + sizes.gap - 1e-6;
  }
  assert.ok(bottom - sizes.gap <= height + 1e-5);
}
