/** Imports that are stopped, cut off, done twice, at once, by the wrong person, or after somebody has corrected by hand. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { fileOf, makeImporting } from '../../../test/factories/imports.ts';
import { makePerson } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { writeFact } from '../territory/fact-writing.server.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { faultyRowsFile, FAULTY_FORMATS } from './faulty-rows.server.ts';
import { forgetOldImports } from './forgetting.server.ts';
import { askApply, askPreview, askUndo, stopImport } from './import-commands.server.ts';
import { recoverImports, runStep } from './import-job.server.ts';
import { importById, tablesOf } from './import-queries.server.ts';
import { importText } from './messages.ts';
import { KEPT_DAYS, type ImportId } from './import.ts';

type Importing = Awaited<ReturnType<typeof makeImporting>>;

let opened: TestDatabase;
before(async () => {
  opened = await openTestDatabase();
});
after(() => opened.close());

const CSV =
  'id;Nom;Site web;Effectif\n1;Limagrain Semences;https://limagrain-semences.fr;40\n2;Volcans Logiciels;;12\n';
const file = (text = CSV) => fileOf('entreprises.csv', text);

test('stopped while it compares or writes, nothing is left, and it can be taken up again', async () => {
  const importing = await makeImporting(opened);
  const { start, work, team, run, preview, apply } = importing;
  const id = await start(file());
  await work((tx) => askPreview(tx, team, id));
  await work((tx) => stopImport(tx, team, id));
  assert.equal((await run(id)).state, 'mapping');
  await preview(id);
  await work((tx) => askApply(tx, team, id));
  await work((tx) => stopImport(tx, team, id));
  assert.equal((await run(id)).state, 'previewed');
  assert.deepEqual(await namesIn(importing), []);
  assert.equal((await apply(id)).state, 'applied');
  assert.deepEqual(await namesIn(importing), ['Limagrain Semences', 'Volcans Logiciels']);
});

test('a process that dies in any step leaves nothing half done: the next start goes on to the end', async () => {
  const importing = await makeImporting(opened);
  const { here, start, work, team, preview, apply, failures } = importing;
  const id = await start(file());
  const started: string[] = [];
  const recover = () =>
    recoverImports(
      opened.database,
      async (_name, data) => void started.push(data['import'] ?? ''),
      Temporal.Now.instant(),
    );
  const dieThenGoOn = async (where: 'beat' | 'ids') => {
    await assert.rejects(runStep(dying(importing, where), here.id, id), /the process has died/u);
    started.length = 0;
    await recover();
    assert.ok(started.includes(id));
    return importing.run(id);
  };
  await work((tx) => askPreview(tx, team, id));
  assert.equal((await dieThenGoOn('beat')).state, 'previewed');
  await work((tx) => askApply(tx, team, id));
  assert.equal((await dieThenGoOn('beat')).state, 'applied');
  assert.deepEqual(await namesIn(importing), ['Limagrain Semences', 'Volcans Logiciels']);
  await work((tx) => askUndo(tx, team, id));
  assert.equal((await dieThenGoOn('ids')).state, 'undone');
  assert.deepEqual(await namesIn(importing), []);
  assert.deepEqual(failures, []);
  started.length = 0;
  await recover();
  assert.ok(!started.includes(id), 'what has ended is not begun again');
  const again = await start(file());
  await preview(again);
  assert.equal((await apply(again)).counts.create, 2);
});

for (const format of FAULTY_FORMATS)
  test(`rows with something wrong come back as ${format}, and corrected they are read as the file they came from`, async () => {
    const importing = await makeImporting(opened);
    const { start, preview, apply, entries, work } = importing;
    const id = await start(file('id;Nom;Effectif\n1;Bien;40\n2;Mal;beaucoup\n3;;12\n'));
    await preview(id);
    await apply(id);
    const [table] = await work((tx) => tablesOf(tx, id));
    assert.ok(table !== undefined);
    const answer = await work((tx) =>
      faultyRowsFile(tx, id, table, { t: importText('fr'), format, at: Temporal.Now.instant() }),
    );
    const name = decodeURIComponent(
      /filename\*=UTF-8''(.+)$/u.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
    );
    assert.equal(name, `entreprises-a-corriger.${format}`);
    const again = await start(fileOf(name, new Uint8Array(await answer.arrayBuffer())));
    const [corrected] = await work((tx) => tablesOf(tx, again));
    assert.deepEqual(
      corrected?.columns.map((column) => column.name),
      ['id', 'Nom', 'Effectif'],
    );
    assert.deepEqual(corrected?.settings, table.settings);
    const first = await work((tx) => importById(tx, id));
    assert.equal((await work((tx) => importById(tx, again)))?.source, first?.source);
    const seen = await preview(again);
    assert.deepEqual([seen.counts.create, seen.counts.same, seen.counts.ask], [0, 1, 0], JSON.stringify(seen.counts));
    assert.deepEqual(
      (await entries(again, 'same')).map((entry) => entry.name),
      ['Mal'],
    );
  });

test('one step run twice at once, and one file brought by two at once: each organisation once', async () => {
  const importing = await makeImporting(opened);
  const { start, work, team, preview, run } = importing;
  const siren = file('Nom;SIREN\nLimagrain;542009824\n');
  const [one, two] = [await start(siren), await start(siren)];
  await preview(one);
  await preview(two);
  await work((tx) => askApply(tx, team, one));
  await work((tx) => askApply(tx, team, two));
  await Promise.all([run(one), run(one), run(two)]);
  assert.deepEqual(await namesIn(importing), ['Limagrain']);
});

test('the same file again does not bring back what somebody has corrected; a file that says something new asks', async () => {
  const importing = await makeImporting(opened);
  const { start, preview, apply, entries, problems, work, team, at } = importing;
  const first = await start(file());
  await preview(first);
  await apply(first);
  await work(async (tx) => {
    const { id } = await tx
      .selectFrom('organisations')
      .select('id')
      .where('territory_id', '=', tx.territoryId)
      .where('name', '=', 'Volcans Logiciels')
      .executeTakeFirstOrThrow();
    const answer = await writeFact(
      tx,
      team,
      { kind: 'form' },
      { id: id as OrganisationId, facts: { employees: 15 } },
      at(),
    );
    assert.ok(answer.ok);
  });
  const again = await start(file());
  const { counts } = await preview(again);
  assert.deepEqual([counts.create, counts.change, counts.same], [0, 0, 2]);
  assert.deepEqual(
    (await problems(again)).map(({ code, text }) => [code, text]),
    [['corrected-here', '12']],
  );
  const newer = await start(file(CSV.replace(';;12', ';;20')));
  assert.equal((await preview(newer)).counts.change, 1);
  const [change] = await entries(newer, 'change');
  assert.deepEqual([change?.before, change?.after], [{ employees: 15 }, { employees: 20 }]);
});

test('a typing error and a former name are asked about, and never joined by themselves', async () => {
  const { start, preview, apply, entries, work, team, at } = await makeImporting(opened);
  const first = await start(
    fileOf('un.csv', 'id;Nom;Site web;Effectif\n1;Limagrain Semences;;40\n2;Alpha;https://alpha.fr;3\n3;Domagri;;12\n'),
  );
  await preview(first);
  await apply(first);
  await work(async (tx) => {
    const { id } = await tx
      .selectFrom('organisations')
      .select('id')
      .where('territory_id', '=', tx.territoryId)
      .where('name', '=', 'Domagri')
      .executeTakeFirstOrThrow();
    const facts = { otherNames: ['Coopérative du Puy'] };
    assert.ok((await writeFact(tx, team, { kind: 'form' }, { id: id as OrganisationId, facts }, at())).ok);
  });
  const second = await start(
    fileOf(
      'deux.csv',
      'id;Nom;Site web;Effectif\n7;Limagran Semences;;41\n8;Cooperative du Puy;;12\n9;Alphi;https://alphi.fr;4\n',
    ),
  );
  const { counts } = await preview(second);
  assert.deepEqual([counts.ask, counts.create, counts.change + counts.same], [2, 1, 0]);
  assert.deepEqual(
    (await entries(second, 'ask')).map(({ name, candidates }) => [
      name,
      ...candidates.map((one) => [one.name, one.why]),
    ]),
    [
      ['Limagran Semences', ['Limagrain Semences', 'similar']],
      ['Cooperative du Puy', ['Domagri', 'name']],
    ],
  );
});

test('whoever loses the right between asking and doing changes nothing; another of the team may', async () => {
  const importing = await makeImporting(opened);
  const { here, start, preview, apply, work, team, run } = importing;
  const id = await start(file());
  await preview(id);
  await apply(id);
  const other = await makePerson(opened.database, here, { roles: ['programme-team'] });
  const stranger = await makePerson(opened.database, here, { roles: [] });
  assert.deepEqual(await work((tx) => askUndo(tx, stranger, id)), { ok: false, reason: 'not-allowed' });
  await work((tx) => askUndo(tx, team, id));
  await work(async (tx) => {
    assert.equal(team.kind, 'person');
    await tx
      .deleteFrom('role_grants')
      .where('territory_id', '=', tx.territoryId)
      .where('person_id', '=', personId(team))
      .execute();
  });
  const refused = await run(id);
  assert.deepEqual([refused.state, refused.failure], ['applied', 'not-allowed']);
  assert.equal((await namesIn(importing)).length, 2);
  await work((tx) => askUndo(tx, other, id));
  assert.equal((await run(id)).state, 'undone');
});

test('another territory neither sees nor moves an import', async () => {
  const [here, there] = [await makeImporting(opened), await makeImporting(opened)];
  const id = await here.start(file());
  await here.preview(id);
  assert.equal(await there.work((tx) => importById(tx, id)), undefined);
  const answer = await there.work((tx) => askApply(tx, there.team, id));
  assert.deepEqual(answer, { ok: false, reason: 'not-found' });
});

test('what an import held is forgotten after its time; what it wrote stays and can no longer be undone as one', async () => {
  const importing = await makeImporting(opened);
  const { here, start, preview, apply, work, team } = importing;
  const id = await start(file());
  await preview(id);
  await apply(id);
  const forget = (days: number) => work((tx) => forgetOldImports(tx, Temporal.Now.instant().add({ hours: 24 * days })));
  assert.equal(await forget(KEPT_DAYS - 1), 0);
  assert.equal(await forget(KEPT_DAYS + 1), 1);
  const left = await withTerritory(opened.database, here.id, (tx) => countHeld(tx, id));
  assert.deepEqual(left, [0, 0, 0]);
  assert.equal((await namesIn(importing)).length, 2);
  const refused = await work((tx) => askUndo(tx, team, id));
  assert.equal(refused.ok ? '' : refused.reason, 'forgotten');
});

function personId(principal: Importing['team']) {
  assert.equal(principal.kind, 'person');
  return principal.kind === 'person' ? principal.personId : assert.fail();
}

/** A job whose process ends in the middle: it neither finishes its step nor says that it failed. */
function dying({ at }: Importing, where: 'beat' | 'ids') {
  const death = new Error('the process has died');
  let calls = 0;
  return {
    database: opened.database,
    now: () => {
      if (where === 'beat' && ++calls > 2) throw death;
      return Temporal.Now.instant();
    },
    fillRandom: (bytes: Uint8Array<ArrayBuffer>) => {
      if (where === 'ids') throw death;
      at().fillRandom(bytes);
    },
    onFailure: () => {
      throw death;
    },
  };
}

function namesIn({ work }: Importing): Promise<string[]> {
  return work(async (tx) => {
    const rows = await tx
      .selectFrom('organisations')
      .select('name')
      .where('territory_id', '=', tx.territoryId)
      .where('withdrawn_at', 'is', null)
      .orderBy('name')
      .execute();
    return rows.map(({ name }) => name);
  });
}

async function countHeld(tx: TerritoryTransaction, id: ImportId): Promise<number[]> {
  const { rows } = await sql<{ rows: number; entries: number; parts: number }>`
    select (select count(*)::int from import_rows where territory_id = ${tx.territoryId} and import_id = ${id}) as rows,
      (select count(*)::int from import_entries where territory_id = ${tx.territoryId} and import_id = ${id}) as entries,
      (select count(*)::int from stored_file_parts p join import_files f using (territory_id, file_id)
        where f.territory_id = ${tx.territoryId} and f.import_id = ${id}) as parts`.execute(tx);
  return rows.flatMap(({ rows: staged, entries, parts }) => [staged, entries, parts]);
}
