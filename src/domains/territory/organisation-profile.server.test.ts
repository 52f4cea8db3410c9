import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { newId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { countPublicPages, newsOf, publicPages } from './news.server.ts';
import { structuredDataOf } from './organisation-profile.ts';
import { profileBySlug } from './organisation-profile.server.ts';
import { maySeeOrganisation } from './policy.ts';
import { ANONYMOUS } from './principal.ts';
import { drawShareCard, svgOf } from './share-card.server.ts';
import { deleteView, keepView, listViews, openView, renameView } from './saved-views.server.ts';
import type { Territory } from './visit.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
let opened: TestDatabase;
let here: Territory;
before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
});
after(() => opened.close());
const inHere = <Answer>(work: (tx: TerritoryTransaction) => Promise<Answer>) =>
  withTerritory(opened.database, here.id, work);

test('a hidden organisation is for the team and its people; news, the map of the site and ties do not name it', async () => {
  const shown = await makeOrganisation(opened.database, here, { name: 'Montrée' });
  const hidden = await makeOrganisation(opened.database, here, { name: 'Cachée', columns: { is_listed: false } });
  await inHere((tx) =>
    tx
      .insertInto('organisation_ties')
      .values({
        territory_id: tx.territoryId,
        id: newId<'ty'>(NOW),
        from_id: shown.id,
        to_id: hidden.id,
        kind: 'part-of',
      })
      .execute(),
  );
  const profile = await inHere((tx) => profileBySlug(tx, hidden.slug));
  assert.equal(profile?.isListed, false);
  const member = await makePerson(opened.database, here, { memberOf: [[hidden.id, 'member']] });
  const team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  const other = await makePerson(opened.database, here, { memberOf: [[shown.id, 'manager']] });
  const sees = [ANONYMOUS, other, member, team].map((who) =>
    maySeeOrganisation(who, { id: hidden.id, isListed: false }),
  );
  assert.deepEqual(sees, [false, false, true, true]);
  assert.deepEqual((await inHere((tx) => profileBySlug(tx, shown.slug)))?.ties, []);
  const news = await inHere((tx) => newsOf(tx, { today: TODAY, zone: 'Europe/Paris' }));
  assert.deepEqual(
    news.map(({ name }) => name),
    ['Montrée'],
  );
  assert.deepEqual(
    (await inHere((tx) => publicPages(tx, 0, 10))).map(({ slug }) => slug),
    [shown.slug],
  );
  assert.equal(await inHere(countPublicPages), 1);
});

test('a merged organisation leads to the one that is kept', async () => {
  const kept = await makeOrganisation(opened.database, here, { name: 'Gardée' });
  const gone = await makeOrganisation(opened.database, here, {
    name: 'Partie',
    columns: { merged_into_id: kept.id, is_listed: false },
  });
  const profile = await inHere((tx) => profileBySlug(tx, gone.slug));
  assert.equal(profile?.mergedIntoSlug, kept.slug);
});

test('machines read what is known in the words of schema.org, and no address that a browser would run', async () => {
  const links = JSON.stringify([
    { label: 'Annonce', url: 'https://exemple.fr/a' },
    { label: 'piège', url: 'javascript:alert(1)' },
  ]);
  const columns = {
    siren: '246300701',
    founded_on: TODAY.subtract({ years: 3 }),
    closed_on: TODAY,
    commune: 'Riom',
    postal_code: '63200',
    links,
  };
  const made = await makeOrganisation(opened.database, here, { name: 'Dite', columns });
  const profile = await inHere((tx) => profileBySlug(tx, made.slug));
  assert.ok(profile);
  const address = 'https://terreau.example/ici/organisations/dite';
  const data = structuredDataOf(profile, { locale: 'fr', address, addressOf: (slug) => slug }) as Record<
    string,
    unknown
  >;
  assert.equal(data['@type'], 'Organization');
  assert.equal(data['foundingDate'], '2023-11-23');
  assert.equal(data['dissolutionDate'], '2026-11-23');
  assert.deepEqual(data['sameAs'], ['https://exemple.fr/a']);
  assert.deepEqual(data['identifier'], [{ '@type': 'PropertyValue', propertyID: 'SIREN', value: '246300701' }]);
  assert.ok(!('logo' in data) && !('legalName' in data));
});

test('the card is a picture of 1200 by 630, and its words cannot leave their place', async () => {
  const card = { title: 'Énergies <b>des</b> Dômes', kicker: 'Startup', text: 'mot '.repeat(200), territory: 'Ici' };
  assert.ok(svgOf(card).includes('&lt;b&gt;') && svgOf(card).includes('…'));
  const png = await drawShareCard(card);
  assert.ok(png, 'The drawing library has no part for this system.');
  const view = new DataView(png.buffer, png.byteOffset);
  assert.deepEqual([view.getUint32(16), view.getUint32(20)], [1200, 630]);
});

test('a view is one’s own until it is shared, counts what is new, and only its owner changes it', async () => {
  const mine = await makePerson(opened.database, here, { roles: ['expert'] });
  const colleague = await makePerson(opened.database, here, { roles: ['funder'] });
  const kept = await inHere((tx) =>
    keepView(tx, mine, { name: 'Eau', query: 'q=eau&format=csv&tri=nom', isShared: false }, AT),
  );
  assert.ok(kept.ok);
  const again = await inHere((tx) => keepView(tx, mine, { name: 'Eau', query: '', isShared: false }, AT));
  assert.deepEqual(again, { ok: false, reason: 'name-taken' });
  assert.deepEqual(await inHere((tx) => listViews(tx, colleague, TODAY)), []);
  assert.deepEqual(await inHere((tx) => openView(tx, colleague, kept.value, NOW)), {
    ok: false,
    reason: 'not-allowed',
  });
  assert.deepEqual(await inHere((tx) => openView(tx, mine, kept.value, NOW)), { ok: true, value: 'q=eau&tri=nom' });
  await makeOrganisation(opened.database, here, { name: 'Eau neuve', columns: { created_at: NOW.add({ hours: 1 }) } });
  assert.deepEqual(
    (await inHere((tx) => listViews(tx, mine, TODAY))).map(({ newCount }) => newCount),
    [1],
  );
  const shared = await inHere((tx) => keepView(tx, mine, { name: 'Tous', query: '', isShared: true }, AT));
  assert.ok(shared.ok);
  assert.deepEqual(
    (await inHere((tx) => listViews(tx, colleague, TODAY))).map(({ name, isOwn }) => [name, isOwn]),
    [['Tous', false]],
  );
  assert.deepEqual(await inHere((tx) => renameView(tx, colleague, shared.value, 'À moi')), {
    ok: false,
    reason: 'not-allowed',
  });
  assert.deepEqual(await inHere((tx) => deleteView(tx, colleague, shared.value)), { ok: false, reason: 'not-allowed' });
  assert.deepEqual(await inHere((tx) => deleteView(tx, mine, shared.value)), { ok: true, value: 'Tous' });
});
