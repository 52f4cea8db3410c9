/** Every way in which a file can be wrong, and what a load never does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeLoading, MOMENT } from '../../../test/factories/loading.ts';
import { makePerson, makeTerritory } from '../../../test/factories/territory.ts';
import { withTerritory } from '../../platform/postgres/database.ts';
import { abandonImport, loadImport, startImport } from './import-commands.server.ts';
import { importById, latestImports } from './import-queries.server.ts';
import { needById, openNeeds } from './need-queries.server.ts';

let opened: TestDatabase;
before(async () => {
  opened = await openTestDatabase();
});
after(() => opened.close());

const codes = (notes: readonly { readonly code: string }[]) => notes.map((note) => note.code);

test('each fault refuses its row with its reason, the others are loaded', async () => {
  const { start, correct, preview, load } = await makeLoading(opened);
  const content = [
    'ref;Intitulé;Demi-journées;Échéance;Entreprise;Urgence',
    'a;Un juriste pour nos contrats;4;15/01/2027;Laou;haute',
    'b;;2;;Laou;',
    'c;Un banc d’essai;beaucoup;;Laou;',
    'd;Des clients en Espagne;9000;;Laou;',
    'e;Un audit;2;31/02/2027;Laou;',
    'f;Un relais presse;2;;;',
    'a;Le même encore;2;;Laou;',
    'g;Un mentor;2 jours;1er mars 2027;Laou;bof',
    'h;Trop;2;;Laou;;en trop',
  ].join('\r\n');
  const id = await start('needs', 'besoins.csv', content);
  await correct(id, { createsOrganisations: true, kind: 'expertise' });
  const { create, refused } = await preview(id);
  assert.deepEqual(
    create.map((row) => [row.number, row.units, row.urgency, row.neededBy?.toString()]),
    [
      [2, 4, 3, '2027-01-15'],
      [9, 4, 2, '2027-03-01'],
    ],
  );
  assert.deepEqual(codes(create[1]?.remarks ?? []), ['value-unknown']);
  assert.deepEqual(
    refused.map((row) => [row.number, row.notes[0]?.field, row.notes[0]?.code]),
    [
      [3, 'title', 'title-missing'],
      [4, 'quantity', 'number-unread'],
      [5, 'quantity', 'number-out-of-range'],
      [6, 'neededBy', 'date-unread'],
      [7, 'organisation', 'organisation-missing'],
      [8, 'externalKey', 'duplicate-in-file'],
      [10, 'row', 'too-many-cells'],
    ],
  );
  const report = await load(id);
  assert.deepEqual([report.created, report.refused.length, report.organisations], [2, 7, 1]);
});

test('a file without ids is known by its words: the same rows are there already, a new one is not', async () => {
  const { start, correct, load } = await makeLoading(opened);
  const first = await start('needs', 'besoins.csv', 'Besoin,Startup\nUn juriste,Laou\nUn mentor,Laou\n');
  await correct(first, { createsOrganisations: true, kind: 'expertise' });
  assert.equal((await load(first)).created, 2);
  const second = await start(
    'needs',
    'besoins.csv',
    'Besoin,Startup\nUn mentor,Laou\nUn relais,LAOU\nUn juriste,Laou\n',
  );
  await correct(second, { kind: 'expertise' });
  const report = await load(second);
  assert.deepEqual([report.created, report.already, report.organisations], [1, 2, 0]);
});

test('long titles, HTML, invisible characters and formulas are kept as texts and told', async () => {
  const { start, correct, preview, load } = await makeLoading(opened);
  const long = `${'Accompagner la transition '.repeat(8)}du territoire`;
  const rows = [
    {
      id: 1,
      titre: long,
      description:
        '<p>Un <b>texte</b>&nbsp;riche.<br>Voir <a href="https://exemple.fr/x">la page</a></p><script>alert(1)</script>',
      structure: 'ADEME',
    },
    { id: 2, titre: '=HYPERLINK("http://x")', description: 'deux\u2028lignes\u0007', structure: '<i>CCI</i> France' },
  ];
  const id = await start('offers', 'aides.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  await correct(id, { createsOrganisations: true, kind: 'expertise' });
  const [first, second] = (await preview(id)).create;
  assert.ok(first && second);
  assert.ok(first.title.length <= 160 && first.title.endsWith('…') && first.body.startsWith(long));
  assert.match(first.body, /Un texte\u00a0riche\.\nVoir la page \(https:\/\/exemple\.fr\/x\)$/u);
  assert.deepEqual(codes(first.remarks), ['title-shortened', 'html-removed']);
  assert.deepEqual([second.title, second.body], ['=HYPERLINK("http://x")', 'deux\nlignes']);
  assert.deepEqual(codes(second.remarks), ['invisible-removed']);
  assert.equal((await load(id)).created, 2);
});

test('what is told of an offer that is not understood is kept to be verified', async () => {
  const { start, correct, preview } = await makeLoading(opened);
  const content =
    'titre;porteur;secteurs;région;effectif min;début;fin\nUn prêt;CCI;Artisanat|C;Landes;une dizaine;01/01/2027;en continu\nUne étude;CCI;;DEP-63, Massif central;;;31/12/2025\nÀ l’envers;CCI;;;;02/01/2027;01/01/2027\n';
  const id = await start('offers', 'aides.csv', content);
  await correct(
    id,
    { createsOrganisations: true, kind: 'expertise' },
    { minEmployees: ['effectif min'], nafSections: ['secteurs'], regions: ['région'] },
  );
  const { create, refused } = await preview(id);
  const [loan, study] = create;
  assert.deepEqual(loan?.conditions.toVerify, ['Artisanat', 'une dizaine']);
  assert.deepEqual(
    [loan.conditions.nafSections, loan.conditions.departments, loan.conditions.availableUntil],
    [['C'], ['40'], null],
  );
  assert.deepEqual(codes(loan.remarks), ['condition-kept', 'period-to-come', 'condition-kept']);
  assert.deepEqual(
    [study?.conditions.departments, study?.conditions.otherPlaces, codes(study?.remarks ?? [])],
    [['63'], ['Massif central'], ['place-kept', 'period-over']],
  );
  assert.deepEqual(
    refused.map((row) => row.notes[0]?.code),
    ['period-backwards'],
  );
});

test('only the team loads, one territory never sees the file of another, an abandoned file stays away', async () => {
  const { here, team, city, work, start, correct } = await makeLoading(opened);
  const member = await makePerson(opened.database, here, { memberOf: [[city.id, 'manager']] });
  const content = new TextEncoder().encode('Besoin\nUn juriste\n');
  assert.deepEqual(await work((tx) => startImport(tx, member, { subject: 'needs', name: 'x.csv', content }, MOMENT)), {
    ok: false,
    reason: 'not-allowed',
  });
  const id = await start('needs', 'x.csv', content);
  assert.equal(await work((tx) => importById(tx, member, id)), undefined);
  assert.equal((await work((tx) => loadImport(tx, member, id, here, MOMENT))).ok, false);
  const elsewhere = await makeTerritory(opened.ownerUrl);
  assert.equal(await withTerritory(opened.database, elsewhere.id, (tx) => importById(tx, team, id)), undefined);
  assert.deepEqual(
    await withTerritory(opened.database, elsewhere.id, (tx) => loadImport(tx, team, id, elsewhere, MOMENT)),
    { ok: false, reason: 'not-found' },
  );
  await correct(id, { organisation: city.id });
  assert.deepEqual(await work((tx) => loadImport(tx, team, id, here, MOMENT)), {
    ok: false,
    reason: 'nothing-to-load',
  });
  assert.ok((await work((tx) => abandonImport(tx, team, id))).ok);
  assert.deepEqual(await work((tx) => loadImport(tx, team, id, here, MOMENT)), { ok: false, reason: 'not-previewed' });
  assert.deepEqual(await work((tx) => latestImports(tx, team, 'needs')), []);
});

test('two people who load the same file at the same time create each need once', async () => {
  const { city, work, start, correct, load } = await makeLoading(opened);
  const content = `Besoin,id\n${Array.from({ length: 600 }, (_, row) => `Besoin numéro ${row},${row}`).join('\n')}`;
  const ids = [await start('needs', 'x.csv', content), await start('needs', 'x.csv', content)];
  for (const id of ids) await correct(id, { organisation: city.id, kind: 'legal' });
  const reports = await Promise.all(ids.map((id) => load(id)));
  assert.equal(
    reports.reduce((all, report) => all + report.created, 0),
    600,
  );
  assert.equal((await work((tx) => openNeeds(tx))).length, 600);
});

test('a load that breaks leaves nothing behind', async () => {
  const { here, team, work, start, correct, load } = await makeLoading(opened);
  const id = await start('needs', 'x.csv', 'Besoin,Startup\nUn juriste,Laou\n');
  await correct(id, { createsOrganisations: true, kind: 'legal' });
  await assert.rejects(
    work(async (tx) => {
      await loadImport(tx, team, id, here, MOMENT);
      throw new Error('cut');
    }),
    /cut/u,
  );
  assert.equal((await work((tx) => openNeeds(tx))).length, 0);
  assert.equal((await work((tx) => importById(tx, team, id)))?.state, 'previewed');
  const [organisation] = await work((tx) =>
    tx
      .selectFrom('organisations')
      .select('id')
      .where('territory_id', '=', tx.territoryId)
      .where('name', '=', 'Laou')
      .execute(),
  );
  assert.equal(organisation, undefined);
  const report = await load(id);
  const need = (await work((tx) => openNeeds(tx)))[0];
  assert.ok(need);
  assert.equal((await work((tx) => needById(tx, team, need.id)))?.externalKey?.startsWith('x:#'), true);
  assert.equal(report.created, 1);
});
