/** Real files of others, loaded whole with the columns proposed for them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeLoading, TODAY } from '../../../test/factories/loading.ts';
import { isEligible } from './conditions.ts';
import { exportNeeds, openNeeds } from './need-queries.server.ts';
import { exportOffers, openOffers } from './offer-queries.server.ts';

const DATA = '../shared/data';
const absent = (file: string) => (existsSync(`${DATA}/${file}`) ? false : `the data folder has no ${file}`);

let opened: TestDatabase;
before(async () => {
  opened = await openTestDatabase();
});
after(() => opened.close());

const codes = (notes: readonly { readonly code: string }[]) => notes.map((note) => note.code);

test(
  '46 real projects become needs, whole and in order, once however often they are loaded',
  { skip: absent('aides-transition-ecologique/projets.jsonl') },
  async () => {
    const { team, city, work, start, correct, load } = await makeLoading(opened);
    const content = readFileSync(`${DATA}/aides-transition-ecologique/projets.jsonl`);
    for (const [time, created] of [46, 0].entries()) {
      const id = await start('needs', 'projets.jsonl', content);
      await correct(id, { organisation: city.id, kind: 'financing-files', units: 4 });
      const report = await load(id);
      assert.deepEqual(
        [report.created, report.already, report.refused.length],
        [created, 46 - created, 0],
        `time ${time + 1}`,
      );
      assert.deepEqual(await load(id), report);
    }
    const needs = await work((tx) => openNeeds(tx));
    const records = content
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(
        (line) => JSON.parse(line) as { title: string; sectors: string[]; longDescription: string; themes: string[] },
      );
    assert.equal(needs.length, 46);
    const shown = await work((tx) => exportNeeds(tx, team, {}));
    assert.deepEqual(
      shown.map((need) => need.title),
      records.map((record) => record.title),
    );
    for (const record of records) {
      const need = needs.find((each) => each.title === record.title);
      assert.deepEqual(need?.facts.nafSections, record.sectors.toSorted());
      assert.deepEqual(need?.themeCodes.toSorted(), record.themes.toSorted());
      assert.equal(need?.remaining, 4);
    }
  },
);

test(
  '164 real aids become offers with their conditions; those that are over are loaded and not open today',
  { skip: absent('aides-transition-ecologique/aides.jsonl') },
  async () => {
    const { team, work, start, correct, preview, load } = await makeLoading(opened);
    const content = readFileSync(`${DATA}/aides-transition-ecologique/aides.jsonl`);
    const id = await start('offers', 'aides.jsonl', content);
    assert.equal((await preview(id)).refused.length, 164);
    await correct(id, { createsOrganisations: true, kind: 'expertise', units: 10 });
    const lots = await preview(id);
    assert.deepEqual([lots.create.length, lots.refused.length], [164, 0]);
    const over = lots.create.filter((row) => codes(row.remarks).includes('period-over'));
    const report = await load(id);
    assert.deepEqual([report.created, report.organisations, report.over], [164, 39, over.length]);
    const aids = content
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    const ended = aids.filter(
      (aid) =>
        aid.eligibilityData.validity?.end &&
        aid.eligibilityData.validity.end.split('/').toReversed().join('-') < '2026-11-23',
    );
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
      assert.deepEqual(
        offer.conditions.nafSections,
        company.allowedNafSections.length === 21 ? [] : company.allowedNafSections.toSorted(),
      );
      assert.equal(
        offer.conditions.minEmployees,
        company.minEmployees === undefined ? null : Number(company.minEmployees),
      );
      assert.equal(
        offer.conditions.maxEmployees,
        company.maxEmployees === undefined ? null : Number(company.maxEmployees),
      );
      assert.equal(offer.conditions.excludesSoleTraders, company.excludeMicroentrepreneur === true);
      assert.equal(
        offer.conditions.availableUntil?.subtract({ days: 1 }).toString() ?? '',
        validity?.end?.split('/').toReversed().join('-') ?? '',
      );
      const sud = isEligible(
        offer.conditions,
        { nafSections: ['A', 'C', 'I'], regionCode: '93', employees: 30, isSoleTrader: false },
        Temporal.PlainDate.from('2026-01-15'),
      );
      const regions: readonly string[] = company.allowedRegion ?? [];
      if (
        regions.length > 0 &&
        !regions.includes("Provence-Alpes-Côte d'Azur") &&
        !regions.includes('Bouches-du-Rhône')
      )
        assert.equal(sud.allowed, false, aid.id);
    }
  },
);

/** Rows, and how many of them have no title. */
const OTHERS = [
  ['offers', 'communs-collectivites/services_experts.csv', 82, 0],
  ['offers', 'communs-collectivites/services_contextes.csv', 93, 44],
  ['offers', 'aides-territoires-2023/aides.csv', 180, 0],
  ['offers', 'aides-jeunes/aides.jsonl', 341, 0],
  ['offers', 'aides-transition-ecologique/export_schema_dispositif_aide.csv', 116, 0],
  ['offers', 'schema-dispositif-aide/dispositif-aide-professionnels.exemple.csv', 1, 0],
  ['needs', 'communs-collectivites/projets_collectivites.jsonl.gz', 13, 0],
  ['needs', 'beta-gouv/startups.jsonl', 412, 0],
] as const;

for (const [subject, file, rows, untitled] of OTHERS) {
  test(`${file} loads with the columns proposed for it`, { skip: absent(file) }, async () => {
    const { city, start, correct, preview, load } = await makeLoading(opened);
    const id = await start(subject, file, readFileSync(`${DATA}/${file}`));
    await correct(id, { createsOrganisations: true, organisation: city.id, kind: 'expertise' });
    const { create, refused } = await preview(id);
    assert.equal(create.length + refused.length, rows);
    assert.deepEqual(
      refused.map((row) => row.notes[0]?.code),
      Array.from({ length: untitled }, () => 'title-missing'),
    );
    assert.ok(create.filter((row) => row.body.length > 40).length >= create.length * 0.5);
    for (const row of create)
      assert.doesNotMatch(`${row.title} ${row.body}`, /<\/?(p|br|div|a|strong)\b|&nbsp;|&amp;/u);
    assert.equal((await load(id)).created, create.length);
    const again = await start(subject, file, readFileSync(`${DATA}/${file}`));
    await correct(again, { createsOrganisations: true, organisation: city.id, kind: 'expertise' });
    assert.equal((await load(again)).created, 0);
  });
}
