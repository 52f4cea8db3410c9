import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { firm, json, startRegister, type RegisterStandIn } from '../../../test/register-stand-in.ts';
import type { JobData } from '../../platform/jobs/jobs.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { companyRegister } from '../../platform/register/company-register.ts';
import { historyOfOrganisation } from './change-queries.server.ts';
import { createOrganisation } from './commands.server.ts';
import type { FactValues } from './facts.ts';
import type { PersonPrincipal } from './principal.ts';
import { createRegisterJob, recoverRegister, registerJobData, waitSeconds } from './register-job.server.ts';
import { provenanceIn } from './provenance.ts';
import type { Territory } from './visit.ts';

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const AT = { now: NOW, fillRandom };

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let standIn: RegisterStandIn;
const later: { data: JobData; seconds: number }[] = [];
let run: (data: JobData) => Promise<void>;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  standIn = await startRegister({
    '732829320': firm('732829320'),
    '552100554': firm('552100554', { statut_diffusion: 'P' }),
    '380129866': firm('380129866', { etat_administratif: 'C', date_fermeture: '2020-05-01' }),
  });
  run = createRegisterJob({
    database: opened.database,
    register: companyRegister({ url: standIn.url, userAgent: 'Terreau', timeoutMs: 500, perSecond: 1000 }),
    now: () => NOW,
    fillRandom,
    startLater: async (data, seconds) => void later.push({ data, seconds }),
  });
});
after(async () => {
  await standIn.close();
  await opened.close();
});

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);
async function create(facts: FactValues) {
  const made = await inHere((tx) => createOrganisation(tx, team, { parts: ['startup'], ...facts }, AT));
  assert.ok(made.ok, JSON.stringify(made));
  return made.value.id;
}
const row = (id: Awaited<ReturnType<typeof create>>) =>
  inHere((tx) =>
    tx
      .selectFrom('organisations')
      .selectAll()
      .where('territory_id', '=', here.id)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );

test('a new SIREN waits, is asked about, and fills what was open; what people stated stays', async () => {
  const id = await create({ name: 'MyBus', siren: '732829320', commune: 'Clermont-Ferrand', address: '3 rue choisie' });
  assert.equal((await row(id)).register_state, 'pending');
  await run(registerJobData(here.id));
  const kept = await row(id);
  assert.deepEqual(
    [
      kept.register_state,
      kept.name,
      kept.legal_name,
      kept.naf_code,
      kept.siret,
      kept.commune,
      kept.commune_code,
      kept.address,
    ],
    ['verified', 'MyBus', 'MYBUS', '62.01Z', '73282932000074', 'Clermont-Ferrand', '63113', '3 rue choisie'],
  );
  assert.deepEqual([String(kept.founded_on), kept.extra], ['2014-03-12', { 'headcount-range': '10–19' }]);
  const sources = provenanceIn(await inHere((tx) => historyOfOrganisation(tx, id)));
  assert.deepEqual([sources.get('legalName')?.source, sources.get('address')?.source], ['register', 'form']);
});

test('a closed firm, one that opposes diffusion, one that is not found', async () => {
  const closed = await create({ name: 'Fermée', siren: '380129866' });
  const hidden = await create({ name: 'Discrète', siren: '552100554' });
  const unknown = await create({ name: 'Inconnue', siren: '542051180' });
  await run(registerJobData(here.id));
  const states = await Promise.all([closed, hidden, unknown].map(row));
  assert.deepEqual(
    states.map(({ register_state, is_listed, closed_on }) => [
      register_state,
      is_listed,
      closed_on?.toString() ?? null,
    ]),
    [
      ['closed', true, '2020-05-01'],
      ['not-diffusible', false, null],
      ['unverified', true, null],
    ],
  );
  assert.equal(states[1]?.legal_name, null);
});

test('while the register is down the SIREN waits and is asked again, later each time', async () => {
  const id = await create({ name: 'Patiente', siren: '444608442' });
  standIn.next(json(503, {}, { 'retry-after': '1' }), json(500, {}));
  await run(registerJobData(here.id));
  assert.equal((await row(id)).register_state, 'pending');
  await run(later.at(-1)?.data ?? {});
  assert.deepEqual(
    later.map(({ data, seconds }) => [data['attempt'], seconds]),
    [
      ['1', 30],
      ['2', 60],
    ],
  );
  const started: string[] = [];
  await recoverRegister(opened.database, async (_, data) => void started.push(data['territory'] ?? ''));
  assert.deepEqual(started, [here.id]);
  await run(later.at(-1)?.data ?? {});
  assert.equal((await row(id)).register_state, 'unverified');
});

test('waits grow, are never shorter than what the register asks, never longer than six hours', () => {
  assert.deepEqual(
    [0, 1, 5, 40].map((attempt) => waitSeconds(attempt, {})),
    [30, 60, 960, 21_600],
  );
  assert.equal(waitSeconds(0, { retryAfterMs: 90_500 }), 91);
});
