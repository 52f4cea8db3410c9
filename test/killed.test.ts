/**
 * `kill -9`, twenty times, of the program as `npm start` runs it, with its own PostgreSQL, while two sides state what
 * was given, founders state needs, and the team plans and publishes rounds. Some of the kills take PostgreSQL too.
 *
 * What must hold: what was answered was kept; what was not answered can be sent again and acts once; nothing is half
 * done (db/checks); a round's try that was cut off ends by itself after the next start.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { planSession } from '../src/domains/delivery/commands.server.ts';
import type { Territory } from '../src/domains/territory/visit.ts';
import { ensureId, newId, type OrganisationId } from '../src/lib/ids.ts';
import { withTerritory, type Database } from '../src/platform/postgres/database.ts';
import { readChecks, runChecks } from '../src/platform/postgres/checks.ts';
import { ended, killServer, removeKillable, startServer, withDatabase } from './killable-server.ts';
import { makeMatch } from './factories/matches.ts';
import { SLUG } from './route-samples.ts';
import { visitor, type Answer, type Fields, type Visitor } from './visitors.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const KILLS = 20;
const PATIENCE_MS = 60_000;
const SESSIONS = 60;
const HALF_DAY_MINUTES = 210;
/** Every so many kills PostgreSQL is killed as well, and a plan is published at the moment of the kill. */
const [POSTGRES_TOO, PUBLISHING] = [5, 4];

after(removeKillable);

/** Something to send until it is answered, always under the same key. */
interface Act {
  readonly who: 'equipe' | 'startup' | 'partenaire';
  readonly address: string;
  readonly fields: Fields;
  /** Answered yes, or refused for a reason that this act allows. */
  status?: number;
  location?: string;
}

test('kill -9 twenty times: no answered write is lost, nothing is half done, tries recover', async (t) => {
  let server = await startServer();
  const { sessions, startup } = await withDatabase(prepareSessions);
  const people = await enter(server.address);
  const acts = [
    ...sessions.flatMap(statementsOn),
    ...Array.from({ length: 3 * KILLS }, (_, number) => needNumber(number, startup)),
  ];
  let round = await withDatabase(openRoundOf);
  const rounds: Act[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const visitors = at(people, server.address);
    const isPublishing = kill % PUBLISHING === 0;
    if (isPublishing) await stateOneMore(visitors, acts);
    rounds.push(isPublishing ? await publicationOf(visitors, round) : startOf(round));
    const left = [
      ...rounds.filter(({ status }) => status === undefined),
      ...shuffled(acts.filter(({ status }) => status === undefined)),
    ];
    const work = sendAll(visitors, left);
    // In the middle of the work: once some acts were answered, or while a plan is being published.
    await answers(left, isPublishing ? 0 : 1 + Math.floor(Math.random() * 8));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * (isPublishing ? 250 : 50)));
    await killServer(server.child, kill % POSTGRES_TOO === 0);
    await work;
    server = await startServer();
    round = await nextRound(at(people, server.address), round);
  }
  t.diagnostic(
    `${acts.filter(({ status }) => status !== undefined).length} of ${acts.length} acts were answered between the kills.`,
  );
  await expectKept(acts);
  const visitors = at(people, server.address);
  for (const left of [acts, rounds]) {
    await sendAll(
      visitors,
      left.filter(({ status }) => status === undefined),
    );
    assert.deepEqual(
      left.filter(({ status }) => status === undefined),
      [],
      'Something cannot be sent again.',
    );
  }
  await expectTriesToEnd();
  server.child.kill('SIGTERM');
  assert.equal(await ended(server.child), 0);
  await expectAllOnce(acts, sessions);
  assert.ok(
    rounds.some(({ fields, status }) => status === 303 && isPublication(fields)),
    'No plan was published.',
  );
});

/** Meetings of Michelin and MyBus that have taken place; nobody has said yet what was given. */
async function prepareSessions(database: Database): Promise<{ sessions: readonly string[]; startup: string }> {
  const territory = await demonstration(database);
  const organisation = async (slug: string) => {
    const row = await withTerritory(database, territory.id, (tx) =>
      tx.selectFrom('organisations').select(['id', 'name']).where('slug', '=', slug).executeTakeFirstOrThrow(),
    );
    return { id: row.id as OrganisationId, slug, name: row.name };
  };
  const [giver, receiver] = [await organisation('michelin'), await organisation('mybus')];
  const then = Temporal.Now.instant().subtract({ hours: 72 });
  const ids: string[] = [];
  for (let number = 0; number < SESSIONS; number += 1) {
    const match = await makeMatch(database, territory, { giver, receiver, title: `Séance ${number}` });
    const meeting = {
      matchId: match.id,
      startsAt: then.add({ hours: 24 }),
      durationMinutes: HALF_DAY_MINUTES,
      place: 'Place des Carmes',
      link: '',
    };
    const planned = await withTerritory(database, territory.id, (tx) =>
      planSession(tx, match.giverPerson, meeting, { now: then, fillRandom }),
    );
    assert.ok(planned.ok);
    ids.push(planned.value.id);
  }
  return { sessions: ids, startup: receiver.id };
}

async function demonstration(database: Database): Promise<Territory> {
  const row = await database.kysely
    .selectFrom('territories')
    .selectAll()
    .where('slug', '=', SLUG)
    .executeTakeFirstOrThrow();
  return {
    id: ensureId<'territory'>(row.id),
    slug: row.slug,
    name: row.name,
    regionCode: row.region_code,
    zone: row.zone,
    halfDayMinutes: row.half_day_minutes,
    isDemonstration: row.is_demonstration,
  };
}

function fillRandom(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}

function keyed(who: Act['who'], address: string, fields: Fields): Act {
  return {
    who,
    address: `/${SLUG}/${address}`,
    fields: [...fields, ['_key', newId<'submission'>(Temporal.Now.instant())]],
  };
}

function statementsOn(session: string): Act[] {
  return [
    keyed('partenaire', `seances/${session}`, [
      ['_action', 'giver'],
      ['giver', '3 h 30'],
    ]),
    keyed('startup', `seances/${session}`, [
      ['_action', 'receiver'],
      ['receiver', '3 h 30'],
    ]),
  ];
}

function needNumber(number: number, startup: string): Act {
  return keyed('startup', 'besoins/nouveau', [
    ['organisation', startup],
    ['kind', 'legal'],
    ['title', `Besoin numéro ${number} de la panne`],
    ['quantity', '1'],
    ['urgency', '2'],
    ['visibility', 'public'],
    ['version', '0'],
  ]);
}

function startOf(round: string): Act {
  return keyed('equipe', `plans/${round}`, [['_action', 'start']]);
}

function isPublication(fields: Fields): boolean {
  return fields.some(([name, value]) => name === '_action' && value === 'publish');
}

/** The publication of the round's last finished try, which it waits for. */
async function publicationOf(visitors: Visitors, round: string): Promise<Act> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    // Started when none is under way; refused otherwise.
    await visitors.equipe.post(`/${SLUG}/plans/${round}`, [['_action', 'start']]);
    const { text } = await visitors.equipe.get(`/${SLUG}/plans/${round}`);
    const runs = [...text.matchAll(/\/essais\/([0-9a-f-]{36})"/gu)].map(([, run = '']) => run);
    for (const run of [...new Set(runs)].slice(0, 3)) {
      const page = await visitors.equipe.get(`/${SLUG}/plans/${round}/essais/${run}`);
      if (page.text.includes('value="publish"'))
        return keyed('equipe', `plans/${round}/essais/${run}`, [['_action', 'publish']]);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return assert.fail('The round has no plan that can be published.');
}

/** Michelin has legal help left: a need for it gives the next plan something to bring together. */
async function stateOneMore(visitors: Visitors, acts: readonly Act[]): Promise<void> {
  const need = acts.find(
    ({ status, fields }) =>
      status === undefined && fields.some(([name, value]) => name === 'kind' && value === 'legal'),
  );
  assert.ok(need, 'All needs are stated already: prepare more.');
  await send(visitors, need);
}

/** Resolves once so many of the acts were answered. */
async function answers(acts: readonly Act[], count: number): Promise<void> {
  while (acts.filter(({ status }) => status !== undefined).length < Math.min(count, acts.length)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The round itself while it is open; a new one once it is published. */
async function nextRound(visitors: Visitors, round: string): Promise<string> {
  if (await withDatabase((database) => isOpen(database, round))) return round;
  const today = Temporal.Now.plainDateISO('Europe/Paris');
  const answer = await visitors.equipe.post(`/${SLUG}/plans/nouveau`, [
    ['title', 'Après la panne'],
    ['startsOn', today.toString()],
    ['lastDay', today.add({ days: 90 }).toString()],
  ]);
  assert.equal(answer.status, 303, answer.text);
  return answer.location.split('/').at(-1) ?? '';
}

/** Asked of the database: a page offers to close a published round only when no try is under way. */
async function isOpen(database: Database, round: string): Promise<boolean> {
  const { id } = await demonstration(database);
  const open = await withTerritory(database, id, (tx) =>
    tx.selectFrom('rounds').select('id').where('state', '=', 'open').execute(),
  );
  return open.some((found) => found.id === round);
}

async function openRoundOf(database: Database): Promise<string> {
  const { id } = await demonstration(database);
  const round = await withTerritory(database, id, (tx) =>
    tx.selectFrom('rounds').select('id').where('state', '=', 'open').executeTakeFirstOrThrow(),
  );
  return round.id;
}

type Cookies = Readonly<Record<Act['who'], string>>;
type Visitors = Readonly<Record<Act['who'], Visitor>>;

async function enter(address: string): Promise<Cookies> {
  const cookie = async (who: Act['who']) => {
    const { headers } = await visitor({ baseUrl: address }).get(`/${SLUG}/demonstration/${who}`);
    return (
      headers['set-cookie']?.find((value) => value.includes('session_token'))?.split(';')[0] ??
      assert.fail(`${who} cannot enter.`)
    );
  };
  return { equipe: await cookie('equipe'), startup: await cookie('startup'), partenaire: await cookie('partenaire') };
}

/** The same people, signed in as before, at the address of the moment. */
function at(cookies: Cookies, address: string): Visitors {
  const person = (who: Act['who']) => visitor({ baseUrl: address }, who, cookies[who]);
  return { equipe: person('equipe'), startup: person('startup'), partenaire: person('partenaire') };
}

const HANDS = 6;

async function sendAll(visitors: Visitors, acts: readonly Act[]): Promise<void> {
  const queue = [...acts];
  const hand = async () => {
    for (let act = queue.shift(); act !== undefined; act = queue.shift()) await send(visitors, act);
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
}

/** A broken line leaves the act unanswered. A round's act may be refused: under way already, stale, nothing to do. */
async function send(visitors: Visitors, act: Act): Promise<void> {
  const answer = await visitors[act.who].post(act.address, act.fields).catch((): Answer | undefined => undefined);
  if (answer === undefined) return;
  const allowed = act.who === 'equipe' ? [303, 422] : [303];
  assert.ok(
    allowed.includes(answer.status),
    `${act.address} answered ${answer.status} to ${JSON.stringify(act.fields)}\n${/<main[\s\S]*<\/main>/u.exec(answer.text)?.[0]}`,
  );
  act.status = answer.status;
  act.location = answer.location;
}

/** What was answered before a kill is there after all kills. */
async function expectKept(acts: readonly Act[]): Promise<void> {
  const answered = acts.filter(({ status }) => status === 303);
  assert.ok(answered.length > KILLS / 2, `Only ${answered.length} acts were answered between the kills.`);
  const known = await withDatabase(async (database) => {
    const { id } = await demonstration(database);
    return withTerritory(database, id, async (tx) => ({
      titles: new Set((await tx.selectFrom('needs').select('title').execute()).map(({ title }) => title)),
      sessions: new Map(
        (await tx.selectFrom('sessions').select(['id', 'giver_amount', 'receiver_amount']).execute()).map((row) => [
          row.id as string,
          row,
        ]),
      ),
    }));
  });
  const lost = answered.filter(({ address, fields }) => {
    const title = fields.find(([name]) => name === 'title')?.[1];
    if (title !== undefined) return !known.titles.has(title);
    const session = known.sessions.get(address.split('/').at(-1) ?? '');
    return (
      (fields.some(([name]) => name === 'giver') ? session?.giver_amount : session?.receiver_amount) !==
      BigInt(HALF_DAY_MINUTES)
    );
  });
  assert.deepEqual(lost, [], 'These acts were answered and are lost.');
}

async function expectTriesToEnd(): Promise<void> {
  const underWay = (database: Database) =>
    demonstration(database).then(({ id }) =>
      withTerritory(database, id, (tx) =>
        tx.selectFrom('round_runs').select('id').where('state', 'in', ['queued', 'running']).execute(),
      ),
    );
  await withDatabase(async (database) => {
    for (let attempt = 0; attempt < 100 && (await underWay(database)).length > 0; attempt += 1)
      await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(await underWay(database), [], 'A try that was cut off does not end.');
  });
}

/** Each act once: one need a title, one entry a session, the sum to the minute; and all that must always hold. */
async function expectAllOnce(acts: readonly Act[], sessions: readonly string[]): Promise<void> {
  await withDatabase(async (database) => {
    const { id } = await demonstration(database);
    await withTerritory(database, id, async (tx) => {
      const titles = (
        await tx.selectFrom('needs').select('title').where('title', 'like', 'Besoin numéro % de la panne').execute()
      ).map(({ title }) => title);
      assert.deepEqual(
        titles.toSorted(),
        acts.flatMap(({ fields }) => fields.find(([name]) => name === 'title')?.[1] ?? []).toSorted(),
      );
      const { rows } = await sql<{
        entries: number;
        minutes: bigint;
      }>`select count(distinct entry_id)::int as entries, sum(amount)::bigint as minutes
        from ledger_entries join ledger_transfers on entry_id = ledger_entries.id where cause_kind = 'session' and cause_id = any(${sessions})`.execute(
        tx,
      );
      assert.deepEqual(rows, [{ entries: SESSIONS, minutes: BigInt(SESSIONS * HALF_DAY_MINUTES) }]);
    });
    assert.deepEqual(await runChecks(database, await readChecks(path.join(ROOT, 'db/checks'))), []);
  });
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
