/** IK-01 to IK-10: what gifts in kind are worth, and for whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOf } from '../../../test/factories/aid.ts';
import {
  checkLending,
  counterpartMeter,
  doubleFunding,
  isSponsorship,
  isValidated,
  skillsCost,
  staffCost,
  taxReduction,
  type Lending,
} from './in-kind.ts';
import { erdfMayPay, erdfObstacle, readingsOf, unpaidWorkCents, type Valuation } from './valuation.ts';

const DAY = dayOf('2026-03-02');

test('IK-01: a donor’s cost counts up to three times the social security ceiling of the year', () => {
  assert.equal(skillsCost(14_418_000n, DAY), 14_418_000n);
  assert.equal(skillsCost(14_418_001n, DAY), 14_418_000n);
  assert.equal(skillsCost(14_418_000n, dayOf('2025-06-01')), 14_130_000n, 'another year, another ceiling');
});

test('IK-02: 60 % within the cap, 40 % above two million, the rest carried five years', () => {
  assert.deepEqual(taxReduction(3_000_000n, 100_000_000n, DAY), {
    countedCents: 2_000_000n,
    carriedCents: 1_000_000n,
    carriedUntilYear: 2031,
    reductionCents: 1_200_000n,
  });
  // A turnover of one billion: the cap is five million euros; 2 × 60 % and 1 × 40 %.
  assert.equal(taxReduction(300_000_000n, 100_000_000_000n, DAY).reductionCents, 160_000_000n);
});

test('IK-03: help given straight to a startup is never sponsorship', () => {
  assert.ok(isSponsorship('general-interest-body'));
  assert.ok(!isSponsorship('startup') && !isSponsorship('other'));
});

test('IK-04: counterparts up to a quarter; equivalent benefits are a sale', () => {
  const reading = (counterpart: bigint) => counterpartMeter(1_000_000n, counterpart, DAY).reading;
  assert.deepEqual([250_000n, 250_001n, 1_000_000n].map(reading), ['gift', 'too-much', 'sale']);
  assert.equal(counterpartMeter(1_000_000n, 1n, DAY).mostCents, 250_000n);
});

test('IK-05: both sides validate, never the one who declared', () => {
  const day = { person: 'A', day: DAY, declaredBy: 'a', giverApproval: 'b', receiverApproval: 'c' };
  assert.ok(isValidated(day));
  for (const given of [
    { giverApproval: null },
    { receiverApproval: 'b' },
    { giverApproval: 'a' },
    { receiverApproval: 'a' },
  ])
    assert.ok(!isValidated({ ...day, ...given }));
});

test('IK-06: who may lend staff to whom, and how long', () => {
  const lending: Lending = {
    startsOn: DAY,
    endsOn: dayOf('2028-03-01'),
    lenderEmployees: 5_000,
    borrowerEmployees: 300,
    borrowerFoundedOn: dayOf('2018-03-03'),
    borrowerKind: 'startup',
    isWithinOneGroup: false,
    purpose: 'Un banc d’essai',
  };
  const reason = (given: Partial<Lending>) => {
    const result = checkLending({ ...lending, ...given });
    return result.ok ? 'ok' : result.reason;
  };
  assert.equal(reason({}), 'ok');
  assert.equal(reason({ endsOn: dayOf('2028-03-02') }), 'too-long');
  assert.equal(reason({ lenderEmployees: 4_999 }), 'bill-all-costs');
  assert.equal(reason({ borrowerFoundedOn: dayOf('2018-03-02') }), 'borrower-too-old-and-large');
  assert.equal(reason({ borrowerFoundedOn: null, borrowerEmployees: 250 }), 'ok');
  assert.equal(reason({ isWithinOneGroup: true }), 'one-group');
  assert.equal(reason({ purpose: ' ' }), 'no-purpose');
  const wide = { borrowerKind: 'general-interest-body', lenderEmployees: 3, endsOn: dayOf('2029-03-01') } as const;
  assert.equal(reason(wide), 'ok');
  assert.equal(reason({ ...wide, startsOn: dayOf('2023-03-02'), endsOn: dayOf('2026-03-01') }), 'too-long');
});

const VALUATION: Valuation = {
  method: 'donor-cost',
  valuedOn: DAY,
  valueCents: 40_000n,
  marketCents: 60_000n,
  paidCents: 10_000n,
  publicSharePerMillion: 500_000n,
  receiver: 'startup',
  evidence: 'Feuille de paie et feuille de temps',
};

test('IK-07: classes 86 and 87 are equal and change no result, whatever the fact', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (valueCents) => {
      const { uses86Cents, resources87Cents, resultCents } = readingsOf({ ...VALUATION, valueCents }).accounts;
      assert.ok(uses86Cents === resources87Cents && resultCents === 0n);
    }),
  );
});

test('IK-08: 80,000 of support, 100,000 of cost of which 30,000 in kind: fails', () => {
  const operation = { publicSupportCents: 8_000_000n, eligibleCostCents: 10_000_000n, inKindCents: 3_000_000n };
  assert.ok(!erdfMayPay(operation));
  assert.ok(erdfMayPay({ ...operation, publicSupportCents: 7_000_000n }));
  assert.equal(erdfObstacle({ ...VALUATION, valueCents: 60_001n }), 'above-market');
  assert.equal(erdfObstacle({ ...VALUATION, evidence: ' ' }), 'not-verifiable');
  assert.equal(erdfObstacle(VALUATION), undefined);
  assert.equal(unpaidWorkCents(90n, 3_000n), 4_500n);
});

test('IK-09: yearly cost over 1,720 hours; more hours than the year holds are refused', () => {
  const work = { yearlyCostCents: 5_160_000n, partTimePerMillion: 1_000_000n, declaredMinutes: 600n, day: DAY };
  assert.deepEqual(staffCost(work), { ok: true, value: 30_000n });
  assert.ok(staffCost({ ...work, declaredMinutes: 103_200n }).ok);
  assert.equal(staffCost({ ...work, declaredMinutes: 103_201n }).ok, false);
  assert.equal(staffCost({ ...work, partTimePerMillion: 500_000n, declaredMinutes: 51_601n }).ok, false);
});

test('IK-10: one fact gives four readings; the same person-day twice for one funder stops', () => {
  const readings = readingsOf(VALUATION);
  assert.deepEqual(
    [readings.accounts.uses86Cents, readings.sponsorshipCents, readings.erdfCents, readings.aidCents],
    [40_000n, 0n, 40_000n, 25_000n],
  );
  const given = readingsOf({ ...VALUATION, receiver: 'general-interest-body' });
  assert.deepEqual([given.sponsorshipCents, given.aidCents], [40_000n, 0n]);
  const work = { person: 'A', day: DAY, minutes: 210 };
  const lines = ['region', 'metropole', 'erdf', 'association'].map((funder) => ({
    ...work,
    funder,
    report: `r-${funder}`,
  }));
  assert.deepEqual(doubleFunding(lines), [], 'shown in four reports of four funders');
  const twice = doubleFunding([...lines, { ...work, funder: 'region', report: 'r-other' }]);
  assert.deepEqual(twice, [{ person: 'A', day: DAY, reports: ['r-other', 'r-region'] }]);
});
