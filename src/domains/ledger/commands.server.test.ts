import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { newId, type Id, type OrganisationId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { BANK, feesOf, givenBy, receivedBy } from './account.ts';
import { ensureAccount, postEntry, reverseEntry } from './commands.server.ts';
import type { EntryDraft } from './entry.ts';
import { sealBlock } from './sealing.server.ts';
import { balanceOf, findEntry, sumsByOrganisation, trialBalance } from './queries.server.ts';

const AT = {
  now: NOW,
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
};
const DAY = Temporal.PlainDate.from('2026-11-20');

let opened: TestDatabase;
let here: Territory;
let giver: OrganisationId;
let receiver: OrganisationId;
let author: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase({ poolSize: 10 });
  here = await makeTerritory(opened.ownerUrl);
  giver = (await makeOrganisation(opened.database, here, { parts: ['company-partner'] })).id;
  receiver = (await makeOrganisation(opened.database, here)).id;
  author = await makePerson(opened.database, here);
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

function draft(given: Partial<EntryDraft> = {}, amount = 210n): EntryDraft {
  return {
    key: `session:${newId(NOW)}`,
    occurredOn: DAY,
    cause: { kind: 'session', id: newId(NOW) },
    author: author.personId,
    memo: '',
    transfers: [{ debit: receivedBy(receiver), credit: givenBy(giver), unit: 'minute', amount }],
    ...given,
  };
}

test('an entry is read back as it was posted', async () => {
  const wanted = draft({ memo: 'Deux heures sur les brevets' }, 120n);
  const posted = await inHere((tx) => postEntry(tx, wanted, AT));
  assert.ok(posted.ok);
  const read = await inHere((tx) => findEntry(tx, posted.value.id));
  assert.deepEqual(read, { ...wanted, id: posted.value.id, postedAt: NOW, reversesId: null });
});

test('the same key with the same content is the first entry again; with another content it is refused', async () => {
  const wanted = draft();
  const [first, again, other] = await inHere(async (tx) => [
    await postEntry(tx, wanted, AT),
    await postEntry(tx, { ...wanted, author: null }, AT),
    await postEntry(tx, draft({ key: wanted.key }, 211n), AT),
  ]);
  assert.ok(first?.ok && again?.ok);
  assert.equal(again.value.id, first.value.id);
  assert.deepEqual(other, { ok: false, reason: 'key-reused' });
});

test('eight posts of the same key at once make one entry, one pair of accounts, and eight same answers', async () => {
  const [g, r] = await Promise.all([makeOrganisation(opened.database, here), makeOrganisation(opened.database, here)]);
  const wanted = draft({
    transfers: [{ debit: receivedBy(r.id), credit: givenBy(g.id), unit: 'minute', amount: 90n }],
  });
  const answers = await Promise.all(Array.from({ length: 8 }, () => inHere((tx) => postEntry(tx, wanted, AT))));
  assert.equal(new Set(answers.map((answer) => answer.ok && answer.value.id)).size, 1);
  assert.equal(await inHere((tx) => balanceOf(tx, { code: givenBy(g.id).code, unit: 'minute' })), -90n);
});

test('eight different posts on the same new accounts at once are all kept', async () => {
  const [g, r] = await Promise.all([makeOrganisation(opened.database, here), makeOrganisation(opened.database, here)]);
  const sides = [givenBy(g.id), receivedBy(r.id)] as const;
  const posts = Array.from({ length: 8 }, (_, index) => {
    const [debit, credit] = index % 2 === 0 ? [sides[1], sides[0]] : [sides[0], sides[1]];
    return draft({ transfers: [{ debit, credit, unit: 'minute', amount: BigInt(index + 1) }] });
  });
  const answers = await Promise.all(posts.map((post) => inHere((tx) => postEntry(tx, post, AT))));
  assert.ok(answers.every((answer) => answer.ok));
  assert.equal(
    await inHere((tx) => balanceOf(tx, { code: receivedBy(r.id).code, unit: 'minute' })),
    1n - 2n + 3n - 4n + 5n - 6n + 7n - 8n,
  );
});

test('a reversal is posted once and answered twice; another reason comes too late; a reversal stays', async () => {
  const before = await inHere((tx) => balanceOf(tx, { code: givenBy(giver).code, unit: 'minute' }));
  const posted = await inHere((tx) => postEntry(tx, draft(), AT));
  assert.ok(posted.ok);
  const ask = (memo: string, entryId = posted.value.id) =>
    inHere((tx) => reverseEntry(tx, { entryId, author: author.personId, memo, today: DAY }, AT));
  const [first, again, late] = [
    await ask('Saisie en double'),
    await ask('Saisie en double'),
    await ask('Autre raison'),
  ];
  assert.ok(first.ok && again.ok);
  assert.equal(first.value.id, again.value.id);
  assert.deepEqual(late, { ok: false, reason: 'already-reversed' });
  assert.deepEqual(await ask('Retour', first.value.id), { ok: false, reason: 'is-reversal' });
  assert.deepEqual(await ask('Rien', newId<'entry'>(NOW)), { ok: false, reason: 'not-found' });
  assert.equal(await inHere((tx) => balanceOf(tx, { code: givenBy(giver).code, unit: 'minute' })), before);
});

test('the application can neither change nor remove what was booked', async () => {
  await inHere((tx) => postEntry(tx, draft(), AT));
  for (const table of ['ledger_entries', 'ledger_transfers', 'ledger_accounts'] as const) {
    await assert.rejects(
      inHere((tx) => tx.deleteFrom(table).execute()),
      /permission denied/,
    );
    await assert.rejects(
      inHere((tx) => tx.updateTable(table).set({ territory_id: here.id }).execute()),
      /permission denied/,
    );
  }
});

test('IK-07: the database itself refuses an account of one book in the unit of the other', async () => {
  const open = (code: string, unit: 'eur-cent' | 'minute', organisationId: OrganisationId | null) =>
    inHere((tx) => ensureAccount(tx, { code, unit, organisationId }, AT));
  await assert.rejects(open(givenBy(giver).code, 'eur-cent', giver), /ledger_accounts_book/);
  await assert.rejects(open(BANK.code, 'minute', null), /ledger_accounts_book/);
  await assert.rejects(open(`given:${receiver}`, 'minute', giver), /ledger_accounts_owner/);
  await assert.rejects(open('Given', 'minute', null), /ledger_accounts_code_form/);
});

test('a transfer between two units cannot be written, even by hand', async () => {
  const [minutes, cents] = await inHere(async (tx) => [
    await ensureAccount(tx, { code: givenBy(giver).code, unit: 'minute', organisationId: giver }, AT),
    await ensureAccount(tx, { code: feesOf(giver).code, unit: 'eur-cent', organisationId: giver }, AT),
  ]);
  const posted = await inHere((tx) => postEntry(tx, draft(), AT));
  assert.ok(posted.ok && minutes && cents);
  const client = new pg.Client({ connectionString: opened.ownerUrl });
  await client.connect();
  try {
    await client.query(`set app.territory = '${here.id}'`);
    const write = client.query('insert into ledger_transfers values ($1, $2, 9, $3, $4, $5, 1, $6)', [
      here.id,
      posted.value.id,
      minutes,
      cents,
      'minute',
      DAY.toString(),
    ]);
    await assert.rejects(write, /ledger_transfers_credit/);
  } finally {
    await client.end();
  }
});

type Act =
  | {
      readonly kind: 'post';
      readonly key: number;
      readonly amount: number;
      readonly days: number;
      readonly cash: boolean;
    }
  | { readonly kind: 'reverse'; readonly which: number }
  | { readonly kind: 'seal' };

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      key: fc.integer({ min: 0, max: 11 }),
      amount: fc.integer({ min: 1, max: 3 }),
      days: fc.integer({ min: 0, max: 2 }),
      cash: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('reverse' as const),
      which: fc.integer({ min: 0, max: 11 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'seal' as const }) },
);

test('whatever the order of posts, reversals and seals, every balance is that of a plain list of what was accepted', async () => {
  await fc.assert(fc.asyncProperty(fc.array(acts, { maxLength: 40 }), follow), { numRuns: 15 });
});

interface Booked {
  readonly id: Id<'entry'>;
  readonly act: Extract<Act, { kind: 'post' }>;
  isReversed: boolean;
}

/** Acts on the books and on a list beside them; compares what both answer and all balances at the end. */
async function follow(list: readonly Act[]): Promise<void> {
  const territory = await makeTerritory(opened.ownerUrl);
  const [g, r] = [
    (await makeOrganisation(opened.database, territory)).id,
    (await makeOrganisation(opened.database, territory)).id,
  ];
  const cause = { kind: 'decision' as const, id: newId(NOW) };
  const model = new Map<number, Booked>();
  await withTerritory(opened.database, territory.id, async (tx) => {
    for (const act of list) {
      if (act.kind === 'post') await post(tx, act);
      else if (act.kind === 'seal') await sealBlock(tx, NOW);
      else await reverse(tx, [...model.values()][act.which]);
    }
    await compare(tx);
  });

  async function post(tx: TerritoryTransaction, act: Booked['act']): Promise<void> {
    const transfer = act.cash
      ? { debit: BANK, credit: feesOf(g), unit: 'eur-cent' as const, amount: BigInt(act.amount) }
      : {
          debit: receivedBy(r),
          credit: givenBy(g),
          unit: 'minute' as const,
          amount: BigInt(act.amount),
        };
    const answer = await postEntry(
      tx,
      {
        key: `k${act.key}`,
        occurredOn: DAY.add({ days: act.days }),
        cause,
        author: null,
        memo: '',
        transfers: [transfer],
      },
      AT,
    );
    const known = model.get(act.key);
    const isSame =
      known === undefined ||
      (known.act.amount === act.amount && known.act.days === act.days && known.act.cash === act.cash);
    assert.equal(answer.ok, isSame);
    if (answer.ok && known === undefined) model.set(act.key, { id: answer.value.id, act, isReversed: false });
    if (answer.ok && known !== undefined) assert.equal(answer.value.id, known.id);
  }

  async function reverse(tx: TerritoryTransaction, booked: Booked | undefined): Promise<void> {
    const answer = await reverseEntry(
      tx,
      { entryId: booked?.id ?? newId<'entry'>(NOW), author: null, memo: '', today: DAY },
      AT,
    );
    assert.equal(answer.ok, booked !== undefined);
    if (booked !== undefined) booked.isReversed = true;
  }

  async function compare(tx: TerritoryTransaction): Promise<void> {
    for (const days of [0, 1, 2]) {
      const asOf = DAY.add({ days });
      const sum = (cash: boolean) =>
        [...model.values()]
          .filter((booked) => booked.act.cash === cash && !booked.isReversed && booked.act.days <= days)
          .reduce((all, { act }) => all + BigInt(act.amount), 0n);
      assert.equal(await balanceOf(tx, { code: givenBy(g).code, unit: 'minute', asOf }), -sum(false));
      assert.equal(await balanceOf(tx, { code: receivedBy(r).code, unit: 'minute', asOf }), sum(false));
      assert.equal(await balanceOf(tx, { code: BANK.code, unit: 'eur-cent', asOf }), sum(true));
      const lines = await trialBalance(tx, { until: asOf });
      for (const unit of ['minute', 'eur-cent']) {
        assert.equal(
          lines.filter((line) => line.unit === unit).reduce((all, { debits, credits }) => all + debits - credits, 0n),
          0n,
        );
      }
    }
    const years = await sumsByOrganisation(tx, g);
    const given = [...model.values()]
      .filter((booked) => !booked.act.cash && !booked.isReversed)
      .reduce((all, { act }) => all + BigInt(act.amount), 0n);
    assert.equal(years.find(({ family }) => family === 'given')?.balance ?? 0n, -given);
  }
}
