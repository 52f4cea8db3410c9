import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { toParameter } from './values.ts';

let opened: TestDatabase;
before(async () => {
  opened = await openTestDatabase();
});
after(() => opened.close());

async function roundTrip(type: string, value: unknown): Promise<unknown> {
  const query = sql<{ value: unknown }>`select ${value}::${sql.raw(type)} as value`;
  const { rows } = await query.execute(opened.database.kysely);
  return rows[0]?.value;
}

test('whole numbers of 64 bits keep every digit', async () => {
  const range = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  await fc.assert(
    fc.asyncProperty(range, async (value) => assert.equal(await roundTrip('bigint', value), value)),
    { numRuns: 50 },
  );
  assert.deepEqual(await roundTrip('bigint[]', [1n, null, -(2n ** 63n)]), [1n, null, -(2n ** 63n)]);
});

test('moments are exact to the microsecond, whatever the year', async () => {
  const microseconds = fc.bigInt({ min: -60_000_000_000_000_000n, max: 250_000_000_000_000_000n });
  await fc.assert(
    fc.asyncProperty(microseconds, async (value) => {
      const instant = Temporal.Instant.fromEpochNanoseconds(value * 1000n);
      const back = (await roundTrip('timestamptz', instant)) as Temporal.Instant;
      assert.equal(back.epochNanoseconds, instant.epochNanoseconds);
    }),
    { numRuns: 50 },
  );
});

test('what is finer than a microsecond is cut, never rounded up into the future', async () => {
  const instant = Temporal.Instant.from('2026-11-23T10:00:00.123456999Z');
  assert.equal(String(await roundTrip('timestamptz', instant)), '2026-11-23T10:00:00.123456Z');
});

test('days, times of day and their arrays come back as they went', async () => {
  const day = Temporal.PlainDate.from('2024-02-29');
  assert.ok(day.equals((await roundTrip('date', day)) as Temporal.PlainDate));
  assert.deepEqual(String(await roundTrip('date[]', [day, null])), '2024-02-29,');
  assert.equal(String(await roundTrip('time', Temporal.PlainTime.from('23:59:59.5'))), '23:59:59.5');
});

test('a decimal number stays text, also inside an array', async () => {
  assert.equal(await roundTrip('numeric', '0.10000000000000000001'), '0.10000000000000000001');
  assert.deepEqual(await roundTrip('numeric[]', ['1.10', '2']), ['1.10', '2']);
});

test('texts and numbers keep the reading of the driver', async () => {
  assert.equal(await roundTrip('int', 42), 42);
  assert.deepEqual(await roundTrip('text[]', ['a "b"', 'c,d', '']), ['a "b"', 'c,d', '']);
  assert.deepEqual(await roundTrip('jsonb', JSON.stringify([{ a: 1 }])), [{ a: 1 }]);
});

test('a type whose meaning is doubtful is an error that names what to write instead', async () => {
  await assert.rejects(roundTrip('timestamp', '2026-11-23 10:00'), /use timestamptz/);
  await assert.rejects(roundTrip('interval', '1 month'), /use whole minutes or days/);
});

test('a parameter whose meaning is doubtful never reaches the database', () => {
  const doubtful = [
    undefined,
    new Date(),
    Temporal.PlainDateTime.from('2026-11-23T10:00'),
    Temporal.Duration.from('PT1H'),
    [Temporal.ZonedDateTime.from('2026-11-23T10:00[Europe/Paris]')],
  ];
  for (const value of doubtful) assert.throws(() => toParameter(value), TypeError);
});
