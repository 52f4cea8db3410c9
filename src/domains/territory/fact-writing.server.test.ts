import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { sql } from 'kysely';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { organisationOfHistory } from './change-queries.server.ts';
import { undoChanges } from './fact-undoing.server.ts';
import { writeFact, writeFacts, type FactItem, type Written } from './fact-writing.server.ts';
import { ensureThemes } from './theme-labels.server.ts';
import type { PersonPrincipal } from './principal.ts';
import type { Territory } from './visit.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const FORM = { kind: 'form' } as const;

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
const write = (item: FactItem) => inHere((tx) => writeFact(tx, team, FORM, item, AT));
const startup = (name: string, more: FactItem['facts'] = {}): FactItem => ({
  facts: { name, parts: ['startup'], ...more },
});
async function written(item: FactItem): Promise<Written> {
  const answer = await write(item);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}
const row = (id: Written['id']) =>
  inHere((tx) =>
    tx
      .selectFrom('organisations')
      .selectAll()
      .where('territory_id', '=', here.id)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );
const changes = (id: Written['id']) =>
  inHere((tx) =>
    tx
      .selectFrom('organisation_changes')
      .selectAll()
      .where('territory_id', '=', here.id)
      .where('organisation_id', '=', id)
      .orderBy('at')
      .execute(),
  );
const undo = (...changeIds: (Written['changeId'] | undefined)[]) =>
  inHere((tx) => undoChanges(tx, team, { changeIds: changeIds.flatMap((id) => id ?? []) }, AT));

test('each writing keeps what differs, before and after, in order; what does not differ writes nothing', async () => {
  const made = await written(startup('Écrite', { commune: 'Clermont-Ferrand', extra: { note: 'a' } }));
  assert.deepEqual(made.names.toSorted(), ['commune', 'extra.note', 'isListed', 'name', 'parts']);
  const moved = await written({
    id: made.id,
    facts: { commune: 'Riom', name: 'Écrite', extra: { note: null, rang: 2 } },
  });
  assert.deepEqual(moved.names.toSorted(), ['commune', 'extra.note', 'extra.rang']);
  const same = await written({ id: made.id, facts: { commune: 'Riom' } });
  assert.deepEqual([same.changeId, same.names], [undefined, []]);
  const [addition, change, ...none] = await changes(made.id);
  assert.deepEqual(none, []);
  assert.deepEqual(addition?.before, {});
  assert.deepEqual(change?.before, { commune: 'Clermont-Ferrand', 'extra.note': 'a', 'extra.rang': null });
  assert.deepEqual(change?.after, { commune: 'Riom', 'extra.note': null, 'extra.rang': 2 });
  assert.deepEqual([change?.author_id, change?.source, change?.state], [team.personId, 'form', 'applied']);
  const { commune, version, extra } = await row(made.id);
  assert.deepEqual([commune, version, extra], ['Riom', 2, { rang: 2 }]);
});

test('a refused item leaves no trace and keeps nobody else out; addresses never collide', async () => {
  const known = await written(startup('Portée', { siren: '732829320' }));
  const answers = await inHere((tx) =>
    writeFacts(
      tx,
      team,
      { kind: 'import' },
      [
        startup('Même nom'),
        startup('Même nom'),
        startup('Autre', { siren: '732829320' }),
        startup('Une', { siren: '552100554' }),
        startup('Deux', { siren: '552100554' }),
        startup('Sans thème', { themes: ['inconnu'] }),
        { id: known.id, facts: { name: 'Vieille' }, version: 7 },
        { facts: { name: 'Sans rôle' } },
        startup('Même nom'),
      ],
      AT,
    ),
  );
  assert.deepEqual(
    answers.map((answer) => (answer.ok ? answer.value.slug : answer.reason)),
    [
      'meme-nom',
      'meme-nom-2',
      'siren-taken',
      'une',
      'siren-taken',
      'unknown-theme',
      'stale',
      'part-missing',
      'meme-nom-3',
    ],
  );
  assert.equal((await row(known.id)).version, 1);
});

test('two writers of one name and of one SIREN at once: two addresses, one holder', async () => {
  const answers = await Promise.all(
    ['', ''].map(() =>
      inHere((tx) => writeFacts(tx, team, FORM, [startup('Course'), startup('Gagnant', { siren: '380129866' })], AT)),
    ),
  );
  const slugs = answers.flat().map((answer) => (answer.ok ? answer.value.slug : answer.reason));
  assert.deepEqual(slugs.toSorted(), ['course', 'course-2', 'gagnant', 'siren-taken']);
});

test('nothing of another territory can be changed', async () => {
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const foreign = await makeOrganisation(opened.database, elsewhere);
  assert.deepEqual(await write({ id: foreign.id, facts: { name: 'Prise' } }), { ok: false, reason: 'not-found' });
});

test('a proposal is kept and changes nothing', async () => {
  const made = await written(startup('Proposée'));
  const proposed = await written({ id: made.id, facts: { name: 'Autrement' }, isProposed: true });
  assert.deepEqual(proposed.names, ['name']);
  const kept = await changes(made.id);
  assert.deepEqual(
    kept.map(({ state }) => state),
    ['applied', 'proposed'],
  );
  assert.deepEqual([(await row(made.id)).name, (await row(made.id)).version], ['Proposée', 1]);
});

test('a change is undone, and the undo too, as often as one likes', async () => {
  const made = await written(startup('Défaite', { commune: 'Thiers' }));
  let last = (await written({ id: made.id, facts: { commune: 'Riom' } })).changeId;
  for (const [commune, states] of [
    ['Thiers', ['applied', 'undone', 'applied']],
    ['Riom', ['applied', 'applied', 'undone', 'applied']],
    ['Thiers', ['applied', 'undone', 'applied', 'undone', 'applied']],
  ] as const) {
    assert.deepEqual(await undo(last), { ok: true, changes: 1, withdrawn: 0 });
    assert.equal((await row(made.id)).commune, commune);
    const kept = await changes(made.id);
    assert.deepEqual(
      kept.map(({ state }) => state),
      states,
    );
    last = kept.at(-1)?.id;
  }
  assert.deepEqual(await undo(made.changeId), { ok: true, changes: 1, withdrawn: 1 });
});

test('an undo is refused while a later change of the same fact stands, not for another fact', async () => {
  const made = await written(startup('Suivie', { commune: 'Thiers' }));
  const first = await written({ id: made.id, facts: { commune: 'Riom', employees: 3 } });
  const second = await written({ id: made.id, facts: { commune: 'Vichy' } });
  await written({ id: made.id, facts: { address: '1 rue du Port' } });
  assert.deepEqual(await undo(first.changeId), {
    ok: false,
    reason: 'depended-on',
    obstacles: [{ kind: 'later-change', organisationId: made.id, changeId: second.changeId }],
  });
  assert.ok((await undo(first.changeId, second.changeId)).ok);
  const { commune, employees, address } = await row(made.id);
  assert.deepEqual([commune, employees, address], ['Thiers', null, '1 rue du Port']);
});

test('an undone addition leaves the directory, frees SIREN and keys, and comes back while the SIREN is free', async () => {
  const made = await written(startup('Retirée', { siren: '542051180' }));
  await inHere((tx) =>
    tx
      .insertInto('organisation_keys')
      .values({ territory_id: here.id, source: 'liste', key: '12', organisation_id: made.id })
      .execute(),
  );
  assert.deepEqual(await undo(made.changeId), { ok: true, changes: 1, withdrawn: 1 });
  const gone = await row(made.id);
  assert.deepEqual([gone.is_listed, gone.withdrawn_at === null], [false, false]);
  assert.deepEqual(await write({ id: made.id, facts: { name: 'Fantôme' } }), { ok: false, reason: 'not-found' });
  const { count } = await inHere((tx) =>
    tx
      .selectFrom('organisation_keys')
      .select((has) => has.fn.countAll<bigint>().as('count'))
      .where('territory_id', '=', here.id)
      .where('organisation_id', '=', made.id)
      .executeTakeFirstOrThrow(),
  );
  assert.equal(count, 0n);
  const undoing = (await changes(made.id)).at(-1)?.id;
  const heir = await written(startup('Héritière', { siren: '542051180' }));
  assert.deepEqual(await undo(undoing), {
    ok: false,
    reason: 'depended-on',
    obstacles: [{ kind: 'siren-taken', organisationId: made.id }],
  });
  await written({ id: heir.id, facts: { siren: null } });
  assert.ok((await undo(undoing)).ok);
  const back = await row(made.id);
  assert.deepEqual([back.is_listed, back.withdrawn_at, back.siren], [true, null, '542051180']);
});

test('an addition on which others lean stays, and says what leans on it', async () => {
  const made = await written(startup('Peuplée'));
  await makePerson(opened.database, here, { memberOf: [[made.id, 'manager']] });
  assert.deepEqual(await undo(made.changeId), {
    ok: false,
    reason: 'depended-on',
    obstacles: [{ kind: 'leaning-rows', organisationId: made.id, table: 'memberships', count: 1 }],
  });
});

test('everything of one source is undone as one act', async () => {
  const source = { kind: 'import', id: crypto.randomUUID() } as const;
  const known = await written(startup('Connue', { commune: 'Thiers' }));
  const items = [
    { id: known.id, facts: { commune: 'Ambert' } },
    ...Array.from({ length: 2500 }, (_, place) => startup(`Ligne ${place}`)),
  ];
  await inHere((tx) => writeFacts(tx, team, source, items, AT));
  assert.deepEqual(await inHere((tx) => undoChanges(tx, team, { sourceId: source.id }, AT)), {
    ok: true,
    changes: 2501,
    withdrawn: 2500,
  });
  assert.equal((await row(known.id)).commune, 'Thiers');
  assert.deepEqual(await inHere((tx) => undoChanges(tx, team, { sourceId: source.id }, AT)), {
    ok: false,
    reason: 'nothing-to-undo',
  });
  const again = await inHere((tx) => writeFacts(tx, team, source, items, AT));
  assert.ok(again.every(({ ok }) => ok));
});

test('one label is one theme, whatever its case and accents', async () => {
  const codes = await inHere((tx) =>
    ensureThemes(tx, team, ['Santé', 'SANTE', 'sante ', 'Forêt & bois', 'forêt et bois']),
  );
  assert.deepEqual(codes, { ok: true, value: ['sante', 'sante', 'sante', 'foret-bois', 'foret-bois'] });
});

test('after all of this, what is now is what the newest change of each fact says', async () => {
  const check = readFileSync('db/checks/facts-are-what-changes-say.sql', 'utf8');
  const breaches = () => inHere(async (tx) => (await sql.raw(check.replace(/;\s*$/u, '')).execute(tx)).rows);
  assert.deepEqual(await breaches(), []);
  await inHere((tx) => sql`update organisations set commune = 'Ailleurs' where slug = 'ecrite'`.execute(tx));
  assert.equal((await breaches()).length, 1);
});

test('what was taken back frees its address; whoever comes back under a taken one is numbered', async () => {
  const first = await written(startup('Revenante'));
  assert.ok((await undo(first.changeId)).ok);
  const second = await written(startup('Revenante'));
  assert.equal(second.slug, 'revenante');
  assert.equal((await inHere((tx) => organisationOfHistory(tx, 'revenante')))?.id, second.id);
  assert.ok((await undo((await changes(first.id)).at(-1)?.id)).ok);
  assert.deepEqual([(await row(first.id)).slug, (await row(second.id)).slug], ['revenante-2', 'revenante']);
  assert.ok((await undo(second.changeId)).ok);
  assert.equal((await inHere((tx) => organisationOfHistory(tx, 'revenante')))?.id, second.id);
  assert.ok((await undo((await changes(second.id)).at(-1)?.id)).ok);
  assert.equal((await row(second.id)).slug, 'revenante');
});
