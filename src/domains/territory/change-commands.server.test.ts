import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { present } from '../../lib/assert.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import {
  makeOrganisation,
  makePerson,
  makeTerritory,
  NOW,
  type MadeOrganisation,
} from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { approveChange, refuseChange, undoChange } from './change-commands.server.ts';
import { historyOfOrganisation, waitingChanges } from './change-queries.server.ts';
import { editOrganisation } from './commands.server.ts';
import type { FactValues } from './facts.ts';
import type { PersonPrincipal } from './principal.ts';
import { organisationBySlug } from './queries.server.ts';
import { provenanceIn } from './provenance.ts';
import type { Territory } from './visit.ts';

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

async function made() {
  const organisation = await makeOrganisation(opened.database, here);
  const manager = await makePerson(opened.database, here, { memberOf: [[organisation.id, 'manager']] });
  return { organisation, manager };
}

async function edit(who: PersonPrincipal, { id, slug }: MadeOrganisation, facts: FactValues) {
  const version = (await seen(slug)).version;
  const edited = await inHere((tx) => editOrganisation(tx, who, id, { facts, version }, AT));
  assert.ok(edited.ok, JSON.stringify(edited));
  const [newest] = await inHere((tx) => historyOfOrganisation(tx, id));
  return present(newest, 'a change').id;
}
const seen = async (slug: string) => present(await inHere((tx) => organisationBySlug(tx, slug)), slug);

test('a proposal is approved once: it becomes true, and the author and the decider stay known', async () => {
  const { organisation, manager } = await made();
  const id = await edit(manager, organisation, { name: 'Nom voulu' });
  assert.notEqual((await seen(organisation.slug)).name, 'Nom voulu');
  const both = await Promise.all([0, 1].map(() => inHere((tx) => approveChange(tx, team, id, AT))));
  assert.deepEqual(both.map((one) => (one.ok ? 'done' : one.reason)).toSorted(), ['done', 'not-found']);
  assert.equal((await seen(organisation.slug)).name, 'Nom voulu');
  const [change] = await inHere((tx) => historyOfOrganisation(tx, organisation.id));
  assert.deepEqual([change?.state, change?.authorName, change?.deciderName], ['applied', manager.name, team.name]);
  assert.ok((await inHere((tx) => undoChange(tx, team, { organisationId: organisation.id, changeId: id }, AT))).ok);
  assert.equal((await seen(organisation.slug)).name, organisation.name);
});

test('a refusal keeps its reason and changes nothing; whoever is not of the team decides nothing', async () => {
  const { organisation, manager } = await made();
  const id = await edit(manager, organisation, { parts: ['investor'] });
  const reason = 'Vous n’investissez pas';
  assert.deepEqual(await inHere((tx) => approveChange(tx, manager, id, AT)), { ok: false, reason: 'not-allowed' });
  assert.deepEqual(await inHere((tx) => refuseChange(tx, manager, { changeId: id, reason }, AT)), {
    ok: false,
    reason: 'not-allowed',
  });
  assert.ok((await inHere((tx) => refuseChange(tx, team, { changeId: id, reason }, AT))).ok);
  const [change] = await inHere((tx) => historyOfOrganisation(tx, organisation.id));
  assert.deepEqual([change?.state, change?.reason], ['refused', reason]);
  assert.deepEqual((await seen(organisation.slug)).parts, ['startup']);
});

test('a proposal that the facts have overtaken is not approved; one that is repeated replaces the older', async () => {
  const { organisation, manager } = await made();
  const id = await edit(manager, organisation, { name: 'Un' });
  await edit(team, organisation, { name: 'Deux' });
  assert.deepEqual(await inHere((tx) => approveChange(tx, team, id, AT)), { ok: false, reason: 'outdated' });
  await edit(manager, organisation, { name: 'Trois' });
  const waiting = await inHere(waitingChanges);
  assert.deepEqual(
    waiting.filter((change) => change.organisation.id === organisation.id).map(({ after }) => after),
    [{ name: 'Trois' }],
  );
});

test('a manager takes back what they may change, not what the team decided, and nothing elsewhere', async () => {
  const { organisation, manager } = await made();
  const other = await made();
  const text = await edit(manager, organisation, { summaryFr: 'Bonjour' });
  const undo = (who: PersonPrincipal, changeId: typeof text) =>
    inHere((tx) => undoChange(tx, who, { organisationId: organisation.id, changeId }, AT));
  assert.deepEqual(await undo(other.manager, text), { ok: false, reason: 'not-allowed' });
  assert.ok((await undo(manager, text)).ok);
  assert.equal((await seen(organisation.slug)).summaryFr, '');
  const name = await edit(team, organisation, { name: 'De l’équipe' });
  assert.deepEqual(await undo(manager, name), { ok: false, reason: 'not-allowed' });
  const foreign = await edit(team, other.organisation, { summaryFr: 'Ailleurs' });
  assert.deepEqual(await undo(team, foreign), { ok: false, reason: 'not-found' });
});

test('each fact knows its source, also after an undo', async () => {
  const { organisation } = await made();
  await edit(team, organisation, { commune: 'Riom' });
  const second = await edit(team, organisation, { commune: 'Thiers', address: '1 rue' });
  await inHere((tx) => undoChange(tx, team, { organisationId: organisation.id, changeId: second }, AT));
  const sources = provenanceIn(await inHere((tx) => historyOfOrganisation(tx, organisation.id)));
  assert.deepEqual([sources.get('commune')?.source, sources.get('address')], ['form', undefined]);
});
