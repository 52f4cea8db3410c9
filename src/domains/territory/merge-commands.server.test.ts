import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeNeed, makeOffer } from '../../../test/factories/support.ts';
import {
  makeOrganisation,
  makePerson,
  makeTerritory,
  NOW,
  type MadeOrganisation,
} from '../../../test/factories/territory.ts';
import { present } from '../../lib/assert.ts';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { seededRandom } from '../../lib/seeded-random.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { likelyPairs, mergesToTakeBack, saidDifferent } from './duplicate-queries.server.ts';
import { lockStanding } from './fact-storing.server.ts';
import { writeFact } from './fact-writing.server.ts';
import type { FactValues } from './facts.ts';
import {
  forgetDifferent,
  mergeOrganisations,
  sayDifferent,
  unmergeOrganisations,
  type MergeId,
} from './merge-commands.server.ts';
import type { MergeChoices } from './merging.ts';
import type { PersonPrincipal } from './principal.ts';
import { pointersToOrganisations } from './undo-obstacles.server.ts';
import type { Territory } from './visit.ts';

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
let minutes = 0;
const at = () => ({ now: NOW.add({ minutes: minutes++ }), fillRandom });

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
const make = (columns: Parameters<typeof makeOrganisation>[2] = {}) => makeOrganisation(opened.database, here, columns);

async function merge(kept: MadeOrganisation, gone: MadeOrganisation, choices: MergeChoices = {}, who = team) {
  return inHere(async (tx) => {
    const standing = await lockStanding(tx, [kept.id, gone.id]);
    const versions = {
      keptVersion: standing.get(kept.id)?.version ?? 0,
      goneVersion: standing.get(gone.id)?.version ?? 0,
    };
    return mergeOrganisations(tx, who, { kept: kept.id, gone: gone.id, choices, ...versions }, at());
  });
}

async function merged(kept: MadeOrganisation, gone: MadeOrganisation, choices: MergeChoices = {}): Promise<MergeId> {
  const answer = await merge(kept, gone, choices);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value.mergeId;
}

/** What fails rolls back, as it does for a page. */
async function unmerge(id: MergeId, who = team) {
  const refusal = Symbol('refusal');
  let answer: Awaited<ReturnType<typeof unmergeOrganisations>> | undefined;
  try {
    await inHere(async (tx) => {
      answer = await unmergeOrganisations(tx, who, id, at());
      if (!answer.ok) throw refusal;
    });
  } catch (error) {
    if (error !== refusal) throw error;
  }
  return present(answer, 'an answer');
}

const row = (id: OrganisationId) =>
  inHere((tx) => tx.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirstOrThrow());

test('a merge keeps what each field was chosen to be, and the other name is found again', async () => {
  const kept = await make({
    name: 'Limagne Bois',
    columns: { siren: '732829320', website: 'https://limagne.example' },
  });
  const gone = await make({
    name: 'Limagne-Bois SAS',
    parts: ['company-partner'],
    columns: { siren: '552100554', commune: 'Riom', summary_fr: 'Du bois.', latitude: 45.9, longitude: 3.1 },
  });
  const id = await merged(kept, gone, { siren: 'gone' });
  const one = await row(kept.id);
  assert.deepEqual(
    [one.siren, one.website, one.commune, one.latitude, one.longitude, one.other_names],
    ['552100554', 'https://limagne.example', 'Riom', 45.9, 3.1, ['Limagne-Bois SAS']],
  );
  const other = await row(gone.id);
  assert.deepEqual([other.merged_into_id, other.is_listed, other.siren], [kept.id, false, '552100554']);
  assert.ok((await unmerge(id)).ok);
  const [back, again] = [await row(kept.id), await row(gone.id)];
  assert.deepEqual([back.siren, back.commune, back.other_names], ['732829320', null, []]);
  assert.deepEqual([again.merged_into_id, again.is_listed, again.siren], [null, true, '552100554']);
  assert.deepEqual(await unmerge(id), { ok: false, reason: 'not-found' });
});

test('refused: without the right, with itself, what is gone, what somebody changed meanwhile', async () => {
  const [one, other, third] = [await make(), await make(), await make()];
  const manager = await makePerson(opened.database, here, { memberOf: [[one.id, 'manager']] });
  const reasonOf = async (answer: ReturnType<typeof merge>) => {
    const told = await answer;
    return told.ok ? 'done' : told.reason;
  };
  assert.equal(await reasonOf(merge(one, other, {}, manager)), 'not-allowed');
  assert.equal(await reasonOf(merge(one, one)), 'same-organisation');
  const stale = { kept: one.id, gone: other.id, choices: {}, keptVersion: 1, goneVersion: 7 };
  assert.deepEqual(await inHere((tx) => mergeOrganisations(tx, team, stale, at())), { ok: false, reason: 'stale' });
  const id = await merged(one, other);
  assert.equal(await reasonOf(merge(third, other)), 'not-found');
  assert.deepEqual(await unmerge(id, manager), { ok: false, reason: 'not-allowed' });
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const stranger = await makePerson(opened.database, elsewhere, { roles: ['administrator'] });
  const there = await withTerritory(opened.database, elsewhere.id, (tx) =>
    unmergeOrganisations(tx, stranger, id, at()),
  );
  assert.deepEqual(there, { ok: false, reason: 'not-found' });
});

test('of two who merge the same pair both ways at once, one does', async () => {
  const [one, other] = [await make(), await make()];
  const answers = await Promise.all([merge(one, other), merge(other, one)]);
  assert.deepEqual(answers.map((answer) => (answer.ok ? 'done' : answer.reason)).toSorted(), ['done', 'not-found']);
});

test('what stands in the way of taking back is told, and goes with it', async () => {
  const [one, other, third] = [await make(), await make({ columns: { siren: '356000000' } }), await make()];
  const first = await merged(one, other);
  const second = await merged(third, one);
  assert.deepEqual(await unmerge(first), { ok: false, reason: 'merged-further' });
  assert.ok((await unmerge(second)).ok);
  const edit = (facts: FactValues) =>
    inHere((tx) => writeFact(tx, team, { kind: 'form' }, { id: one.id, facts }, at()));
  assert.ok((await edit({ otherNames: ['Autre'] })).ok);
  const told = await unmerge(first);
  assert.deepEqual(told.ok ? 'done' : told.reason, 'depended-on');
  assert.notEqual((await row(other.id)).merged_into_id, null, 'nothing was written');
});

test('who managed one of the two manages what they became, and no longer afterwards', async () => {
  const [kept, gone] = [await make(), await make()];
  const both = await makePerson(opened.database, here, {
    memberOf: [
      [kept.id, 'member'],
      [gone.id, 'manager'],
    ],
  });
  const one = await makePerson(opened.database, here, { memberOf: [[gone.id, 'member']] });
  const roles = () =>
    inHere(async (tx) => {
      const rows = await tx.selectFrom('memberships').selectAll().where('organisation_id', '=', kept.id).execute();
      return new Map(rows.map(({ person_id, role }) => [person_id, role]));
    });
  const id = await merged(kept, gone);
  assert.deepEqual(
    await roles(),
    new Map([
      [both.personId, 'manager'],
      [one.personId, 'member'],
    ]),
  );
  assert.ok((await unmerge(id)).ok);
  assert.deepEqual(await roles(), new Map([[both.personId, 'member']]));
});

test('pairs that were said to be different are not proposed again, until that is taken back', async () => {
  const [one, other] = [await make({ name: 'Verrerie Dômes' }), await make({ name: 'Verrerie des Dômes' })];
  await inHere((tx) =>
    sql`update organisations set website = 'https://verrerie.example' where id in (${one.id}, ${other.id})`.execute(tx),
  );
  const ids = { first: other.id, second: one.id };
  const isProposed = async () =>
    (await inHere(likelyPairs)).some(({ first, second }) => [first.id, second.id].includes(one.id));
  assert.ok(await isProposed());
  assert.ok((await inHere((tx) => sayDifferent(tx, team, ids, at()))).ok);
  assert.ok(!(await isProposed()));
  assert.deepEqual((await inHere(saidDifferent)).length, 1);
  assert.ok((await inHere((tx) => forgetDifferent(tx, team, ids))).ok);
  assert.ok(await isProposed());
  await merged(one, other);
  assert.ok(!(await isProposed()));
  assert.ok((await inHere(mergesToTakeBack)).some(({ gone }) => gone === 'Verrerie des Dômes'));
});

/** Every row of every table that points at an organisation, and the organisations themselves without their versions. */
async function everything() {
  return inHere(async (tx) => {
    const tables = new Set((await pointersToOrganisations(tx)).map(({ table }) => table));
    for (const table of [
      'organisation_keys',
      'organisation_places',
      'organisation_phases',
      'organisation_parts',
      'organisation_themes',
    ])
      tables.add(table);
    const found: Record<string, unknown[]> = {};
    for (const table of tables) {
      const without = table === 'organisations' ? sql` - 'version' - 'updated_at'` : sql``;
      const { rows } = await sql<{ row: unknown }>`
        select to_jsonb(t)${without} as row from ${sql.table(table)} t order by to_jsonb(t)${without}::text`.execute(
        tx,
      );
      found[table] = rows.map((each) => each.row);
    }
    return found;
  });
}

test('whatever leans on them: merging and taking back loses nothing, and merging leaves nothing behind without reason', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), async (seed) => {
      const world = await randomWorld(seed);
      const before = await everything();
      const done: MergeId[] = [];
      const left = [...world];
      while (left.length > 1 && done.length < 3) {
        const [gone] = left.splice(1 + ((seed + done.length) % (left.length - 1)), 1);
        done.push(await merged(present(left[seed % left.length], 'one'), present(gone, 'one')));
      }
      const during = await everything();
      // Facts may be joined; rows that point at an organisation are neither added nor lost.
      for (const [table, rows] of Object.entries(before))
        if (!/_(?:parts|themes)$/u.test(table)) assert.equal(during[table]?.length, rows.length, table);
      const leaning = await inHere(async (tx) => {
        const { rows } = await sql<{ count: bigint }>`
          select (select count(*) from needs n join organisations o on o.id = n.organisation_id where o.merged_into_id is not null)
            + (select count(*) from offers n join organisations o on o.id = n.organisation_id where o.merged_into_id is not null)
            + (select count(*) from organisation_keys n join organisations o on o.id = n.organisation_id where o.merged_into_id is not null and o.name like 'Monde %')
            as count`.execute(tx);
        return rows[0]?.count;
      });
      assert.equal(leaning, 0n);
      for (const id of done.toReversed()) assert.ok((await unmerge(id)).ok);
      assert.deepEqual(await everything(), before);
    }),
    { numRuns: 5 },
  );
});

/** Five organisations with a little of everything that may point at them, some of it the same for two of them. */
async function randomWorld(seed: number): Promise<MadeOrganisation[]> {
  const random = seededRandom(seed);
  const all: MadeOrganisation[] = [];
  for (let place = 0; place < 5; place++)
    all.push(await make({ name: `Monde ${seed} ${place}`, themes: [`theme-${random.whole(3)}`] }));
  const some = () => present(all[random.whole(all.length)], 'one');
  const people: PersonPrincipal[] = [];
  for (let count = 0; count < 3; count++) {
    const roles = new Map(
      Array.from({ length: random.whole(4) }, () => [some().id, random.whole(2) === 0 ? 'manager' : 'member'] as const),
    );
    people.push(await makePerson(opened.database, here, { memberOf: [...roles] }));
  }
  for (let count = random.whole(6); count > 0; count--)
    await makeNeed(opened.database, here, { organisationId: some().id });
  for (let count = random.whole(6); count > 0; count--)
    await makeOffer(opened.database, here, { organisationId: some().id });
  await inHere(async (tx) => {
    const day = () => `2025-0${1 + random.whole(3)}-01`;
    const any = <Value>(values: readonly Value[]) => values[random.whole(values.length)] as Value;
    for (let count = 0; count < 12; count++) {
      const [one, other] = [some().id, some().id];
      const through = some().id;
      const [least, greatest] = [one, other].toSorted();
      const person = any(people).personId;
      const key = { t: tx.territoryId, id: newId<'row'>(NOW) };
      await sql`insert into organisation_keys values (${key.t}, 'fichier', ${key.id}, ${one})`.execute(tx);
      await sql`insert into affiliations (territory_id, id, person_id, organisation_id, title, since) values (${key.t}, ${key.id}, ${person}, ${one}, ${any(['', 'Directrice'])}, ${any([null, day()])}) on conflict do nothing`.execute(
        tx,
      );
      await sql`insert into organisation_phases (territory_id, id, organisation_id, phase, since) values (${key.t}, ${key.id}, ${one}, ${any(['Amorçage', 'Essor'])}, ${day()}) on conflict do nothing`.execute(
        tx,
      );
      await sql`insert into organisation_places (territory_id, id, organisation_id, label) values (${key.t}, ${key.id}, ${one}, 'Atelier')`.execute(
        tx,
      );
      await sql`insert into import_decisions (territory_id, source, identity, organisation_id, decision, decided_at) values (${key.t}, 'fichier', ${any(['a', 'b'])}, ${one}, ${any(['same', 'different'])}, now()) on conflict do nothing`.execute(
        tx,
      );
      await sql`insert into ledger_accounts (territory_id, id, code, unit, organisation_id, created_at) values (${key.t}, ${key.id}, ${`given:${one}`}, 'minute', ${one}, now()) on conflict do nothing`.execute(
        tx,
      );
      if (one === other) continue;
      await sql`insert into organisation_ties (territory_id, id, from_id, to_id, kind, since) values (${key.t}, ${key.id}, ${one}, ${other}, 'part-of', ${any([null, day()])}) on conflict do nothing`.execute(
        tx,
      );
      await sql`insert into organisation_conflicts (territory_id, organisation_id, other_id, tie, declared_at, holder_id) values (${key.t}, ${least}, ${greatest}, 'shareholder', now(), ${one}) on conflict do nothing`.execute(
        tx,
      );
      await sql`insert into conflict_answers (territory_id, id, organisation_id, other_id, ground, through_id, keeps_apart, answered_at) values (${key.t}, ${key.id}, ${least}, ${greatest}, 'rival', ${any([null, through])}, true, now()) on conflict do nothing`.execute(
        tx,
      );
    }
  });
  return all;
}
