import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editNeed, meetNeed, NEED_STATES, remainingOf, reopenNeed, withdrawNeed } from './need.ts';
import { editOffer, leftOf, OFFER_STATES, pauseOffer, reopenOffer, resumeOffer, withdrawOffer } from './offer.ts';

const units = fc.integer({ min: 0, max: 50 });
const needs = fc.record({
  state: fc.constantFrom(...NEED_STATES),
  quantity: fc.integer({ min: 1, max: 50 }),
  liveUnits: units,
  pendingMatches: fc.integer({ min: 0, max: 2 }),
});
const offers = fc.record({
  state: fc.constantFrom(...OFFER_STATES),
  capacity: fc.integer({ min: 1, max: 50 }),
  liveUnits: units,
  pendingMatches: fc.integer({ min: 0, max: 2 }),
});

test('only an open need is withdrawn, edited or met, and never while a proposal waits or under its promises', () => {
  fc.assert(
    fc.property(needs, units, (need, number) => {
      assert.equal(withdrawNeed(need).ok, need.state === 'open' && need.pendingMatches === 0);
      assert.equal(reopenNeed(need).ok, need.state !== 'open');
      assert.equal(editNeed(need, number).ok, need.state === 'open' && number >= need.liveUnits);
      assert.equal(meetNeed(need, number).ok, need.state === 'open' && number >= need.quantity);
      const left = remainingOf(need);
      assert.ok(left >= 0 && left <= need.quantity && left >= need.quantity - need.liveUnits);
    }),
  );
});

test('an offer is paused when open, resumed when paused, and comes back when withdrawn', () => {
  fc.assert(
    fc.property(offers, units, (offer, number) => {
      assert.equal(pauseOffer(offer).ok, offer.state === 'open');
      assert.equal(resumeOffer(offer).ok, offer.state === 'paused');
      assert.equal(withdrawOffer(offer).ok, offer.state !== 'withdrawn' && offer.pendingMatches === 0);
      assert.equal(reopenOffer(offer).ok, offer.state === 'withdrawn');
      const edited = editOffer(offer, number);
      assert.equal(edited.ok, offer.state !== 'withdrawn' && number >= offer.liveUnits);
      if (edited.ok) assert.equal(edited.value, offer.state);
      assert.ok(leftOf(offer) >= 0 && leftOf(offer) <= offer.capacity);
    }),
  );
});
