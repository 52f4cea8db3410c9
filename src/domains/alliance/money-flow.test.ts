import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { moneyFlow, type Amount } from './money-flow.ts';

const amounts = (prefix: string) =>
  fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 12 })
    .map((list) => list.map((cents, place): Amount => ({ id: `${prefix}${place}`, cents })));
const sum = (list: readonly { readonly cents: bigint }[]) => list.reduce((all, { cents }) => all + cents, 0n);

test('ribbons add up to each source and to each use, to the cent', () => {
  fc.assert(
    fc.property(amounts('s'), amounts('u'), (income, spent) => {
      const { sources, uses, ribbons } = moneyFlow(income, spent);
      assert.equal(sum(sources), sum(uses));
      for (const source of sources) assert.equal(sum(ribbons.filter(({ from }) => from === source.id)), source.cents);
      for (const use of uses) assert.equal(sum(ribbons.filter(({ to }) => to === use.id)), use.cents);
      assert.ok(ribbons.every(({ cents }) => cents > 0n));
    }),
  );
});

test('what is not spent is left over; what was spent beyond the income comes from past years', () => {
  const income = [{ id: 'region', cents: 100n }];
  assert.deepEqual(moneyFlow(income, [{ id: 'staff', cents: 60n }]).uses.at(-1), { id: 'left', cents: 40n });
  const beyond = moneyFlow(income, [{ id: 'staff', cents: 150n }]);
  assert.deepEqual(beyond.sources.at(-1), { id: 'drawn', cents: 50n });
  assert.deepEqual(moneyFlow([], []).ribbons, []);
});
