/** Loads real files of others whole, and every way in which a file can be wrong. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW, type MadeOrganisation } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { PersonPrincipal, Principal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import type { Mapping, Subject } from './columns.ts';
import { isEligible } from './conditions.ts';
import { abandonImport, correctImport, loadImport, startImport } from './import-commands.server.ts';
import { analyseImport, importById, latestImports } from './import-queries.server.ts';
import type { ImportSettings } from './import-row.ts';
import type { ImportId } from './import.ts';
import { seedKinds } from './kind-commands.server.ts';
import { exportNeeds, needById, openNeeds } from './need-queries.server.ts';
import { exportOffers, openOffers } from './offer-queries.server.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const ZONE = 'Europe/Paris';
const at = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const DATA = '../shared/data';
const absent = (file: string) => (existsSync(`${DATA}/${file}`) ? false : `the data folder has no ${file}`);

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let city: MadeOrganisation;

before(async () => {
  opened = await openTestDatabase();
});
after(() => opened.close());

/** Each test has a territory of its own: files fill it. */
async function arrive(): Promise<void> {
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  city = await makeOrganisation(opened.database, here, { name: 'Clermont Auvergne Métropole', parts: ['public-body'] });
  await work(seedKinds);
}

function work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>): Promise<Answer> {
  return withTerritory(opened.database, here.id, act);
}

async function start(subject: Subject, name: string, content: string | Uint8Array, who: Principal = team): Promise<ImportId> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const result = await work((tx) => startImport(tx, who, { subject, name, content: bytes }, at));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.id;
}

async function correct(id: ImportId, settings: Partial<ImportSettings>, mapping: Mapping = {}): Promise<void> {
  const found = await work((tx) => importById(tx, team, id));
  assert.ok(found);
  const result = await work((tx) => correctImport(tx, team, id, { mapping: { ...found.mapping, ...mapping }, settings: { ...found.settings, ...settings } }));
  assert.ok(result.ok, JSON.stringify(result));
}

async function preview(id: ImportId) {
  const found = await work((tx) => importById(tx, team, id));
  assert.ok(found);
  const result = await work((tx) => analyseImport(tx, found, { today: TODAY, zone: ZONE }));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.lots;
}

async function load(id: ImportId) {
  const result = await work((tx) => loadImport(tx, team, id, here, at));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

const codes = (notes: readonly { readonly code: string }[]) => notes.map((note) => note.code);

test('46 real projects become needs, whole and in order, once however often they are loaded', { skip: absent('aides-transition-ecologique/projets.jsonl') }, async () => {
  await arrive();
  const content = readFileSync(`${DATA}/aides-transition-ecologique/projets.jsonl`);
  for (const [time, created] of [46, 0].entries()) {
    const id = await start('needs', 'projets.jsonl', content);
    await correct(id, { organisation: city.id, kind: 'financing-files', units: 4 });
    const report = await load(id);
    assert.deepEqual([report.created, report.already, report.refused.length], [created, 46 - created, 0], `time ${time + 1}`);
    assert.deepEqual(await load(id), report);
  }
  const needs = await work((tx) => openNeeds(tx));
  const records = content.toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { title: string; sectors: string[]; longDescription: string; themes: string[] });
  assert.equal(needs.length, 46);
  const shown = await work((tx) => exportNeeds(tx, team, {}));
  assert.deepEqual(shown.map((need) => need.title), records.map((record) => record.title));
  for (const record of records) {
    const need = needs.find((each) => each.title === record.title);
    assert.deepEqual(need?.facts.nafSections, record.sectors.toSorted());
    assert.deepEqual(need?.themeCodes.toSorted(), record.themes.toSorted());
    assert.equal(need?.remaining, 4);
  }
});

test('164 real aids become offers with their conditions; those that are over are loaded and not open today', { skip: absent('aides-transition-ecologique/aides.jsonl') }, async () => {
  await arrive();
  const content = readFileSync(`${DATA}/aides-transition-ecologique/aides.jsonl`);
  const id = await start('offers', 'aides.jsonl', content);
  assert.equal((await preview(id)).refused.length, 164);
  await correct(id, { createsOrganisations: true, kind: 'expertise', units: 10 });
  const lots = await preview(id);
  assert.deepEqual([lots.create.length, lots.refused.length], [164, 0]);
  const over = lots.create.filter((row) => codes(row.remarks).includes('period-over'));
  const report = await load(id);
  assert.deepEqual([report.created, report.organisations, report.over], [164, 39, over.length]);
  const aids = content.toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  const ended = aids.filter((aid) => aid.eligibilityData.validity?.end && aid.eligibilityData.validity.end.split('/').toReversed().join('-') < '2026-11-23');
  assert.equal(report.over, ended.length);
  const offers = await work((tx) => exportOffers(tx, team, {}));
  const open = await work((tx) => openOffers(tx, TODAY));
  const paused = aids.filter((aid) => aid['aide temporairement indisponible'] === 'oui').length;
  assert.equal(offers.filter((offer) => offer.state === 'paused').length, paused);
  assert.ok(open.length > 100 && open.length < 164 - ended.length + 1);
  for (const aid of aids) {
    const offer = offers.find((each) => each.title === aid.titre.replace(/\s+/gu, ' ').trim());
    assert.ok(offer, aid.id);
    const { company, validity } = aid.eligibilityData;
    assert.equal(offer.organisationName, aid['opérateur de contact']);
    assert.deepEqual(offer.conditions.nafSections, company.allowedNafSections.length === 21 ? [] : company.allowedNafSections.toSorted());
    assert.equal(offer.conditions.minEmployees, company.minEmployees === undefined ? null : Number(company.minEmployees));
    assert.equal(offer.conditions.maxEmployees, company.maxEmployees === undefined ? null : Number(company.maxEmployees));
    assert.equal(offer.conditions.excludesSoleTraders, company.excludeMicroentrepreneur === true);
    assert.equal(offer.conditions.availableUntil?.subtract({ days: 1 }).toString() ?? '', validity?.end?.split('/').toReversed().join('-') ?? '');
    const sud = isEligible(offer.conditions, { nafSections: ['A', 'C', 'I'], regionCode: '93', employees: 30, isSoleTrader: false }, Temporal.PlainDate.from('2026-01-15'));
    const regions: readonly string[] = company.allowedRegion ?? [];
    if (regions.length > 0 && !regions.includes('Provence-Alpes-Côte d\'Azur') && !regions.includes('Bouches-du-Rhône')) assert.equal(sud.allowed, false, aid.id);
  }
});

const OTHERS = [
  ['offers', 'communs-collectivites/services_experts.csv', 82],
  ['offers', 'communs-collectivites/services_contextes.csv', 93],
  ['offers', 'aides-territoires-2023/aides.csv', 180],
  ['offers', 'aides-jeunes/aides.jsonl', 341],
  ['offers', 'aides-transition-ecologique/export_schema_dispositif_aide.csv', 116],
  ['offers', 'schema-dispositif-aide/dispositif-aide-professionnels.exemple.csv', 1],
  ['needs', 'communs-collectivites/projets_collectivites.jsonl.gz', 13],
  ['needs', 'beta-gouv/startups.jsonl', 412],
] as const;

for (const [subject, file, rows] of OTHERS) {
  test(`${file} loads with the columns proposed for it`, { skip: absent(file) }, async () => {
    await arrive();
    const id = await start(subject, file, readFileSync(`${DATA}/${file}`));
    await correct(id, { createsOrganisations: true, organisation: city.id, kind: 'expertise' });
    const { create, refused } = await preview(id);
    assert.equal(create.length + refused.length, rows);
    // Some rows of one of them are empty but for « NULL »: those have no title.
    assert.ok(create.length >= rows * 0.85, JSON.stringify(refused.slice(0, 3)));
    assert.ok(create.filter((row) => row.body.length > 40).length >= rows * 0.8);
    for (const row of create) assert.doesNotMatch(`${row.title} ${row.body}`, /<\/?(p|br|div|a|strong)\b|&nbsp;|&amp;/u);
    assert.equal((await load(id)).created, create.length);
    const again = await start(subject, file, readFileSync(`${DATA}/${file}`));
    await correct(again, { createsOrganisations: true, organisation: city.id, kind: 'expertise' });
    assert.equal((await load(again)).created, 0);
  });
}

test('each fault refuses its row with its reason, the others are loaded', async () => {
  await arrive();
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
  assert.deepEqual(create.map((row) => [row.number, row.units, row.urgency, row.neededBy?.toString()]), [[2, 4, 3, '2027-01-15'], [9, 4, 2, '2027-03-01']]);
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
  await arrive();
  const first = await start('needs', 'besoins.csv', 'Besoin,Startup\nUn juriste,Laou\nUn mentor,Laou\n');
  await correct(first, { createsOrganisations: true, kind: 'expertise' });
  assert.equal((await load(first)).created, 2);
  const second = await start('needs', 'besoins.csv', 'Besoin,Startup\nUn mentor,Laou\nUn relais,LAOU\nUn juriste,Laou\n');
  await correct(second, { kind: 'expertise' });
  const report = await load(second);
  assert.deepEqual([report.created, report.already, report.organisations], [1, 2, 0]);
});

test('long titles, HTML, invisible characters and formulas are kept as texts and told', async () => {
  await arrive();
  const long = `${'Accompagner la transition '.repeat(8)}du territoire`;
  const rows = [
    { id: 1, titre: long, description: '<p>Un <b>texte</b>&nbsp;riche.<br>Voir <a href="https://exemple.fr/x">la page</a></p><script>alert(1)</script>', structure: 'ADEME' },
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
  await arrive();
  const content = 'titre;porteur;secteurs;région;effectif min;début;fin\nUn prêt;CCI;Artisanat|C;Landes;une dizaine;01/01/2027;en continu\nUne étude;CCI;;DEP-63, Massif central;;;31/12/2025\nÀ l’envers;CCI;;;;02/01/2027;01/01/2027\n';
  const id = await start('offers', 'aides.csv', content);
  await correct(id, { createsOrganisations: true, kind: 'expertise' }, { minEmployees: ['effectif min'], nafSections: ['secteurs'], regions: ['région'] });
  const { create, refused } = await preview(id);
  const [loan, study] = create;
  assert.deepEqual(loan?.conditions.toVerify, ['Artisanat', 'une dizaine']);
  assert.deepEqual([loan.conditions.nafSections, loan.conditions.departments, loan.conditions.availableUntil], [['C'], ['40'], null]);
  assert.deepEqual(codes(loan.remarks), ['condition-kept', 'period-to-come', 'condition-kept']);
  assert.deepEqual([study?.conditions.departments, study?.conditions.otherPlaces, codes(study?.remarks ?? [])], [['63'], ['Massif central'], ['place-kept', 'period-over']]);
  assert.deepEqual(refused.map((row) => row.notes[0]?.code), ['period-backwards']);
});

test('only the team loads, one territory never sees the file of another, an abandoned file stays away', async () => {
  await arrive();
  const member = await makePerson(opened.database, here, { memberOf: [[city.id, 'manager']] });
  const content = new TextEncoder().encode('Besoin\nUn juriste\n');
  assert.deepEqual(await work((tx) => startImport(tx, member, { subject: 'needs', name: 'x.csv', content }, at)), { ok: false, reason: 'not-allowed' });
  const id = await start('needs', 'x.csv', content);
  assert.equal(await work((tx) => importById(tx, member, id)), undefined);
  assert.equal((await work((tx) => loadImport(tx, member, id, here, at))).ok, false);
  const elsewhere = await makeTerritory(opened.ownerUrl);
  assert.equal(await withTerritory(opened.database, elsewhere.id, (tx) => importById(tx, team, id)), undefined);
  assert.deepEqual(await withTerritory(opened.database, elsewhere.id, (tx) => loadImport(tx, team, id, elsewhere, at)), { ok: false, reason: 'not-found' });
  await correct(id, { organisation: city.id });
  assert.deepEqual(await work((tx) => loadImport(tx, team, id, here, at)), { ok: false, reason: 'nothing-to-load' });
  assert.ok((await work((tx) => abandonImport(tx, team, id))).ok);
  assert.deepEqual(await work((tx) => loadImport(tx, team, id, here, at)), { ok: false, reason: 'not-previewed' });
  assert.deepEqual(await work((tx) => latestImports(tx, team, 'needs')), []);
});

test('two people who load the same file at the same time create each need once', async () => {
  await arrive();
  const content = `Besoin,id\n${Array.from({ length: 600 }, (_, row) => `Besoin numéro ${row},${row}`).join('\n')}`;
  const ids = [await start('needs', 'x.csv', content), await start('needs', 'x.csv', content)];
  for (const id of ids) await correct(id, { organisation: city.id, kind: 'legal' });
  const reports = await Promise.all(ids.map((id) => load(id)));
  assert.equal(reports.reduce((all, report) => all + report.created, 0), 600);
  assert.equal((await work((tx) => openNeeds(tx))).length, 600);
});

test('a load that breaks leaves nothing behind', async () => {
  await arrive();
  const id = await start('needs', 'x.csv', 'Besoin,Startup\nUn juriste,Laou\n');
  await correct(id, { createsOrganisations: true, kind: 'legal' });
  await assert.rejects(
    work(async (tx) => {
      await loadImport(tx, team, id, here, at);
      throw new Error('cut');
    }),
    /cut/u,
  );
  assert.equal((await work((tx) => openNeeds(tx))).length, 0);
  assert.equal((await work((tx) => importById(tx, team, id)))?.state, 'previewed');
  const [organisation] = await work((tx) => tx.selectFrom('organisations').select('id').where('territory_id', '=', tx.territoryId).where('name', '=', 'Laou').execute());
  assert.equal(organisation, undefined);
  const report = await load(id);
  const need = (await work((tx) => openNeeds(tx)))[0];
  assert.ok(need);
  assert.equal((await work((tx) => needById(tx, team, need.id)))?.externalKey?.startsWith('x:#'), true);
  assert.equal(report.created, 1);
});
