import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, hasFailed, newTally, summary, type TestEvent } from './test-tally.ts';

test('tests, subtests and skips are counted once, suites only when they break themselves', () => {
  const tally = newTally();
  const events: TestEvent[] = [
    { type: 'test:pass', data: { name: 'one', file: 'a', details: { type: 'test' } } },
    { type: 'test:pass', data: { name: 'all', file: 'a', details: { type: 'suite' } } },
    { type: 'test:pass', data: { name: 'two', file: 'a', skip: 'no browser here' } },
    { type: 'test:pass', data: { name: 'three', file: 'a', skip: 'no browser here' } },
    { type: 'test:fail', data: { name: 'four', file: 'a', details: { error: { cause: 'why' } } } },
    {
      type: 'test:fail',
      data: { name: 'all', details: { type: 'suite', error: { failureType: 'subtestsFailed' } } },
    },
  ];
  const printed = events.flatMap((event) => count(tally, event) ?? []);
  assert.equal(printed.length, 1);
  assert.match(printed[0] ?? '', /four[^]*'why'/);
  assert.equal(summary(tally), 'Skipped:\n  2 × no browser here\n1 passed, 1 failed, 2 skipped');
  assert.equal(hasFailed(tally), true);
});

test('a run without a test fails and says so', () => {
  const tally = newTally();
  assert.equal(hasFailed(tally), true);
  assert.equal(summary(tally), 'No test ran: that is a failure.\n0 passed, 0 failed, 0 skipped');
});

test('a file without a test is a failure', () => {
  const tally = newTally();
  const event = { type: 'test:pass', data: { name: '/x/a.test.ts', file: '/x/a.test.ts' } };
  assert.equal(count(tally, event), '✖ /x/a.test.ts holds no test.');
  assert.equal(tally.failed, 1);
});
