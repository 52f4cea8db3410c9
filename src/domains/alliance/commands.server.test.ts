/** Agreements and money on a real database: refusals, races, amendments, closed years, another territory, a reference model. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { AGREEMENT, AT, makeAgreement, TODAY, type AgreementOptions } from '../../../test/factories/agreements.ts';
import { makeOrganisation, makePerson, makeTerritory } from '../../../test/factories/territory.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { balanceOf } from '../ledger/queries.server.ts';
import { closeFiscalYear, openFiscalYear } from '../ledger/year-commands.server.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import type { InstalmentId } from './agreement.ts';
import {
  amendAgreement,
  discardDraft,
  draftAgreement,
  editDraft,
  endAgreement,
  signAgreement,
} from './agreement-commands.server.ts';
import { committedBy, findAgreement, listAgreements, textsOfSeries } from './agreement-queries.server.ts';
import { recordExpense, reverseExpense } from './expense-commands.server.ts';
import {
  callInstalment,
  cancelCall,
  receivePayment,
  remindInstalment,
  reversePayment,
} from './instalment-commands.server.ts';
import { findInstalment, instalmentsOf, paymentsOf, receivableTotals } from './instalment-queries.server.ts';
import { moneyOf } from './money-queries.server.ts';
import { addInstalments, removeInstalment, setCommitments } from './terms-commands.server.ts';

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let partner: OrganisationId;
let member: PersonPrincipal;
let funder: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase({ poolSize: 10 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  partner = (await makeOrganisation(opened.database, here, { parts: ['company-partner'] })).id;
  member = await makePerson(opened.database, here, { memberOf: [[partner, 'manager']] });
  funder = await makePerson(opened.database, here, { roles: ['funder'] });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);
const make = (given: Partial<AgreementOptions> = {}) =>
  makeAgreement(opened.database, here, team, { organisationId: partner, ...given });
const call = (id: InstalmentId, calledOn = TODAY) =>
  inHere((tx) => callInstalment(tx, team, { id, calledOn, today: TODAY }, AT));
const pay = (id: InstalmentId, amountCents: bigint, paidOn = TODAY) =>
  inHere((tx) => receivePayment(tx, team, { id, amountCents, paidOn, note: '', today: TODAY }, AT));
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);
const dueOf = (organisationId: OrganisationId) =>
  inHere((tx) => balanceOf(tx, { code: `cash-fee-due:${organisationId}`, unit: 'eur-cent' }));
const newPartner = async () => (await makeOrganisation(opened.database, here, { parts: ['company-partner'] })).id;

test('only the team writes agreements and money', async () => {
  const { id, instalments } = await make();
  for (const other of [member, funder]) {
    const input = { ...AGREEMENT, organisationId: partner, kind: 'partner' as const };
    const refusals = await inHere(async (tx) => [
      await draftAgreement(tx, other, input, AT),
      await amendAgreement(tx, other, id, AT),
      await endAgreement(tx, other, { id, endedOn: TODAY, today: TODAY }, AT),
      await callInstalment(tx, other, { id: instalments[0]!, calledOn: TODAY, today: TODAY }, AT),
      await receivePayment(
        tx,
        other,
        { id: instalments[0]!, amountCents: 1n, paidOn: TODAY, note: '', today: TODAY },
        AT,
      ),
      await recordExpense(tx, other, { ...EXPENSE, today: TODAY }, AT),
    ]);
    assert.deepEqual(
      refusals.map(reasonOf),
      Array.from({ length: 6 }, () => 'not-allowed'),
    );
  }
});

test('a draft may change, a signed text may not', async () => {
  const { id, instalments } = await make({ isDraft: true });
  assert.equal(reasonOf(await inHere((tx) => editDraft(tx, team, id, { ...AGREEMENT, title: 'Autre' }, AT))), 'done');
  assert.equal(reasonOf(await inHere((tx) => editDraft(tx, team, id, AGREEMENT, AT))), 'stale');
  const short = { ...AGREEMENT, version: 1, startsOn: Temporal.PlainDate.from('2027-01-01') };
  assert.equal(reasonOf(await inHere((tx) => editDraft(tx, team, id, short, AT))), 'terms-outside');
  assert.equal(reasonOf(await call(instalments[0]!)), 'not-signed');
  assert.equal(reasonOf(await sign(id)), 'done');
  const after = await inHere(async (tx) => [
    await editDraft(tx, team, id, { ...AGREEMENT, version: 1 }, AT),
    await discardDraft(tx, team, id, AT),
    await removeInstalment(tx, team, { id, instalmentId: instalments[0]! }),
    await setCommitments(tx, team, { id, commitment: { year: 2026, family: 'legal', amount: 1n }, everyYear: false }),
  ]);
  assert.deepEqual(
    after.map(reasonOf),
    Array.from({ length: 4 }, () => 'not-a-draft'),
  );
  assert.equal(reasonOf(await sign(id)), 'not-a-draft');
});

test('a draft that is thrown away leaves nothing; the database refuses to lose a signed text', async () => {
  const draft = await make({ isDraft: true });
  assert.ok((await inHere((tx) => discardDraft(tx, team, draft.id, AT))).ok);
  assert.equal(await inHere((tx) => findAgreement(tx, draft.id)), undefined);
  assert.deepEqual(await inHere((tx) => instalmentsOf(tx, draft.id)), []);
  const signed = await make();
  const gone = await inHere((tx) => tx.deleteFrom('agreements').where('id', '=', signed.id).executeTakeFirst());
  assert.equal(gone.numDeletedRows, 0n);
});

test('an amendment replaces what was planned, keeps what was called, and the history stays', async () => {
  const organisationId = await newPartner();
  const first = await make({ organisationId, instalments: [100n, 200n, 300n] });
  await inHere((tx) => tx.selectFrom('agreements').select('id').execute());
  assert.ok((await call(first.instalments[0]!)).ok);
  const amended = await inHere((tx) => amendAgreement(tx, team, first.id, AT));
  assert.ok(amended.ok);
  assert.equal(reasonOf(await inHere((tx) => amendAgreement(tx, team, first.id, AT))), 'amendment-open');
  const { id } = amended.value;
  assert.deepEqual(await amounts(id), [200n, 300n], 'what was called is not asked again');
  // Called on the text in force while the amendment is still a draft: it is not asked twice.
  assert.ok((await call(first.instalments[1]!)).ok);
  assert.ok((await sign(id)).ok);
  assert.deepEqual(await amounts(id), [300n]);
  const states = (await inHere((tx) => instalmentsOf(tx, first.id))).map(({ state }) => state);
  assert.deepEqual(states, ['called', 'called', 'withdrawn']);
  const texts = await inHere((tx) => textsOfSeries(tx, first.id));
  assert.deepEqual(
    texts.map(({ number, state }) => `${number} ${state}`),
    ['1 signed', '0 superseded'],
  );
  assert.equal(await dueOf(organisationId), 300n);
  assert.equal(reasonOf(await call(first.instalments[2]!)), 'withdrawn');
  assert.equal(reasonOf(await inHere((tx) => amendAgreement(tx, team, first.id, AT))), 'not-signed');
});

test('a call that was taken back after an amendment is not asked again', async () => {
  const first = await make({ organisationId: await newPartner(), instalments: [100n, 200n] });
  const [one] = first.instalments;
  assert.ok((await call(one!)).ok);
  const amended = await inHere((tx) => amendAgreement(tx, team, first.id, AT));
  assert.ok(amended.ok && (await sign(amended.value.id)).ok);
  assert.ok((await inHere((tx) => cancelCall(tx, team, { id: one!, reason: 'Erreur', today: TODAY }, AT))).ok);
  assert.equal((await inHere((tx) => findInstalment(tx, one!)))?.state, 'withdrawn');
});

test('an end withdraws what falls due later; an amendment of an ended text is refused', async () => {
  const organisationId = await newPartner();
  const made = await make({ organisationId, isDraft: true, instalments: [100n] });
  const later = { year: 2027, dueOn: Temporal.PlainDate.from('2027-01-01'), amountCents: 500n, condition: '' };
  assert.ok((await inHere((tx) => addInstalments(tx, team, { id: made.id, line: later, everyYear: true }, AT))).ok);
  const promise = { year: 2026, family: 'expertise', amount: 600n } as const;
  assert.ok((await inHere((tx) => setCommitments(tx, team, { id: made.id, commitment: promise, everyYear: true }))).ok);
  assert.ok((await sign(made.id)).ok);
  const amended = await inHere((tx) => amendAgreement(tx, team, made.id, AT));
  assert.ok(amended.ok);
  assert.ok((await inHere((tx) => endAgreement(tx, team, { id: made.id, endedOn: TODAY, today: TODAY }, AT))).ok);
  const states = (await inHere((tx) => instalmentsOf(tx, made.id))).map(({ state }) => state);
  assert.deepEqual(states, ['planned', 'withdrawn', 'withdrawn']);
  assert.equal(reasonOf(await sign(amended.value.id)), 'former-ended');
  assert.deepEqual(await inHere((tx) => committedBy(tx, organisationId, 2026)), [promise]);
  assert.deepEqual(await inHere((tx) => committedBy(tx, organisationId, 2027)), [], 'nothing is owed after the end');
});

test('eight people who call, then pay the whole at once, do it once', async () => {
  const organisationId = await newPartner();
  const { instalments } = await make({ organisationId });
  const id = instalments[0]!;
  const calls = await Promise.all(Array.from({ length: 8 }, () => call(id)));
  assert.deepEqual(calls.map(reasonOf).toSorted(), [...Array.from({ length: 7 }, () => 'already-called'), 'done']);
  assert.equal(await dueOf(organisationId), 1_000_000n);
  const payments = await Promise.all(Array.from({ length: 8 }, () => pay(id, 1_000_000n)));
  assert.deepEqual(payments.map(reasonOf).toSorted(), [...Array.from({ length: 7 }, () => 'already-paid'), 'done']);
  assert.equal(await dueOf(organisationId), 0n);
});

test('payments in part, one taken back; more than is due is refused with what is due', async () => {
  const organisationId = await newPartner();
  const id = (await make({ organisationId })).instalments[0]!;
  assert.equal(reasonOf(await pay(id, 1n)), 'not-called');
  await call(id);
  const first = await pay(id, 400_000n);
  assert.ok(first.ok);
  assert.deepEqual(await pay(id, 600_001n), { ok: false, reason: 'more-than-due', facts: { cents: '600000' } });
  const back = { id, paymentId: first.value.id, reason: 'Autre payeur', today: TODAY };
  assert.equal(
    reasonOf(await inHere((tx) => cancelCall(tx, team, { id, reason: 'Erreur', today: TODAY }, AT))),
    'partly-paid',
  );
  assert.ok((await inHere((tx) => reversePayment(tx, team, back, AT))).ok);
  assert.equal(reasonOf(await inHere((tx) => reversePayment(tx, team, back, AT))), 'already-reversed');
  assert.equal(await dueOf(organisationId), 1_000_000n);
  assert.ok((await inHere((tx) => cancelCall(tx, team, { id, reason: 'Erreur', today: TODAY }, AT))).ok);
  assert.equal(await dueOf(organisationId), 0n);
  assert.ok((await call(id)).ok, 'it can be called again');
  assert.equal((await inHere((tx) => paymentsOf(tx, id))).length, 1, 'what was taken back stays');
});

test('one reminder a day, of what is called and not paid', async () => {
  const id = (await make()).instalments[0]!;
  const remind = (today = TODAY) => inHere((tx) => remindInstalment(tx, team, { id, today }, AT));
  assert.equal(reasonOf(await remind()), 'not-called');
  await call(id);
  assert.equal(reasonOf(await remind()), 'done');
  assert.equal(reasonOf(await remind()), 'reminded-today');
  assert.deepEqual(await remind(TODAY.add({ days: 1 })), { ok: true, value: { reminders: 2 } });
});

test('nothing is booked into a year that is closed, and the instalment stays as it was', async () => {
  const closed = await makeTerritory(opened.ownerUrl);
  const keeper = await makePerson(opened.database, closed, { roles: ['programme-team'] });
  const organisationId = (await makeOrganisation(opened.database, closed)).id;
  const input = { startsOn: Temporal.PlainDate.from('2025-01-01') };
  const made = await makeAgreement(opened.database, closed, keeper, { organisationId, input });
  await withTerritory(opened.database, closed.id, async (tx) => {
    const period = { startsOn: Temporal.PlainDate.from('2025-01-01'), endsOn: Temporal.PlainDate.from('2025-12-31') };
    assert.ok((await openFiscalYear(tx, keeper, period)).ok);
    assert.ok((await closeFiscalYear(tx, keeper, { code: '2025', today: TODAY }, AT)).ok);
    const calledOn = Temporal.PlainDate.from('2025-12-31');
    const id = made.instalments[0]!;
    assert.equal(reasonOf(await callInstalment(tx, keeper, { id, calledOn, today: TODAY }, AT)), 'year-closed');
    assert.equal((await findInstalment(tx, id))?.state, 'planned');
    const spent = { ...EXPENSE, spentOn: calledOn, today: TODAY };
    assert.equal(reasonOf(await recordExpense(tx, keeper, spent, AT)), 'year-closed');
  });
});

test('an expense is booked by its nature, and taken back once', async () => {
  const before = await balances();
  const recorded = await inHere((tx) => recordExpense(tx, team, { ...EXPENSE, today: TODAY }, AT));
  assert.ok(recorded.ok);
  assert.deepEqual(await balances(), { bank: before.bank - 12_345n, travel: before.travel + 12_345n });
  const undo = () =>
    inHere((tx) => reverseExpense(tx, team, { id: recorded.value.id, reason: 'Doublon', today: TODAY }, AT));
  const both = await Promise.all([undo(), undo()]);
  assert.deepEqual(both.map(reasonOf).toSorted(), ['already-reversed', 'done']);
  assert.deepEqual(await balances(), before);
  const future = { ...EXPENSE, spentOn: TODAY.add({ days: 1 }), today: TODAY };
  assert.equal(reasonOf(await inHere((tx) => recordExpense(tx, team, future, AT))), 'day-in-future');
  const unknown = { ...EXPENSE, programme: 'inconnu', today: TODAY };
  assert.equal(reasonOf(await inHere((tx) => recordExpense(tx, team, unknown, AT))), 'unknown-programme');
});

test('another territory sees and touches nothing', async () => {
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const stranger = await makePerson(opened.database, elsewhere, { roles: ['programme-team'] });
  const { id, instalments } = await make();
  await withTerritory(opened.database, elsewhere.id, async (tx) => {
    assert.equal(await findAgreement(tx, id), undefined);
    assert.deepEqual(await listAgreements(tx, { withDrafts: true }), []);
    const act = { id: instalments[0]!, calledOn: TODAY, today: TODAY };
    assert.equal(reasonOf(await callInstalment(tx, stranger, act, AT)), 'not-found');
    const foreign = { ...AGREEMENT, organisationId: partner, kind: 'partner' as const };
    assert.equal(reasonOf(await draftAgreement(tx, stranger, foreign, AT)), 'unknown-organisation');
  });
});

test('whatever is done in whatever order, the books hold what a small model says', async () => {
  const acts = fc.array(
    fc.record({
      act: fc.constantFrom('call', 'cancel', 'pay', 'reverse'),
      place: fc.integer({ min: 0, max: 1 }),
      cents: fc.bigInt({ min: 1n, max: 120n }),
    }),
    { minLength: 1, maxLength: 14 },
  );
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const organisationId = await newPartner();
      const bankBefore = (await balances()).bank;
      const { instalments } = await make({ organisationId, instalments: [100n, 100n] });
      const model = instalments.map(() => ({ isCalled: false, payments: [] as { id: string; cents: bigint }[] }));
      for (const { act, place, cents } of steps) {
        const [id, own] = [instalments[place]!, model[place]!];
        const paid = own.payments.reduce((sum, payment) => sum + payment.cents, 0n);
        if (act === 'call') {
          assert.equal((await call(id)).ok, !own.isCalled);
          own.isCalled = true;
        } else if (act === 'cancel') {
          const done = await inHere((tx) => cancelCall(tx, team, { id, reason: 'Erreur', today: TODAY }, AT));
          assert.equal(done.ok, own.isCalled && paid === 0n);
          if (done.ok) own.isCalled = false;
        } else if (act === 'pay') {
          const done = await pay(id, cents);
          assert.equal(done.ok, own.isCalled && paid + cents <= 100n);
          if (done.ok) own.payments.push({ id: done.value.id, cents });
        } else {
          const last = own.payments.pop();
          if (last === undefined) continue;
          const paymentId = last.id as Parameters<typeof reversePayment>[2]['paymentId'];
          const back = { id, paymentId, reason: 'Erreur', today: TODAY };
          assert.ok((await inHere((tx) => reversePayment(tx, team, back, AT))).ok);
        }
      }
      const called = model.filter(({ isCalled }) => isCalled).length;
      const paid = model.flatMap(({ payments }) => payments).reduce((sum, { cents }) => sum + cents, 0n);
      assert.equal(await dueOf(organisationId), BigInt(called) * 100n - paid);
      assert.equal((await balances()).bank - bankBefore, paid);
    }),
    { numRuns: 25 },
  );
});

test('totals and the year of money follow the books', async () => {
  const other = await makeTerritory(opened.ownerUrl);
  const keeper = await makePerson(opened.database, other, { roles: ['programme-team'] });
  const [open, hidden] = [
    await makeOrganisation(opened.database, other),
    await makeOrganisation(opened.database, other),
  ];
  const input = { amountsPublic: true };
  const one = await makeAgreement(opened.database, other, keeper, { organisationId: open.id, input });
  const two = await makeAgreement(opened.database, other, keeper, {
    organisationId: hidden.id,
    instalments: [500n, 700n],
  });
  await withTerritory(opened.database, other.id, async (tx) => {
    for (const id of [one.instalments[0]!, two.instalments[0]!])
      assert.ok((await callInstalment(tx, keeper, { id, calledOn: TODAY, today: TODAY }, AT)).ok);
    assert.deepEqual(await receivableTotals(tx, TODAY), { toCallCents: 700n, dueCents: 0n, overdueCents: 1_000_500n });
    const year = { from: Temporal.PlainDate.from('2026-01-01'), until: Temporal.PlainDate.from('2026-12-31') };
    const money = await moneyOf(tx, year);
    assert.deepEqual(
      money.sources.map(({ organisation, cents }) => [organisation?.name ?? null, cents]),
      [
        [open.name, 1_000_000n],
        [null, 500n],
      ],
    );
    assert.equal(money.awaitedCents, 1_000_500n);
  });
});

const EXPENSE = {
  spentOn: TODAY,
  nature: 'travel',
  amountCents: 12_345n,
  supplier: 'Train',
  programme: '',
  fileId: null,
} as const;

function sign(id: Parameters<typeof signAgreement>[2]['id']) {
  return inHere((tx) => signAgreement(tx, team, { id, signedOn: TODAY, today: TODAY }, AT));
}

async function amounts(id: Parameters<typeof instalmentsOf>[1]) {
  return (await inHere((tx) => instalmentsOf(tx, id))).map(({ amountCents }) => amountCents);
}

function balances() {
  return inHere(async (tx) => ({
    bank: await balanceOf(tx, { code: 'cash-bank', unit: 'eur-cent' }),
    travel: await balanceOf(tx, { code: 'cash-spent-travel', unit: 'eur-cent' }),
  }));
}
