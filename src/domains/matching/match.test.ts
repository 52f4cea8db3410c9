import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ANSWERS, answer, SIDES, takesUnits, waitingFor, withdraw, type MatchAnswers } from './match.ts';

const AT = Temporal.Instant.from('2026-11-23T08:00:00Z');
const PROPOSED: MatchAnswers = { state: 'proposed', need: null, offer: null };
const say = (word: 'accepted' | 'declined', reason = '') => ({ answer: word, reason, by: null, at: AT });

test('two yes make an acceptance, one no a refusal, whatever the order', () => {
  for (const [first, second] of [['need', 'offer'] as const, ['offer', 'need'] as const]) {
    const half = answer(PROPOSED, first, say('accepted'));
    assert.ok(half.ok);
    assert.equal(half.value.state, 'proposed');
    assert.deepEqual(waitingFor(half.value), [second]);
    const whole = answer(half.value, second, say('accepted'));
    assert.ok(whole.ok && whole.value.state === 'accepted');
    const broken = answer(half.value, second, say('declined', 'pas le bon moment'));
    assert.ok(broken.ok && broken.value.state === 'declined');
  }
});

test('a side may change its mind until the other has answered', () => {
  const yes = answer(PROPOSED, 'need', say('accepted'));
  assert.ok(yes.ok);
  assert.deepEqual(answer(yes.value, 'need', say('accepted')), { ok: false, reason: 'same-answer' });
  const no = answer(yes.value, 'need', say('declined', 'trouvé ailleurs'));
  assert.ok(no.ok && no.value.state === 'declined');
  assert.deepEqual(answer(no.value, 'offer', say('accepted')), { ok: false, reason: 'already-declined' });
});

test('a refusal says why', () => {
  assert.deepEqual(answer(PROPOSED, 'need', say('declined', '  ')), { ok: false, reason: 'reason-wanted' });
});

test('a match is not taken back once a session stands', () => {
  assert.deepEqual(withdraw(PROPOSED, 1), { ok: false, reason: 'has-session' });
  const gone = withdraw(PROPOSED, 0);
  assert.ok(gone.ok && gone.value.state === 'withdrawn');
  assert.deepEqual(withdraw(gone.value, 0), { ok: false, reason: 'already-withdrawn' });
});

test('whatever is said in whatever order, the state is what the answers say', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('answer' as const),
      side: fc.constantFrom(...SIDES),
      word: fc.constantFrom(...ANSWERS),
    }),
    fc.constant({ kind: 'withdraw' as const }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let match = PROPOSED;
      for (const one of steps) {
        const next = one.kind === 'withdraw' ? withdraw(match, 0) : answer(match, one.side, say(one.word, 'raison'));
        const before = match;
        if (next.ok) match = next.value;
        if (!takesUnits(before.state)) assert.equal(match, before, 'what is over stays over');
      }
      const answers = SIDES.map((side) => match[side]?.answer);
      if (match.state === 'accepted') assert.deepEqual(answers, ['accepted', 'accepted']);
      if (match.state === 'declined') assert.ok(answers.includes('declined'));
      if (match.state === 'proposed') assert.ok(!answers.includes('declined') && answers.includes(undefined));
    }),
  );
});
