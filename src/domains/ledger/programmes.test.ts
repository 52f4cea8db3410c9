/** Programmes on a real database: named by the team, once, each territory its own; their sums are those of their entries. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { newId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { BANK, givenBy, grantsDueFrom, grantsOf, receivedBy, spentOn } from './account.ts';
import { postEntry } from './commands.server.ts';
import type { TransferDraft } from './entry.ts';
import { nameProgramme } from './programme-commands.server.ts';
import { programmeLines, sumOfYears } from './programme-queries.server.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };

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
const LABELS = { labelFr: 'Été à l’École', labelEn: 'Summer at School' };

test('a programme is named once, by the team, and belongs to its territory', async () => {
  assert.deepEqual(await inHere((tx) => nameProgramme(tx, team, LABELS)), { ok: true, value: 'ete-a-l-ecole' });
  assert.deepEqual(await inHere((tx) => nameProgramme(tx, team, LABELS)), { ok: false, reason: 'already-named' });
  const funder = await makePerson(opened.database, here, { roles: ['funder'] });
  assert.deepEqual(await inHere((tx) => nameProgramme(tx, funder, LABELS)), { ok: false, reason: 'not-allowed' });
  const elsewhere = await makeTerritory(opened.ownerUrl);
  assert.deepEqual(await withTerritory(opened.database, elsewhere.id, programmeLines), []);
});

test('what is called, awaited, spent and given is told by year; entries without the programme count for none', async () => {
  const { id } = await makeOrganisation(opened.database, here, { parts: ['public-body'] });
  const programme = 'ete-a-l-ecole';
  const post = (day: string, transfer: TransferDraft, named = true) => {
    const cause = { kind: 'decision' as const, id: newId(NOW) };
    const draft = { key: newId(NOW), occurredOn: Temporal.PlainDate.from(day), cause, author: null, memo: '' };
    return inHere((tx) => postEntry(tx, { ...draft, transfers: [transfer], ...(named ? { programme } : {}) }, AT));
  };
  const cents = { unit: 'eur-cent' as const };
  await post('2025-03-01', { debit: grantsDueFrom(id), credit: grantsOf(id), amount: 9_000n, ...cents });
  await post('2025-06-01', { debit: BANK, credit: grantsDueFrom(id), amount: 6_000n, ...cents });
  await post('2026-02-01', { debit: spentOn('staff'), credit: BANK, amount: 2_500n, ...cents });
  await post('2026-02-01', { debit: spentOn('staff'), credit: BANK, amount: 1_111n, ...cents }, false);
  await post('2026-04-01', { debit: receivedBy(id), credit: givenBy(id), unit: 'desk-day', amount: 4n });
  const [line] = await inHere(programmeLines);
  assert.deepEqual(line?.years, [
    {
      year: 2026,
      incomeCents: 0n,
      awaitedCents: 0n,
      spentCents: 2_500n,
      delivered: [{ unit: 'desk-day', amount: 4n }],
    },
    { year: 2025, incomeCents: 9_000n, awaitedCents: 3_000n, spentCents: 0n, delivered: [] },
  ]);
  assert.deepEqual(sumOfYears(line.years), {
    incomeCents: 9_000n,
    awaitedCents: 3_000n,
    spentCents: 2_500n,
    delivered: [{ unit: 'desk-day', amount: 4n }],
  });
});
