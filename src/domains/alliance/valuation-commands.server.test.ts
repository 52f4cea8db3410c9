/** Valuations on a real database: of entries in kind only, the newest counts, none is lost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { dayOf } from '../../../test/factories/aid.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { newId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { BANK, feesOf, givenBy, receivedBy } from '../ledger/account.ts';
import { postEntry } from '../ledger/commands.server.ts';
import type { EntryDraft, EntryId } from '../ledger/entry.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { valueEntry } from './valuation-commands.server.ts';
import { valuationsOf } from './valuation-queries.server.ts';
import type { Valuation } from './valuation.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const VALUATION: Valuation = {
  method: 'market-minus-paid',
  valuedOn: dayOf('2026-11-20'),
  valueCents: 40_000n,
  marketCents: 60_000n,
  paidCents: 10_000n,
  publicSharePerMillion: 500_000n,
  receiver: 'startup',
  evidence: 'Grille de prix publiée',
};

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

async function post(transfer: EntryDraft['transfers'][number]): Promise<EntryId> {
  const cause = { kind: 'session' as const, id: newId(NOW) };
  const draft = {
    key: `test:${newId(NOW)}`,
    occurredOn: dayOf('2026-11-19'),
    cause,
    author: null,
    memo: '',
    transfers: [transfer],
  };
  const posted = await inHere((tx) => postEntry(tx, draft, AT));
  assert.ok(posted.ok);
  return posted.value.id;
}

test('IK-07, DM-19: an entry in kind is valued, the newest valuation counts; cash and strangers are refused', async () => {
  const { id } = await makeOrganisation(opened.database, here);
  const hours = await post({ debit: receivedBy(id), credit: givenBy(id), unit: 'minute', amount: 60n });
  const cash = await post({ debit: BANK, credit: feesOf(id), unit: 'eur-cent', amount: 60n });
  const value = (entryId: EntryId, given: Partial<Valuation> = {}, by = team) =>
    inHere((tx) => valueEntry(tx, by, { ...VALUATION, ...given, entryId }, AT));
  assert.ok((await value(hours)).ok);
  assert.ok((await value(hours, { valuedOn: dayOf('2026-11-21'), valueCents: 50_000n })).ok);
  assert.deepEqual(await value(cash), { ok: false, reason: 'in-cash' });
  assert.deepEqual(await value(newId<'entry'>(NOW)), { ok: false, reason: 'not-found' });
  const member = await makePerson(opened.database, here, { memberOf: [[id, 'manager']] });
  assert.deepEqual(await value(hours, {}, member), { ok: false, reason: 'not-allowed' });
  assert.equal((await inHere((tx) => valuationsOf(tx, hours)))[0]?.valueCents, 50_000n);
  assert.deepEqual(await inHere((tx) => valuationsOf(tx, cash)), []);
});
