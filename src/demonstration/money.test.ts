/** The money of the demonstration adds up to the real story, to the cent. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../test/database.ts';
import { moneyOf } from '../domains/alliance/money-queries.server.ts';
import { receivableTotals } from '../domains/alliance/instalment-queries.server.ts';
import { sumsByOrganisation, balanceOf } from '../domains/ledger/queries.server.ts';
import { bookKeeper } from '../domains/ledger/fec-queries.server.ts';
import type { TerritoryId } from '../lib/ids.ts';
import { readChecks, runChecks } from '../platform/postgres/checks.ts';
import { withTerritory, type TerritoryTransaction } from '../platform/postgres/database.ts';
import { loadDemonstration } from './load.ts';

const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const TODAY = Temporal.PlainDate.from('2026-11-23');

let opened: TestDatabase;
let territoryId: TerritoryId;

before(async () => {
  opened = await openTestDatabase();
  territoryId = (await loadDemonstration(opened.database, { now: NOW })).territoryId;
});
after(() => opened.close());

const inside = <T>(work: (tx: TerritoryTransaction) => Promise<T>) =>
  withTerritory(opened.database, territoryId, work, { readOnly: true });
const yearOf = (year: number) => ({
  from: new Temporal.PlainDate(year, 1, 1),
  until: new Temporal.PlainDate(year, 12, 31),
});

test('two public funders gave EUR 500,000 a year each and fifteen partners EUR 10,000, three years long', async () => {
  for (const year of [2016, 2017, 2018]) {
    const sums = (await inside((tx) => sumsByOrganisation(tx))).filter((line) => line.year === year);
    const grants = sums.filter(({ family }) => family === 'cash-grant').map(({ balance }) => -balance);
    const fees = sums.filter(({ family }) => family === 'cash-fee').map(({ balance }) => -balance);
    assert.deepEqual(grants, [50_000_000n, 50_000_000n], String(year));
    assert.deepEqual(
      fees,
      Array.from({ length: 15 }, () => 1_000_000n),
      String(year),
    );
  }
});

test('after three years EUR 3,000,000 public and EUR 450,000 private are received, and what is not spent is at the bank', async () => {
  const whole = await inside((tx) => moneyOf(tx, { until: yearOf(2018).until }));
  const of = (kind: string) =>
    whole.sources.filter((source) => source.kind === kind).reduce((sum, { cents }) => sum + cents, 0n);
  assert.equal(of('public-funder'), 300_000_000n);
  assert.equal(of('partner'), 45_000_000n);
  assert.equal(whole.awaitedCents, 0n, 'all that was called was paid');
  const bank = await inside((tx) => balanceOf(tx, { code: 'cash-bank', unit: 'eur-cent', asOf: yearOf(2018).until }));
  assert.equal(whole.incomeCents - whole.spentCents, bank);
  assert.equal(bank, 345_000_000n - 82_800_000n - 116_150_000n - 121_900_000n);
  const years = await Promise.all([2016, 2017, 2018].map((year) => inside((tx) => moneyOf(tx, yearOf(year)))));
  assert.equal(
    years.reduce((sum, { spentCents }) => sum + spentCents, 0n),
    whole.spentCents,
    'years add up to the whole',
  );
  assert.deepEqual(new Set(whole.uses.map(({ nature }) => nature)).size, 6);
});

test('public amounts are told by organisation, the others as one sum', async () => {
  const { sources } = await inside((tx) => moneyOf(tx, yearOf(2017)));
  const hidden = sources.filter(({ organisation }) => organisation === null);
  assert.deepEqual(
    hidden.map(({ kind, count, cents }) => ({ kind, count, cents })),
    [{ kind: 'partner', count: 10, cents: 10_000_000n }],
  );
  assert.equal(sources.length, 1 + 5 + 2);
});

test('today some fees are paid, some late, most to be called; the books hold what the instalments await', async () => {
  const totals = await inside((tx) => receivableTotals(tx, TODAY));
  assert.deepEqual(totals, { toCallCents: 11_000_000n, dueCents: 1_000_000n, overdueCents: 1_600_000n });
  const checks = await readChecks('db/checks');
  assert.deepEqual(await runChecks(opened.database, checks), []);
});

test('the keeper of the books has a number for the accounting file', async () => {
  const keeper = await inside((tx) => bookKeeper(tx));
  assert.equal(keeper?.siren, '000000018');
});
