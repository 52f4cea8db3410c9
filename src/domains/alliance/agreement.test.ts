import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkSigning, commitmentsOf, isPeriodSound, scheduleOf, yearsOf } from './agreement.ts';
import { awaitedCents, checkCall, checkCancelCall, checkPayment, standingOf } from './instalment.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const PERIOD = { startsOn: day('2016-01-15'), endsOn: day('2018-12-31') };
const TODAY = day('2017-06-01');

test('a schedule repeats its day in every year that is left, and in no other', () => {
  const line = { year: 2016, dueOn: day('2016-02-29'), amountCents: 5n, condition: '' };
  const all = scheduleOf(PERIOD, line, true);
  assert.ok(all.ok);
  assert.deepEqual(
    all.value.map(({ year, dueOn }) => `${year} ${dueOn}`),
    ['2016 2016-02-29', '2017 2017-02-28', '2018 2018-02-28'],
  );
  const one = scheduleOf(PERIOD, { ...line, year: 2017, dueOn: day('2017-05-01') }, false);
  assert.equal(one.ok && one.value.length, 1);
  assert.deepEqual(scheduleOf(PERIOD, { ...line, year: 2019 }, true), {
    ok: false,
    reason: 'year-outside',
    facts: { first: '2016', last: '2018' },
  });
  const far = scheduleOf(PERIOD, { ...line, dueOn: day('2021-01-01') }, false);
  assert.equal(!far.ok && far.reason, 'due-outside');
});

test('a promise in kind is made for one year or for all that are left', () => {
  const promise = { year: 2017, family: 'legal', amount: 60n } as const;
  const all = commitmentsOf(PERIOD, promise, true);
  assert.deepEqual(all.ok && all.value.map(({ year }) => year), [2017, 2018]);
  assert.equal(commitmentsOf(PERIOD, { ...promise, year: 2015 }, true).ok, false);
});

test('whatever the schedule, each line lies in a year of the agreement and keeps its amount', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2000, max: 2030 }),
      fc.integer({ min: 0, max: 18 }),
      fc.integer({ min: 0, max: 18 }),
      fc.boolean(),
      (first, length, offset, everyYear) => {
        const period = {
          startsOn: new Temporal.PlainDate(first, 1, 1),
          endsOn: new Temporal.PlainDate(first + length, 12, 31),
        };
        const line = {
          year: first + offset,
          dueOn: new Temporal.PlainDate(first + offset, 3, 1),
          amountCents: 7n,
          condition: '',
        };
        const made = scheduleOf(period, line, everyYear);
        assert.equal(made.ok, offset <= length);
        if (!made.ok) return;
        assert.equal(made.value.length, everyYear ? length - offset + 1 : 1);
        assert.ok(
          made.value.every(
            ({ year, dueOn, amountCents }) =>
              dueOn.year === year && yearsOf(period).includes(year) && amountCents === 7n,
          ),
        );
      },
    ),
  );
});

test('a period begins before it ends and lasts less than twenty years', () => {
  assert.ok(isPeriodSound(PERIOD));
  assert.ok(!isPeriodSound({ startsOn: PERIOD.endsOn, endsOn: PERIOD.startsOn }));
  assert.ok(!isPeriodSound({ startsOn: day('2016-01-01'), endsOn: day('2036-01-01') }));
});

test('a text is signed once, not in the future, not before the one that it amends, and promises something', () => {
  const facts = { state: 'draft', signedOn: TODAY, today: TODAY, lines: 1, formerSignedOn: null } as const;
  const reason = (given: object) => {
    const checked = checkSigning({ ...facts, ...given });
    return checked.ok ? 'signed' : checked.reason;
  };
  assert.equal(reason({}), 'signed');
  assert.equal(reason({ state: 'signed' }), 'not-a-draft');
  assert.equal(reason({ signedOn: TODAY.add({ days: 1 }) }), 'signed-in-future');
  assert.equal(reason({ formerSignedOn: TODAY.add({ days: 1 }) }), 'signed-before-former');
  assert.equal(reason({ lines: 0 }), 'nothing-promised');
});

test('an instalment is planned, to call, due, overdue or paid', () => {
  const facts = { state: 'called', dueOn: TODAY, amountCents: 100n, paidCents: 0n } as const;
  assert.equal(standingOf({ ...facts, state: 'planned', dueOn: TODAY.add({ days: 31 }) }, TODAY), 'planned');
  assert.equal(standingOf({ ...facts, state: 'planned', dueOn: TODAY.add({ days: 30 }) }, TODAY), 'to-call');
  assert.equal(standingOf(facts, TODAY), 'due');
  assert.equal(standingOf(facts, TODAY.add({ days: 1 })), 'overdue');
  assert.equal(standingOf({ ...facts, paidCents: 100n }, TODAY.add({ days: 1 })), 'paid');
  assert.equal(standingOf({ ...facts, state: 'withdrawn' }, TODAY), 'withdrawn');
  assert.equal(awaitedCents({ ...facts, paidCents: 40n }), 60n);
  assert.equal(awaitedCents({ ...facts, state: 'planned' }), 0n);
});

test('calls, payments and cancellations are refused with their reason', () => {
  const facts = { state: 'called', dueOn: TODAY, amountCents: 100n, paidCents: 40n } as const;
  const tomorrow = TODAY.add({ days: 1 });
  const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);
  assert.equal(reasonOf(checkCall({ state: 'planned', isDraft: true }, TODAY, TODAY)), 'not-signed');
  assert.equal(reasonOf(checkCall({ state: 'called', isDraft: false }, TODAY, TODAY)), 'already-called');
  assert.equal(reasonOf(checkCall({ state: 'withdrawn', isDraft: false }, TODAY, TODAY)), 'withdrawn');
  assert.equal(reasonOf(checkCall({ state: 'planned', isDraft: false }, tomorrow, TODAY)), 'day-in-future');
  assert.equal(reasonOf(checkCall({ state: 'planned', isDraft: false }, TODAY, TODAY)), 'done');
  const pay = (amountCents: bigint, given: object = {}, paidOn = TODAY) =>
    reasonOf(checkPayment({ ...facts, ...given }, { amountCents, paidOn }, TODAY));
  assert.equal(pay(60n), 'done');
  assert.equal(pay(61n), 'more-than-due');
  assert.equal(pay(1n, { paidCents: 100n }), 'already-paid');
  assert.equal(pay(1n, { state: 'planned' }), 'not-called');
  assert.equal(pay(1n, {}, tomorrow), 'day-in-future');
  assert.equal(reasonOf(checkCancelCall(facts)), 'partly-paid');
  assert.equal(reasonOf(checkCancelCall({ ...facts, paidCents: 0n })), 'done');
  assert.equal(reasonOf(checkCancelCall({ ...facts, state: 'planned' })), 'not-called');
});
