import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linesOf } from './geojson.ts';
import { drawMap, simplified, type Point } from './map.ts';

const point = fc.tuple(fc.double({ min: -6, max: 9, noNaN: true }), fc.double({ min: 41, max: 51, noNaN: true }));
const commune = fc.record(
  {
    commune: fc.string({ minLength: 1, maxLength: 5 }),
    label: fc.string({ minLength: 1, maxLength: 8 }),
    count: fc.integer({ min: 1, max: 5000 }),
    longitude: fc.double({ min: -6, max: 9, noNaN: true }),
    latitude: fc.double({ min: 41, max: 51, noNaN: true }),
  },
  { noNullPrototype: true },
);

test('every place is in one dot, inside the picture', () => {
  fc.assert(
    fc.property(
      fc.array(commune, { maxLength: 60 }),
      fc.array(fc.array(point, { minLength: 2 }), { maxLength: 3 }),
      (communes, lines) => {
        const { dots, width, height } = drawMap(lines as Point[][], communes);
        assert.equal(
          dots.reduce((sum, dot) => sum + dot.count, 0),
          communes.reduce((sum, each) => sum + each.count, 0),
        );
        assert.equal(dots.flatMap((dot) => dot.communes).length, communes.length);
        for (const { x, y } of dots)
          assert.ok(x >= 0 && x <= width && y >= 0 && y <= height, `${x} ${y} of ${width} ${height}`);
      },
    ),
  );
});

test('a simplified line keeps its ends and is no longer than asked', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 400 }), (line) => {
      const [simple] = simplified([line as Point[]], 50);
      assert.ok(simple !== undefined && simple.length <= Math.max(50, 2));
      assert.deepEqual([simple[0], simple.at(-1)], [line[0], line.at(-1)]);
    }),
  );
});

test('lines come out of every kind of GeoJSON that has some; all else is refused with a reason', () => {
  const ring = [
    [3, 45],
    [3.1, 45],
    [3.1, 45.1],
    [3, 45],
  ];
  const polygon = { type: 'Polygon', coordinates: [ring] };
  const read = (value: unknown) => linesOf(JSON.stringify(value));
  for (const value of [
    polygon,
    { type: 'MultiPolygon', coordinates: [[ring], [ring]] },
    { type: 'LineString', coordinates: ring },
    { type: 'Feature', properties: { nom: 'Riom' }, geometry: polygon },
    { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: polygon }] },
    { type: 'GeometryCollection', geometries: [polygon] },
  ]) {
    const lines = read(value);
    assert.ok(lines.ok, JSON.stringify(value));
    assert.deepEqual(lines.value[0], ring);
  }
  assert.deepEqual(linesOf('pas du JSON'), { ok: false, reason: 'not-geojson' });
  assert.deepEqual(read([1, 2]), { ok: false, reason: 'not-geojson' });
  assert.deepEqual(read({ type: 'Point', coordinates: [3, 45] }), { ok: false, reason: 'no-line' });
  assert.deepEqual(
    read({
      type: 'LineString',
      coordinates: [
        [700_000, 6_500_000],
        [1, 2],
      ],
    }),
    { ok: false, reason: 'not-degrees' },
  );
  assert.deepEqual(read({ type: 'FeatureCollection', features: [null, 3, { type: 'Feature', geometry: null }] }), {
    ok: false,
    reason: 'no-line',
  });
});
