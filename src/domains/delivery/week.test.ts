import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDayCursor, writeDayCursor } from '../ledger/cursor.ts';
import { readMomentCursor, writeMomentCursor } from './cursor.ts';
import { daysOf, momentsOf, otherWeek, readWeek, weekOf, writeWeek } from './week.ts';

const days = fc
  .integer({ min: 0, max: 90_000 })
  .map((count) => Temporal.PlainDate.from('1950-01-01').add({ days: count }));
const ids = fc.uuid({ version: 7 });

test('every day lies in one week, which is written and read back the same', () => {
  fc.assert(
    fc.property(days, (day) => {
      const week = weekOf(day);
      assert.equal(week.monday.dayOfWeek, 1);
      assert.equal(daysOf(week).filter((item) => item.equals(day)).length, 1);
      assert.deepEqual(readWeek(writeWeek(week))?.monday.toString(), week.monday.toString());
      assert.equal(otherWeek(otherWeek(week, 1), -1).monday.toString(), week.monday.toString());
    }),
  );
});

test('the week of an address is that of ISO 8601; anything else is none', () => {
  assert.equal(writeWeek(weekOf(Temporal.PlainDate.from('2026-11-23'))), '2026-W48');
  assert.equal(writeWeek(weekOf(Temporal.PlainDate.from('2027-01-01'))), '2026-W53');
  assert.equal(readWeek('2026-W53')?.monday.toString(), '2026-12-28');
  for (const text of ['', '2026-W00', '2026-W54', '2025-W53', '2026-48', '2026-W5', '99999-W01', '0001-W01'])
    assert.equal(readWeek(text), undefined, text);
});

test('the week of the change to summer time is an hour shorter', () => {
  const { from, until } = momentsOf({ monday: Temporal.PlainDate.from('2027-03-22') }, 'Europe/Paris');
  assert.equal(from.until(until, { largestUnit: 'hour' }).hours, 7 * 24 - 1);
});

test('cursors are read back as they were written, and nothing else is a cursor', () => {
  const query = (name: string, value: string) => new URLSearchParams({ [name]: value });
  fc.assert(
    fc.property(
      days,
      ids,
      fc.nat({ max: 500 }),
      fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }),
      (day, id, position, microseconds) => {
        const read = readDayCursor(query('apres', writeDayCursor({ day, id, position })));
        assert.deepEqual(
          [read?.day.toString(), read?.id, read?.position, read?.direction],
          [day.toString(), id, position, 'after'],
        );
        const at = Temporal.Instant.fromEpochNanoseconds(microseconds * 1000n);
        const moment = readMomentCursor(query('avant', writeMomentCursor({ at, id })));
        assert.deepEqual([moment?.at.toString(), moment?.id, moment?.direction], [at.toString(), id, 'before']);
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.string(),
      (text) =>
        readDayCursor(query('apres', text)) === undefined && readMomentCursor(query('apres', text)) === undefined,
    ),
  );
  assert.equal(readDayCursor(query('apres', '2026-02-30~01900000-0000-7000-8000-00000000000b')), undefined);
});
