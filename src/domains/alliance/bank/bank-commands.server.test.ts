/** Statements and movements on a real database: brought twice, booked once, shared, taken back, refused, raced. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { AT, makeAgreement, TODAY } from '../../../../test/factories/agreements.ts';
import { statementXml, type StatedEntry } from '../../../../test/factories/statements.ts';
import { makeOrganisation, makePerson, makeTerritory } from '../../../../test/factories/territory.ts';
import type { OrganisationId } from '../../../lib/ids.ts';
import { readChecks, runChecks } from '../../../platform/postgres/checks.ts';
import { withTerritory, type TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { balanceOf } from '../../ledger/queries.server.ts';
import { sealBlock } from '../../ledger/sealing.server.ts';
import { closeFiscalYear, openFiscalYear } from '../../ledger/year-commands.server.ts';
import type { PersonPrincipal } from '../../territory/principal.ts';
import type { Territory } from '../../territory/visit.ts';
import type { InstalmentId } from '../agreement.ts';
import { callInstalment, reversePayment } from '../instalment-commands.server.ts';
import { findInstalment } from '../instalment-queries.server.ts';
import {
  addIban,
  confirmMovement,
  setMovementAside,
  takeUpMovement,
  undoMovement,
  type Share,
} from './bank-commands.server.ts';
import {
  bookingsOf,
  countMovements,
  findMovement,
  listIbans,
  listMovements,
  movementsLike,
  openReceivables,
  type MovementId,
} from './bank-queries.server.ts';
import { ibanOf } from './iban.ts';
import { loadStatement } from './load-command.server.ts';
import { standingOfMovement } from './movement.ts';

const IBAN = ibanOf('FR', '30006000011234567890189');
const PAYER = ibanOf('FR', '20041010050500013M02606');
const DAY = '2026-11-20';

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let funder: PersonPrincipal;
let serial = 0;

before(async () => {
  opened = await openTestDatabase({ poolSize: 10 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  funder = await makePerson(opened.database, here, { roles: ['funder'] });
  const added = await inHere((tx) => addIban(tx, team, { iban: IBAN, label: 'Compte courant' }, AT));
  assert.ok(added.ok);
});
after(async () => {
  const checks = await readChecks('db/checks');
  assert.deepEqual(await runChecks(opened.database, checks), []);
  await opened.close();
});

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);
const load = (text: string, who = team) =>
  inHere((tx) => {
    const bytes = new TextEncoder().encode(text);
    return loadStatement(tx, who, { fileName: 'releve.xml', bytes, ibanId: undefined, today: TODAY }, AT);
  });
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);
const faultsOf = (result: object) =>
  'faults' in result
    ? (result.faults as { row: number; field: string; reason: string }[]).map(({ row, reason }) => `${row} ${reason}`)
    : [];

/** A movement that nothing else looks like. */
async function bring(given: Partial<StatedEntry> = {}): Promise<MovementId> {
  serial += 1;
  const text = `Virement ${serial}`;
  const entry = { amount: '100.00', bookedOn: DAY, parts: [{ text, name: 'Payeur', iban: PAYER }], ...given };
  assert.ok((await load(statementXml(IBAN, [entry]))).ok);
  const lines = await inHere(async (tx) => [
    ...(await listMovements(tx, 'open')),
    ...(await listMovements(tx, 'outgoing')),
  ]);
  return lines.find(({ remittance }) => remittance === text)?.id ?? assert.fail('nothing came');
}

/** Payments that were called, each of these cents. */
async function called(...cents: bigint[]): Promise<{ organisationId: OrganisationId; ids: readonly InstalmentId[] }> {
  const organisationId = (await makeOrganisation(opened.database, here, { parts: ['company-partner'] })).id;
  const { instalments } = await makeAgreement(opened.database, here, team, { organisationId, instalments: cents });
  for (const id of instalments) {
    const done = await inHere((tx) => callInstalment(tx, team, { id, calledOn: TODAY, today: TODAY }, AT));
    assert.ok(done.ok);
  }
  return { organisationId, ids: instalments };
}

/** As a page does it: a refusal takes back what was begun. */
async function confirm(id: MovementId, shares: readonly Share[], who = team): Promise<string | undefined> {
  const stop = {};
  let reason: string | undefined;
  await inHere(async (tx) => {
    const answer = await confirmMovement(tx, who, { id, shares, today: TODAY }, AT);
    reason = reasonOf(answer);
    if (!answer.ok) throw stop;
  }).catch((error: unknown) => {
    if (error !== stop) throw error;
  });
  return reason;
}

const standing = async (id: MovementId) => {
  const movement = await inHere((tx) => findMovement(tx, id));
  return movement && standingOfMovement(movement);
};
const paid = async (id: InstalmentId) => (await inHere((tx) => findInstalment(tx, id)))?.paidCents;

test('a statement brought twice changes nothing, also by two people at once and in longer files', async () => {
  const first = { amount: '11.00', bookedOn: '2026-11-02', reference: 'A' };
  const second = { amount: '12.00', bookedOn: '2026-11-03', reference: 'B' };
  const answers = await Promise.all([1, 2, 3].map(() => load(statementXml(IBAN, [first]))));
  const added = answers.map((each) => (each.ok ? each.value.added : -1)).toSorted();
  assert.deepEqual(added, [0, 0, 1]);
  assert.deepEqual(await load(statementXml(IBAN, [first, second], 2)), { ok: true, value: { added: 1, known: 1 } });
  assert.deepEqual(await load(statementXml(IBAN, [first, first, second])), { ok: true, value: { added: 1, known: 2 } });
});

test('a file with one fault stores nothing: unknown account, closed year, day to come', async () => {
  const before = await inHere(countMovements);
  const good = { amount: '5.00', bookedOn: '2026-11-04' };
  assert.deepEqual(faultsOf(await load(statementXml(ibanOf('FR', '30006000011234567890100'), [good]))), [
    '4 unknown-iban',
  ]);
  assert.deepEqual(faultsOf(await load(statementXml(IBAN, [good, { ...good, bookedOn: '2026-11-24' }]))), [
    '6 day-in-future',
  ]);
  await inHere(async (tx) => {
    const year = { startsOn: Temporal.PlainDate.from('2019-01-01'), endsOn: Temporal.PlainDate.from('2019-12-31') };
    while ((await sealBlock(tx, AT.now)) !== undefined);
    assert.ok((await openFiscalYear(tx, team, year)).ok);
    const closed = await closeFiscalYear(tx, team, { code: '2019', today: TODAY }, AT);
    assert.ok(closed.ok, JSON.stringify(closed));
  });
  assert.deepEqual(faultsOf(await load(statementXml(IBAN, [good, { ...good, bookedOn: '2019-06-01' }]))), [
    '6 year-closed',
  ]);
  assert.deepEqual(await inHere(countMovements), before);
  const csv = 'Date;Montant\n04/11/2026;5,00\n';
  assert.equal(reasonOf(await load(csv)), 'account-missing');
});

test('only the team brings and books', async () => {
  const id = await bring();
  const { ids } = await called(10_000n);
  const refusals = await inHere(async (tx) => [
    await loadStatement(tx, funder, { fileName: 'a', bytes: new Uint8Array(), ibanId: undefined, today: TODAY }, AT),
    await addIban(tx, funder, { iban: PAYER, label: 'x' }, AT),
    await setMovementAside(tx, funder, { id, today: TODAY, reason: 'x' }),
    await takeUpMovement(tx, funder, { id, today: TODAY }),
    await undoMovement(tx, funder, { id, today: TODAY, reason: 'x' }, AT),
  ]);
  assert.deepEqual(new Set(refusals.map(reasonOf)), new Set(['not-allowed']));
  assert.equal(await confirm(id, [{ instalmentId: ids[0]!, amountCents: 10_000n }], funder), 'not-allowed');
});

test('a movement is shared over several payments and is in the books on the bank’s day, with keys of its own', async () => {
  const id = await bring();
  const { organisationId, ids } = await called(4_000n, 7_000n);
  const [one, two] = ids as [InstalmentId, InstalmentId];
  assert.equal(
    await confirm(id, [
      { instalmentId: one, amountCents: 4_000n },
      { instalmentId: two, amountCents: 6_001n },
    ]),
    'more-than-came',
  );
  assert.equal(
    await confirm(id, [
      { instalmentId: one, amountCents: 4_001n },
      { instalmentId: two, amountCents: 1n },
    ]),
    'more-than-due',
  );
  assert.deepEqual([await paid(one), await paid(two), await standing(id)], [0n, 0n, 'open'], 'nothing is half booked');
  assert.equal(await confirm(id, []), 'nothing-chosen');
  assert.equal(await confirm(id, [{ instalmentId: one, amountCents: 4_000n }]), 'done');
  assert.equal(await standing(id), 'open', 'what is left stays open');
  assert.equal(await confirm(id, [{ instalmentId: two, amountCents: 6_000n }]), 'done');
  assert.equal(await standing(id), 'booked');
  const bookings = await inHere((tx) => bookingsOf(tx, id));
  assert.deepEqual(bookings.map(({ amountCents }) => amountCents).toSorted(), [4_000n, 6_000n]);
  const keys = await inHere((tx) =>
    tx
      .selectFrom('ledger_entries')
      .select(['key', 'occurred_on'])
      .where('territory_id', '=', tx.territoryId)
      .where(
        'id',
        'in',
        bookings.map(({ entryId }) => entryId),
      )
      .orderBy('key')
      .execute(),
  );
  assert.deepEqual(
    keys.map(({ key, occurred_on }) => [key, occurred_on.toString()]),
    [
      [`bank:${id}:1:${one}`, DAY],
      [`bank:${id}:2:${two}`, DAY],
    ],
  );
  const due = await inHere((tx) => balanceOf(tx, { code: `cash-fee-due:${organisationId}`, unit: 'eur-cent' }));
  assert.equal(due, 1_000n);
  const known = (await inHere(openReceivables)).find((line) => line.id === two);
  assert.deepEqual([known?.awaitedCents, known?.knownIbans], [1_000n, [PAYER]], 'the account is known from now on');
});

test('pressed twice, by two people, at the same moment: booked once', async () => {
  const id = await bring();
  const { ids } = await called(50_000n);
  const share = [{ instalmentId: ids[0]!, amountCents: 10_000n }];
  const answers = await Promise.all(Array.from({ length: 6 }, () => confirm(id, share)));
  assert.deepEqual(answers.toSorted(), [
    'already-booked',
    'already-booked',
    'already-booked',
    'already-booked',
    'already-booked',
    'done',
  ]);
  assert.equal(await paid(ids[0]!), 10_000n);
});

test('two movements for one payment at once: what was due is booked once', async () => {
  const [one, two] = [await bring(), await bring()];
  const { ids } = await called(10_000n);
  const share = [{ instalmentId: ids[0]!, amountCents: 10_000n }];
  const answers = await Promise.all([confirm(one, share), confirm(two, share)]);
  assert.deepEqual(answers.toSorted(), ['already-paid', 'done']);
});

test('undone by reversal, once or payment by payment, and booked anew under another key', async () => {
  const id = await bring();
  const { ids } = await called(10_000n);
  const share = [{ instalmentId: ids[0]!, amountCents: 10_000n }];
  const undo = () => inHere((tx) => undoMovement(tx, team, { id, today: TODAY, reason: 'Erreur' }, AT));
  assert.equal(reasonOf(await undo()), 'nothing-booked');
  assert.equal(await confirm(id, share), 'done');
  assert.equal(reasonOf(await undo()), 'done');
  assert.deepEqual([await standing(id), await paid(ids[0]!)], ['open', 0n]);
  assert.equal(await confirm(id, share), 'done');
  const booked = await inHere((tx) => bookingsOf(tx, id));
  const [last] = booked.filter(({ reversalEntryId }) => reversalEntryId === null);
  const reversal = { id: ids[0]!, paymentId: last!.paymentId, reason: 'Erreur', today: TODAY };
  assert.ok((await inHere((tx) => reversePayment(tx, team, reversal, AT))).ok);
  assert.equal(await standing(id), 'open', 'a payment that is taken back on its own page gives its part back');
  assert.equal(booked.length, 2);
});

test('set aside and taken up; what left the account is never booked here', async () => {
  const id = await bring();
  const aside = (which: MovementId) =>
    inHere((tx) => setMovementAside(tx, team, { id: which, today: TODAY, reason: 'Intérêts' }));
  assert.equal(reasonOf(await aside(id)), 'done');
  assert.equal(await standing(id), 'set-aside');
  assert.equal(reasonOf(await inHere((tx) => takeUpMovement(tx, team, { id, today: TODAY }))), 'done');
  assert.equal(reasonOf(await inHere((tx) => takeUpMovement(tx, team, { id, today: TODAY }))), 'not-set-aside');
  const gone = await bring({ isDebit: true, amount: '100.00' });
  const { ids } = await called(10_000n);
  assert.equal(await confirm(gone, [{ instalmentId: ids[0]!, amountCents: 1n }]), 'outgoing');
  assert.equal(reasonOf(await aside(gone)), 'outgoing');
  const movement = await inHere((tx) => findMovement(tx, gone));
  const { taken } = await inHere((tx) => movementsLike(tx, movement!));
  assert.ok(
    taken.some((line) => line.id === id),
    'a debit of the same sum and name may take back an earlier credit',
  );
});

test('another territory has its own accounts and movements, and meets none of these', async () => {
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const id = await bring();
  const stranger = await makePerson(opened.database, elsewhere, { roles: ['programme-team'] });
  await withTerritory(opened.database, elsewhere.id, async (tx) => {
    assert.deepEqual(await listIbans(tx), []);
    assert.equal(await findMovement(tx, id), undefined);
    assert.equal(reasonOf(await confirmMovement(tx, stranger, { id, shares: [], today: TODAY }, AT)), 'not-found');
    assert.equal(reasonOf(await addIban(tx, stranger, { iban: IBAN, label: 'x' }, AT)), 'done');
    assert.equal(reasonOf(await addIban(tx, stranger, { iban: IBAN, label: 'x' }, AT)), 'iban-known');
  });
});
