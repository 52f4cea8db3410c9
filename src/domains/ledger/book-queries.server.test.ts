import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { ROLES, type PersonPrincipal, type Principal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { BANK, feesOf, givenBy, receivedBy, SPENT } from './account.ts';
import { amountCell } from './amount.ts';
import {
  accountById,
  bookedYears,
  entryWhole,
  exportEntries,
  listEntries,
  statementOf,
  type EntryCursor,
  type StatementCursor,
} from './book-queries.server.ts';
import { postEntry, reverseEntry } from './commands.server.ts';
import type { AccountId } from './entry.ts';
import { maySeeAccount, maySeeBooks, maySeeEntry } from './policy.ts';
import { balanceOf, trialBalance } from './queries.server.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const FIRST_DAY = Temporal.PlainDate.from('2025-12-30');
const ENTRIES = 23;

let opened: TestDatabase;
let here: Territory;
let giver: OrganisationId;
let receiver: OrganisationId;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  giver = (await makeOrganisation(opened.database, here, { parts: ['company-partner'] })).id;
  receiver = (await makeOrganisation(opened.database, here)).id;
  await inHere(async (tx) => {
    for (let place = 0; place < ENTRIES; place++) await post(tx, place);
  });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

/** Several entries a day; every fifth is money, every seventh is reversed. */
async function post(tx: TerritoryTransaction, place: number): Promise<void> {
  const isCash = place % 5 === 4;
  const amount = BigInt(10 + place);
  const transfers = isCash
    ? [
        { debit: BANK, credit: feesOf(giver), unit: 'eur-cent' as const, amount },
        { debit: SPENT, credit: BANK, unit: 'eur-cent' as const, amount: 1n },
      ]
    : [{ debit: receivedBy(receiver), credit: givenBy(giver), unit: 'minute' as const, amount }];
  const cause = { kind: isCash ? ('agreement' as const) : ('session' as const), id: newId(NOW) };
  const posted = await postEntry(
    tx,
    {
      key: `k${place}`,
      occurredOn: FIRST_DAY.add({ days: Math.floor(place / 4) }),
      cause,
      author: null,
      memo: '',
      transfers,
    },
    AT,
  );
  assert.ok(posted.ok);
  if (place % 7 === 6)
    await reverseEntry(tx, { entryId: posted.value.id, author: null, memo: 'Erreur', today: FIRST_DAY }, AT);
}

test('pages of entries go forward and back over each of them once, the newest day first', async () => {
  const all = await inHere((tx) => exportEntries(tx, {}));
  assert.equal(all.length, ENTRIES + 3);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), (size) =>
      inHere(async (tx) => {
        const page = (cursor?: EntryCursor) => listEntries(tx, {}, cursor, size);
        let list = await page();
        const seen = list.entries.map(({ id }) => id);
        while (list.hasAfter) {
          const last = list.entries.at(-1) ?? assert.fail();
          list = await page({ day: last.occurredOn, id: last.id, direction: 'after' });
          seen.push(...list.entries.map(({ id }) => id));
        }
        assert.deepEqual(
          seen,
          all.map(({ id }) => id),
        );
        const first = list.entries[0] ?? assert.fail();
        const back = await page({ day: first.occurredOn, id: first.id, direction: 'before' });
        const place = seen.indexOf(first.id);
        assert.deepEqual(
          back.entries.map(({ id }) => id),
          seen.slice(Math.max(0, place - size), place),
        );
      }),
    ),
    { numRuns: 6 },
  );
});

test('entries are narrowed by unit, year, cause and organisation, and counted', async () => {
  const count = (filter: Parameters<typeof listEntries>[1]) =>
    inHere(async (tx) => (await listEntries(tx, filter, undefined, 50)).total);
  const all = await inHere((tx) => exportEntries(tx, {}));
  assert.equal(
    await count({ unit: 'eur-cent' }),
    all.filter(({ transfers }) => transfers.some(({ unit }) => unit === 'eur-cent')).length,
  );
  assert.equal(await count({ year: 2025 }), all.filter(({ occurredOn }) => occurredOn.year === 2025).length);
  assert.equal(
    await count({ cause: 'agreement', year: 2026 }),
    all.filter(({ cause, occurredOn }) => cause.kind === 'agreement' && occurredOn.year === 2026).length,
  );
  assert.equal(
    await count({ organisationId: receiver }),
    all.filter(({ transfers }) =>
      transfers.some(({ debit, credit }) => [debit.organisationId, credit.organisationId].includes(receiver)),
    ).length,
  );
  assert.equal(await count({ organisationId: newId(NOW) }), 0);
  assert.deepEqual(await inHere(bookedYears), [2026, 2025]);
});

test('a statement holds every line once, and each balance is the sum of the lines up to it', async () => {
  await inHere(async (tx) => {
    for (const { accountId, code, unit, debits, credits } of await trialBalance(tx)) {
      const lines = await wholeStatement(tx, accountId, 4);
      let balance = 0n;
      for (const line of lines.toReversed()) {
        balance += line.change;
        assert.equal(line.balance, balance);
      }
      assert.equal(balance, debits - credits);
      assert.equal(balance, await balanceOf(tx, { code, unit }));
      assert.equal((await accountById(tx, accountId))?.code, code);
    }
  });
});

async function wholeStatement(tx: TerritoryTransaction, accountId: AccountId, size: number) {
  let page = await statementOf(tx, { accountId: accountId }, undefined, size);
  const lines = [...page.lines];
  while (page.hasAfter) {
    const last = page.lines.at(-1) ?? assert.fail();
    const after: StatementCursor = { day: last.occurredOn, entryId: last.entryId, position: last.position };
    page = await statementOf(tx, { accountId: accountId }, after, size);
    lines.push(...page.lines);
  }
  assert.equal(new Set(lines.map(({ entryId, position }) => `${entryId} ${position}`)).size, lines.length);
  return lines;
}

test('an entry whole says what undid it, or what it undid', async () => {
  await inHere(async (tx) => {
    const reversal = (await exportEntries(tx, {})).find(({ reversesId }) => reversesId !== null) ?? assert.fail();
    const undone = (await entryWhole(tx, reversal.reversesId ?? assert.fail())) ?? assert.fail();
    assert.equal(undone.reversedById, reversal.id);
    assert.deepEqual(
      undone.transfers.map(({ debit, credit, amount }) => [credit.code, debit.code, amount]),
      reversal.transfers.map(({ debit, credit, amount }) => [debit.code, credit.code, amount]),
    );
  });
});

test('amounts for a spreadsheet are exact decimals with a comma', () => {
  assert.deepEqual(
    [amountCell('minute', 210n), amountCell('minute', 20n), amountCell('minute', -210n), amountCell('minute', 0n)],
    ['3,50', '0,33', '-3,50', '0,00'],
  );
  assert.deepEqual(
    [amountCell('eur-cent', 1_000_000n), amountCell('eur-cent', 5n), amountCell('introduction', 2n)],
    ['10000,00', '0,05', '2'],
  );
});

test('golden table: who may read the books', () => {
  const own = newId<'organisation'>(NOW);
  const person: PersonPrincipal = {
    kind: 'person',
    personId: newId(NOW),
    name: 'Anne',
    email: 'a@b.fr',
    locale: 'fr',
    roles: new Set(),
    memberships: new Map(),
  };
  const asks: readonly (readonly [string, Principal])[] = [
    ['anonymous', { kind: 'anonymous' }],
    ...ROLES.map((role) => [role, { ...person, roles: new Set([role]) }] as const),
    ['member', { ...person, memberships: new Map([[own, 'member' as const]]) }],
    ['other member', { ...person, memberships: new Map([[newId<'organisation'>(NOW), 'manager' as const]]) }],
    ['system', { kind: 'system', job: 'report' }],
  ];
  const mark = (allowed: boolean) => (allowed ? 'x' : '.');
  const table = asks.map(
    ([name, principal]) =>
      `${name.padEnd(16)} ${[maySeeBooks(principal), maySeeAccount(principal, own), maySeeAccount(principal, null), maySeeEntry(principal, [null, own])].map(mark).join(' ')}`,
  );
  assert.deepEqual(table, [
    //                books account bank entry
    'anonymous        . . . .',
    'administrator    x x x x',
    'programme-team   x x x x',
    'expert           . . . .',
    'funder           x x x x',
    'committee-member . . . .',
    'member           . x . x',
    'other member     . . . .',
    'system           x x x x',
  ]);
});
