import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { givenBy, receivedBy } from './account.ts';
import { postEntry, reverseEntry } from './commands.server.ts';
import type { EntryDraft } from './entry.ts';
import { BLOCK_SIZE, sealBlock } from './sealing.server.ts';
import { balanceOf } from './queries.server.ts';
import { verifyChain } from './verification.server.ts';
import { closeFiscalYear, fiscalYears, openFiscalYear } from './year-commands.server.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const TODAY = Temporal.PlainDate.from('2026-11-23');
const LAST_YEAR = { startsOn: Temporal.PlainDate.from('2025-01-01'), endsOn: Temporal.PlainDate.from('2025-12-31') };

let opened: TestDatabase;
before(async () => {
  opened = await openTestDatabase({ poolSize: 12 });
});
after(() => opened.close());

interface Place {
  readonly territory: Territory;
  readonly giver: OrganisationId;
  readonly receiver: OrganisationId;
  readonly team: PersonPrincipal;
  inside<T>(work: (tx: TerritoryTransaction) => Promise<T>): Promise<T>;
}

async function makePlace(): Promise<Place> {
  const territory = await makeTerritory(opened.ownerUrl);
  return {
    territory,
    giver: (await makeOrganisation(opened.database, territory, { parts: ['company-partner'] })).id,
    receiver: (await makeOrganisation(opened.database, territory)).id,
    team: await makePerson(opened.database, territory, { roles: ['programme-team'] }),
    inside: (work) => withTerritory(opened.database, territory.id, work),
  };
}

function draft(place: Place, occurredOn = TODAY, amount = 60n): EntryDraft {
  return {
    key: `k:${newId(NOW)}`,
    occurredOn,
    cause: { kind: 'session', id: newId(NOW) },
    author: place.team.personId,
    memo: 'Une séance',
    transfers: [{ debit: receivedBy(place.receiver), credit: givenBy(place.giver), unit: 'minute', amount }],
  };
}

const verified = (place: Place, expected: readonly string[] = []) =>
  withTerritory(opened.database, place.territory.id, (tx) => verifyChain(tx, expected), {
    isolation: 'repeatable read',
    readOnly: true,
  });

async function postAndSeal(place: Place, count: number): Promise<void> {
  await place.inside(async (tx) => {
    for (let n = 0; n < count; n++) await postEntry(tx, draft(place, TODAY, BigInt(n + 1)), AT);
    await sealBlock(tx, NOW);
  });
}

test('the chain verifies, tells what waits, and knows its own earlier heads', async () => {
  const place = await makePlace();
  await postAndSeal(place, 3);
  const first = await verified(place);
  await postAndSeal(place, 2);
  await place.inside((tx) => postEntry(tx, draft(place), AT));
  const second = await verified(place, [first.head]);
  assert.deepEqual(second.faults, []);
  assert.deepEqual([second.blocks, second.entries, second.waiting], [2, 5, 1]);
  assert.notEqual(second.head, first.head);
  const foreign = 'f'.repeat(64);
  assert.deepEqual((await verified(place, [foreign])).faults, [{ kind: 'expected-missing', hash: foreign }]);
});

test('whatever the owner of the database changes by hand is found', async () => {
  const tampering = [
    ['an amount', 'update ledger_transfers set amount = amount + 1 where territory_id = $1 and amount = 3'],
    [
      'a side',
      'update ledger_transfers set debit_account_id = credit_account_id, credit_account_id = debit_account_id where territory_id = $1 and amount = 2',
    ],
    [
      'a memo',
      "update ledger_entries set memo = 'autre' where territory_id = $1 and id = (select entry_id from ledger_block_entries where territory_id = $1 and height = 1 and position = 1)",
    ],
    [
      'an author',
      'update ledger_entries set author_id = null where territory_id = $1 and id = (select entry_id from ledger_block_entries where territory_id = $1 and height = 1 and position = 1)',
    ],
    ['a moment', "update ledger_entries set posted_at = posted_at + interval '1 second' where territory_id = $1"],
    [
      'a hash',
      "update ledger_block_entries set hash = repeat('a', 64) where territory_id = $1 and position = 1 and height = 1",
    ],
    [
      'a place',
      'update ledger_block_entries set position = position + 10 where territory_id = $1 and position = 1 and height = 1',
    ],
    ['a block', "update ledger_blocks set hash = repeat('b', 64) where territory_id = $1 and height = 1"],
    ['a sum', 'update ledger_daily_sums set debits = debits + 1 where territory_id = $1'],
    ['a queue', 'delete from ledger_unsealed where territory_id = $1'],
    ['an entry', 'delete from ledger_block_entries where territory_id = $1 and height = 1 and position = 2'],
  ] as const;
  const client = new pg.Client({ connectionString: opened.ownerUrl });
  await client.connect();
  try {
    for (const [what, statement] of tampering) {
      const place = await makePlace();
      await postAndSeal(place, 3);
      await postAndSeal(place, 2);
      await place.inside((tx) => postEntry(tx, draft(place), AT));
      assert.deepEqual((await verified(place)).faults, [], what);
      await client.query(`set app.territory = '${place.territory.id}'`);
      const { rowCount } = await client.query(statement, [place.territory.id]);
      assert.ok((rowCount ?? 0) > 0, `${what} was changed`);
      assert.notDeepEqual((await verified(place)).faults, [], what);
    }
  } finally {
    await client.end();
  }
});

test('blocks taken away whole at the end are missed by whoever wrote down the last hash', async () => {
  const place = await makePlace();
  await postAndSeal(place, 2);
  await postAndSeal(place, 2);
  const { head } = await verified(place);
  const client = new pg.Client({ connectionString: opened.ownerUrl });
  await client.connect();
  await client.query(`set app.territory = '${place.territory.id}'`);
  const last =
    'where territory_id = $1 and entry_id in (select entry_id from ledger_block_entries where territory_id = $1 and height = 2)';
  const own = [place.territory.id];
  await client.query(`delete from ledger_transfers ${last}`, own);
  const ids = await client.query<{ entry_id: string }>(
    'delete from ledger_block_entries where territory_id = $1 and height = 2 returning entry_id',
    own,
  );
  await client.query('delete from ledger_entries where id = any($1)', [ids.rows.map(({ entry_id }) => entry_id)]);
  await client.query('delete from ledger_blocks where territory_id = $1 and height = 2', own);
  await client.end();
  assert.ok((await verified(place, [head])).faults.some(({ kind }) => kind === 'expected-missing'));
});

test('many who post and several who seal at once: every entry is sealed once, in one chain, and balances are exact', async () => {
  const place = await makePlace();
  const posts = Array.from({ length: 60 }, () => place.inside((tx) => postEntry(tx, draft(place, TODAY, 1n), AT)));
  const seals = Array.from({ length: 6 }, () => place.inside((tx) => sealBlock(tx, NOW)));
  const seen = Array.from({ length: 6 }, () =>
    place.inside((tx) => balanceOf(tx, { code: receivedBy(place.receiver).code, unit: 'minute' })),
  );
  await Promise.all([...posts, ...seals, ...seen]);
  while ((await place.inside((tx) => sealBlock(tx, NOW))) !== undefined);
  const found = await verified(place);
  assert.deepEqual(found.faults, []);
  assert.deepEqual([found.entries, found.waiting], [60, 0]);
  assert.equal(
    await place.inside((tx) => balanceOf(tx, { code: receivedBy(place.receiver).code, unit: 'minute' })),
    60n,
  );
});

test('a block holds no more than it may', async () => {
  const place = await makePlace();
  await place.inside(async (tx) => {
    for (let n = 0; n < BLOCK_SIZE + 1; n++) await postEntry(tx, draft(place), AT);
  });
  const sizes = [];
  for (;;) {
    const block = await place.inside((tx) => sealBlock(tx, NOW));
    if (block === undefined) break;
    sizes.push(block.entries);
  }
  assert.deepEqual(sizes, [BLOCK_SIZE, 1]);
});

test('the application can neither change a block nor open a closed year', async () => {
  const place = await makePlace();
  await postAndSeal(place, 1);
  for (const table of ['ledger_blocks', 'ledger_block_entries'] as const) {
    await assert.rejects(
      place.inside((tx) => tx.deleteFrom(table).execute()),
      /permission denied/,
    );
    await assert.rejects(
      place.inside((tx) => tx.updateTable(table).set({ territory_id: place.territory.id }).execute()),
      /permission denied/,
    );
  }
  await place.inside((tx) => openFiscalYear(tx, place.team, LAST_YEAR));
  const closed = await place.inside((tx) => closeFiscalYear(tx, place.team, { code: '2025', today: TODAY }, AT));
  assert.ok(closed.ok);
  await place.inside((tx) =>
    tx.updateTable('fiscal_years').set({ state: 'open', closed_at: null }).where('code', '=', '2025').execute(),
  );
  assert.equal((await place.inside(fiscalYears))[0]?.state, 'closed');
});

test('a closed year takes nothing more; what is wrong in it is reversed in the open one', async () => {
  const place = await makePlace();
  const day = Temporal.PlainDate.from('2025-06-15');
  const posted = await place.inside((tx) => postEntry(tx, draft(place, day, 90n), AT));
  assert.ok(posted.ok);
  await place.inside((tx) => openFiscalYear(tx, place.team, LAST_YEAR));
  const closed = await place.inside((tx) => closeFiscalYear(tx, place.team, { code: '2025', today: TODAY }, AT));
  assert.ok(closed.ok && closed.value.closedHash !== null);
  assert.deepEqual(await place.inside((tx) => postEntry(tx, draft(place, day), AT)), {
    ok: false,
    reason: 'year-closed',
  });
  const { id } = posted.value;
  const ask = () =>
    place.inside((tx) =>
      reverseEntry(tx, { entryId: id, author: place.team.personId, memo: 'Erreur', today: TODAY }, AT),
    );
  const [reversed, again] = [await ask(), await ask()];
  assert.ok(reversed.ok && again.ok);
  assert.equal(again.value.id, reversed.value.id);
  assert.equal(reversed.value.occurredOn.toString(), TODAY.toString());
  const account = { code: receivedBy(place.receiver).code, unit: 'minute' as const };
  assert.equal(await place.inside((tx) => balanceOf(tx, { ...account, asOf: LAST_YEAR.endsOn })), 90n);
  assert.equal(await place.inside((tx) => balanceOf(tx, account)), 0n);
  assert.deepEqual((await verified(place, [closed.value.closedHash])).faults, []);
});

test('years close in their order, once they have ended, by the team', async () => {
  const place = await makePlace();
  const founder = await makePerson(opened.database, place.territory);
  const open = (from: string, until: string, who = place.team) =>
    place.inside((tx) =>
      openFiscalYear(tx, who, { startsOn: Temporal.PlainDate.from(from), endsOn: Temporal.PlainDate.from(until) }),
    );
  const close = (code: string, who = place.team) =>
    place.inside((tx) => closeFiscalYear(tx, who, { code, today: TODAY }, AT));
  assert.deepEqual(await open('2024-01-01', '2024-12-31', founder), { ok: false, reason: 'not-allowed' });
  assert.ok((await open('2024-01-01', '2024-12-31')).ok);
  assert.ok((await open('2025-01-01', '2025-12-31')).ok);
  assert.ok((await open('2026-01-01', '2026-12-31')).ok);
  assert.deepEqual(await open('2025-07-01', '2026-06-30'), { ok: false, reason: 'overlaps', facts: { year: '2026' } });
  assert.deepEqual(await open('2027-02-01', '2027-01-01'), { ok: false, reason: 'ends-before-it-starts' });
  assert.deepEqual(await open('2027-01-01', '2029-01-01'), { ok: false, reason: 'too-long' });
  assert.deepEqual(await close('2025'), { ok: false, reason: 'earlier-open', facts: { year: '2024' } });
  assert.deepEqual(await close('2024', founder), { ok: false, reason: 'not-allowed' });
  assert.ok((await close('2024')).ok);
  assert.deepEqual(await close('2024'), { ok: false, reason: 'already-closed' });
  assert.deepEqual(await close('1999'), { ok: false, reason: 'not-found' });
  assert.ok((await close('2025')).ok);
  assert.deepEqual(await close('2026'), { ok: false, reason: 'not-ended', facts: { day: '2027-01-01' } });
});

test('a year that closes while many post: what was answered is in it, and nothing comes after', async () => {
  const place = await makePlace();
  await place.inside((tx) => openFiscalYear(tx, place.team, LAST_YEAR));
  const day = Temporal.PlainDate.from('2025-03-03');
  const posts = Array.from({ length: 40 }, () => place.inside((tx) => postEntry(tx, draft(place, day, 1n), AT)));
  const closing = place.inside((tx) => closeFiscalYear(tx, place.team, { code: '2025', today: TODAY }, AT));
  const answers = await Promise.all(posts);
  const closed = await closing;
  assert.ok(closed.ok);
  const accepted = BigInt(answers.filter((answer) => answer.ok).length);
  assert.ok(answers.every((answer) => answer.ok || answer.reason === 'year-closed'));
  const account = { code: receivedBy(place.receiver).code, unit: 'minute' as const };
  assert.equal(await place.inside((tx) => balanceOf(tx, account)), accepted);
  const found = await verified(
    place,
    accepted > 0n && closed.value.closedHash !== null ? [closed.value.closedHash] : [],
  );
  assert.deepEqual([found.faults, found.waiting, BigInt(found.entries)], [[], 0, accepted]);
});
