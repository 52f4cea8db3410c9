import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeManyOrganisations, RARE_WORD } from '../../../test/factories/many-organisations.ts';
import { makeOrganisation, makeTerritory } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { countOrganisations, countSince, everyOrganisation, listOrganisations, placesOf } from './listing.server.ts';
import { FACETS, lifeOf, readListing, SORTS, toggled, type ListCursor, type Listing } from './listing.ts';
import type { Territory } from './visit.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
let opened: TestDatabase;
let here: Territory;
let elsewhere: Territory;
before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  elsewhere = await makeTerritory(opened.ownerUrl);
});
after(() => opened.close());

const inHere = <Answer>(work: (tx: TerritoryTransaction) => Promise<Answer>, place = here) =>
  withTerritory(opened.database, place.id, work);
const listingOf = (query: string) => readListing(new URLSearchParams(query));
const namesFor = async (query: string, place = here) =>
  (await inHere((tx) => listOrganisations(tx, listingOf(query), 50, TODAY), place)).organisations.map(
    ({ name }) => name,
  );
const add = (name: string, given: Parameters<typeof makeOrganisation>[2] = {}, place = here) =>
  makeOrganisation(opened.database, place, { name, ...given });

test('accents, case and French endings do not matter; the name comes before its beginning, words, and texts', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  await add('Mobilités douces du Puy', {}, place);
  await add('Vélo', { summaryFr: 'Une mobilité sans moteur.' }, place);
  await add('Mobilité', {}, place);
  await add('Agence de la mobilité', {}, place);
  await add('Fromagerie', { summaryFr: 'Rien de tel.' }, place);
  const expected = ['Mobilité', 'Mobilités douces du Puy', 'Agence de la mobilité', 'Vélo'];
  assert.deepEqual(await namesFor('q=mobilite', place), expected);
  assert.deepEqual(await namesFor('q=MOBILITÉ', place), expected);
  assert.deepEqual(await namesFor('q=mobilités', place), [
    'Mobilités douces du Puy',
    'Agence de la mobilité',
    'Mobilité',
    'Vélo',
  ]);
  assert.deepEqual(await namesFor('q=la mobilité de l’agence', place), ['Agence de la mobilité']);
});

test('a name is found by its first letters, by another of its names, and with words of several languages at once', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  const columns = { legal_name: 'Société des Eaux Vives', other_names: ['Hydrôme', 'H2O 63'], commune: 'Aubière' };
  await add('Fontaines', { columns, summaryFr: 'Des réseaux écoutés.' }, place);
  for (const words of ['font', 'hydro', 'hydrome', 'h2o', 'eaux vives', 'réseau Aubière', 'écouter aubiere'])
    assert.deepEqual(await namesFor(`q=${words}`, place), ['Fontaines'], words);
});

test('a mistyped name finds those that look like it, the closest first, and only when nothing holds the words', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  for (const name of ['Michelin', 'Micheline et fils', 'Limagrain', 'Banque du Val']) await add(name, {}, place);
  await add('Autre', { columns: { other_names: ['Clermont Énergie'] } }, place);
  const page = await inHere((tx) => listOrganisations(tx, listingOf('q=Michlin'), 50, TODAY), place);
  assert.equal(page.reading, 'similar');
  assert.deepEqual(
    page.organisations.map(({ name }) => name),
    ['Michelin', 'Micheline et fils'],
  );
  assert.deepEqual(await namesFor('q=limagrin', place), ['Limagrain']);
  assert.deepEqual(await namesFor('q=clermont enregie', place), ['Autre']);
  assert.deepEqual(await namesFor('q=zzzzzz', place), []);
  assert.equal(
    (await inHere((tx) => listOrganisations(tx, listingOf('q=Michelin'), 50, TODAY), place)).reading,
    'exact',
  );
});

test('signs of a query language are only signs', async () => {
  for (const words of [
    "'",
    '"',
    ':*',
    '& | !',
    "a' | 'b",
    '\\',
    '%',
    '_',
    '(((',
    '<->',
    '-',
    '\u{1f600}',
    'l’',
    'de la',
  ])
    assert.ok(Array.isArray(await namesFor(`q=${encodeURIComponent(words)}`)), words);
});

test('what is hidden or merged is in no list, count, map or file, and another territory is never there', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  const kept = await add(
    'Visible',
    { themes: ['eau'], columns: { commune: 'Riom', latitude: 45.9, longitude: 3.1 } },
    place,
  );
  await add('Visible cachée', { themes: ['eau'], columns: { is_listed: false, commune: 'Riom' } }, place);
  await add(
    'Visible réunie',
    { themes: ['eau'], columns: { merged_into_id: kept.id, is_listed: false, commune: 'Riom' } },
    place,
  );
  await add('Visible ailleurs', { themes: ['eau'], columns: { commune: 'Riom' } }, elsewhere);
  for (const query of [
    '',
    'q=visible',
    'q=Visible',
    'q=visibel',
    'role=startup',
    'theme=eau',
    'commune=Riom',
    'tri=arrivee',
  ])
    assert.deepEqual(await namesFor(query, place), ['Visible'], query);
  for (const query of ['', 'q=visible']) {
    const { filter } = listingOf(query);
    const counted = await inHere((tx) => countOrganisations(tx, filter, 'exact', TODAY), place);
    assert.equal(counted.total, 1);
    assert.deepEqual(counted.facets.part, [{ value: 'startup', label: null, count: 1 }]);
    assert.deepEqual(counted.facets.theme, [{ value: 'eau', label: null, count: 1 }]);
    const places = await inHere((tx) => placesOf(tx, { filter, reading: 'exact', today: TODAY }), place);
    assert.deepEqual(
      places.map(({ label, count }) => [label, count]),
      [['Riom', 1]],
    );
    const since = Temporal.Instant.from('2020-01-01T00:00:00Z');
    assert.equal(await inHere((tx) => countSince(tx, filter, since, TODAY), place), 1);
  }
  const written: string[] = [];
  const read = <Answer>(work: (tx: TerritoryTransaction) => Promise<Answer>) => inHere(work, place);
  for await (const rows of everyOrganisation(read, listingOf(''), TODAY)) written.push(...rows.map(({ name }) => name));
  assert.deepEqual(written, ['Visible']);
});

test('the view through which words are sought shows the territory that is set, and nothing where none is', async () => {
  await add('Seule ici', {}, here);
  await add('Seule là-bas', {}, elsewhere);
  const seen = await inHere((tx) =>
    sql<{ territory_id: string }>`select distinct territory_id from organisation_search`.execute(tx),
  );
  assert.deepEqual(seen.rows, [{ territory_id: here.id }]);
  await assert.rejects(opened.database.pool.query('select id from organisation_search'), { code: /42704|22P02/u });
  await assert.rejects(
    inHere((tx) =>
      sql`insert into organisation_search (territory_id, id) values (${elsewhere.id}, gen_random_uuid())`.execute(tx),
    ),
    { code: '42501' },
  );
});

test('many organisations: every sort pages through each of them once, both ways, and counts say what lists show', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  await makeManyOrganisations(opened.database, place, 400);
  for (const query of ['', 'q=a', 'q=transition', 'role=startup&role=media&vie=active']) {
    const { filter } = listingOf(query);
    const { total } = await inHere((tx) => countOrganisations(tx, filter, 'exact', TODAY), place);
    for (const sort of SORTS) {
      if (sort === 'relevance' && filter.words === '') continue;
      await pagesOnce(place, { filter, sort, cursor: undefined }, total);
    }
  }
  assert.equal((await namesFor(`q=${RARE_WORD}`, place)).length, 1);
});

async function pagesOnce(place: Territory, listing: Listing, total: number): Promise<void> {
  const at = (cursor: ListCursor | undefined) =>
    inHere((tx) => listOrganisations(tx, { ...listing, cursor }, 60, TODAY), place);
  const forwards: string[][] = [];
  let page = await at(undefined);
  for (;;) {
    if (page.reading === 'similar') return;
    forwards.push(page.organisations.map(({ id }) => id));
    const last = page.organisations.at(-1);
    if (!page.hasAfter || last === undefined) break;
    page = await at({ id: last.id, key: last.sortKey, direction: 'after' });
  }
  const all = forwards.flat();
  assert.equal(new Set(all).size, all.length, listing.sort);
  assert.equal(all.length, total, listing.sort);
  const first = page.organisations[0];
  if (forwards.length < 2 || first === undefined) return;
  const back = await at({ id: first.id, key: first.sortKey, direction: 'before' });
  assert.deepEqual(
    back.organisations.map(({ id }) => id),
    forwards.at(-2),
    `${listing.sort}, backwards`,
  );
}

test('each count of a facet is the size of the list that it leads to', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  await makeManyOrganisations(opened.database, place, 120);
  for (const query of [
    '',
    'theme=theme-1',
    'role=startup&naf=A&naf=B',
    'q=a&vie=active',
    'decennie=1990&commune=63001',
  ]) {
    const { filter } = listingOf(query);
    const { facets } = await inHere((tx) => countOrganisations(tx, filter, 'exact', TODAY), place);
    for (const facet of FACETS) {
      for (const { value, count } of facets[facet].slice(0, 3)) {
        const narrowed = { ...filter, chosen: { ...filter.chosen, [facet]: [value] } };
        const { total } = await inHere((tx) => countOrganisations(tx, narrowed, 'exact', TODAY), place);
        assert.equal(count, total, `${query}, ${facet} ${value}`);
      }
    }
  }
});

test('the life that is counted is the life that is shown', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  await makeManyOrganisations(opened.database, place, 200);
  const page = await inHere((tx) => listOrganisations(tx, listingOf(''), 200, TODAY), place);
  const { facets } = await inHere((tx) => countOrganisations(tx, listingOf('').filter, 'exact', TODAY), place);
  for (const { value, count } of facets.life)
    assert.equal(page.organisations.filter((each) => lifeOf(each, TODAY) === value).length, count, value);
  const closed = toggled(listingOf('').filter, 'life', 'closed');
  const shown = await inHere(
    (tx) => listOrganisations(tx, { filter: closed, sort: 'name', cursor: undefined }, 200, TODAY),
    place,
  );
  assert.ok(shown.organisations.length > 0 && shown.organisations.every((each) => lifeOf(each, TODAY) === 'closed'));
});

test('under the role of the application, an index finds the words', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  await makeManyOrganisations(opened.database, place, 600);
  const owner = new pg.Client({ connectionString: opened.ownerUrl });
  await owner.connect();
  await owner.query('analyze organisations');
  await owner.end();
  const plan = await inHere(async (tx) => {
    const { rows } = await sql<Record<string, string>>`explain select id from organisation_search o
      where o.territory_id = ${place.id} and o.search_text @@ plainto_tsquery('public.french_folded', ${RARE_WORD})`.execute(
      tx,
    );
    return rows.map((row) => Object.values(row)[0]).join('\n');
  }, place);
  assert.match(plan, /Bitmap Index Scan on organisations_search/u);
});
