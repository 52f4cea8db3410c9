/** A try from end to end: the queue, the solving thread, progress, cancellation, a crash, and real input. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test, type TestContext } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeNeed, makeOffer } from '../../../test/factories/support.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { NOBODY_THERE, replyWith, startEmbeddingService } from '../../../test/embedding-service.ts';
import { createEmbeddings } from '../../platform/embeddings/embeddings.ts';
import { httpEmbedder } from '../../platform/embeddings/http-embedder.ts';
import { createJobs, type Jobs } from '../../platform/jobs/jobs.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { correctImport, loadImport, startImport } from '../support/import-commands.server.ts';
import type { ImportSettings } from '../support/row-reading.ts';
import { importById } from '../support/import-queries.server.ts';
import { isEligible, readConditions } from '../support/conditions.ts';
import { seedKinds } from '../support/kind-commands.server.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import type { Embed } from './embed-pool.server.ts';
import { publishRun } from './publish.server.ts';
import { verify } from './proof.ts';
import type { RoundId, RunId } from './round.ts';
import { createRound } from './round-commands.server.ts';
import { provenOf, runById } from './round-queries.server.ts';
import { cancelRun, startRun, takeUpRun } from './run-commands.server.ts';
import { createRunJob, recoverRuns, SOLVE_JOB, solveJobData } from './run-job.server.ts';
import { SOURCE_WORKER, startSolving } from './solve.server.ts';
import { makePool, poolNeed, poolOffer } from '../../../test/factories/pool.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const at = {
  now: NOW,
  today: TODAY,
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
};
const DATA = '../shared/data/aides-transition-ecologique';
const skip = existsSync(`${DATA}/projets.jsonl`) ? false : `the data folder has no ${DATA}`;

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let jobs: Jobs;
const failures: unknown[] = [];

before(async () => {
  opened = await openTestDatabase({ poolSize: 6 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  const startup = await makeOrganisation(opened.database, here);
  const company = await makeOrganisation(opened.database, here);
  await makeNeed(opened.database, here, { organisationId: startup.id });
  await makeOffer(opened.database, here, { organisationId: company.id });
  jobs = createJobs({ ownerUrl: opened.ownerUrl, onFailure: (failure) => failures.push(failure) });
  await jobs.work(SOLVE_JOB, job(SOURCE_WORKER));
  await jobs.start();
});
after(async () => {
  await jobs.stop();
  await opened.close();
});

function job(workerUrl: URL, embed?: Embed) {
  return createRunJob({
    database: opened.database,
    solver: { workerUrl, patienceMs: 200 },
    embed,
    now: Temporal.Now.instant,
    onFailure: (failure) => failures.push(failure),
  });
}

function work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>, territory = here): Promise<Answer> {
  return withTerritory(opened.database, territory.id, act);
}

async function queued(territory = here, who = team): Promise<{ roundId: RoundId; runId: RunId }> {
  return work(async (tx) => {
    const round = await createRound(
      tx,
      who,
      { title: 'Un trimestre', startsOn: TODAY, lastDay: TODAY.add({ months: 3 }) },
      at,
    );
    assert.ok(round.ok);
    const run = await startRun(tx, who, round.value.id, at);
    assert.ok(run.ok, JSON.stringify(run));
    return { roundId: round.value.id, runId: run.value.runId };
  }, territory);
}

async function ended({ roundId, runId }: { roundId: RoundId; runId: RunId }, territory = here) {
  for (let turn = 0; turn < 400; turn++) {
    const run = await work((tx) => runById(tx, roundId, runId), territory);
    if (run !== undefined && run.state !== 'queued' && run.state !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The try never ended');
}

test('a try that is queued is solved by the queue, in its thread, and the server answers meanwhile', async () => {
  const ids = await queued();
  const before = performance.now();
  await jobs.send(SOLVE_JOB, solveJobData(here.id, ids.runId));
  let longestPause = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    longestPause = Math.max(longestPause, performance.now() - last);
    last = performance.now();
  }, 10);
  const run = await ended(ids);
  clearInterval(pulse);
  assert.deepEqual([run.state, run.percent, run.failure], ['done', 100, null]);
  assert.ok(performance.now() - before < 10_000);
  assert.ok(longestPause < 500, `the server stood still for ${Math.round(longestPause)} ms`);
  assert.deepEqual(failures, []);
});

test('the embedding service is asked once for a try, its vectors kept with it; a try without it says so', async (t) => {
  const service = await startEmbeddingService(
    t,
    replyWith((text) => [text.length, 1, 2]),
  );
  const asking = (url: string) => createEmbeddings(httpEmbedder({ url, timeoutMs: 1000 }));
  for (const [url, embedding] of [
    [service.url, { status: 'complete', fault: null }],
    [NOBODY_THERE, { status: 'none', fault: 'unreachable' }],
  ] as const) {
    const ids = await queued();
    await job(SOURCE_WORKER, asking(url))(solveJobData(here.id, ids.runId));
    assert.equal((await ended(ids)).state, 'done');
    const proven = await work((tx) => provenOf(tx, ids.runId));
    assert.ok(proven);
    assert.deepEqual(proven.pool.embedding, embedding);
    assert.ok(proven.plan.verdict.accepted);
  }
  assert.equal(service.asked.length, 1);
  const left = await queued();
  await work((tx) => cancelRun(tx, team, left, at));
  await job(SOURCE_WORKER, asking(service.url))(solveJobData(here.id, left.runId));
  assert.equal((await ended(left)).state, 'cancelled');
  assert.equal(service.asked.length, 1, 'a cancelled try asks nobody');
});

test('what a crash left behind is taken up again at the next start, and written once', async () => {
  const left = await queued();
  const dead = await queued();
  await work((tx) => takeUpRun(tx, dead.runId, NOW));
  const sent: string[] = [];
  await recoverRuns(opened.database, async (name, data) => {
    sent.push(data['run'] ?? '');
    await Promise.all([jobs.send(name, data), jobs.send(name, data)]);
  });
  assert.deepEqual(sent.toSorted(), [left.runId, dead.runId].toSorted());
  const runs = await Promise.all([ended(left), ended(dead)]);
  assert.deepEqual(
    runs.map(({ state }) => state),
    ['done', 'done'],
  );
  const finished = runs[1]?.finishedAt;
  await job(SOURCE_WORKER)(solveJobData(here.id, dead.runId));
  assert.deepEqual((await ended(dead)).finishedAt, finished, 'done again, nothing is written again');
});

test('a thread that dies or cannot start ends its try with a sentence', async () => {
  const ids = await queued();
  await job(new URL('data:text/javascript,process.exit(3)'))(solveJobData(here.id, ids.runId));
  const run = await ended(ids);
  assert.deepEqual([run.state, run.failure], ['failed', 'unexpected']);
  assert.match(String(failures.pop()), /ended without a word/);
});

test('a try that does not listen is ended from outside when it is cancelled', async () => {
  const ids = await queued();
  const deaf = job(new URL('data:text/javascript,for(;;);'))(solveJobData(here.id, ids.runId));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const cancelled = await work((tx) => cancelRun(tx, team, ids, at));
  assert.ok(cancelled.ok);
  await deaf;
  assert.equal((await ended(ids)).state, 'cancelled');
});

test('a thread that is told to stop stops by itself, and its progress never falls', async (t: TestContext) => {
  const many = (count: number) => Array.from({ length: count }, (_, place) => place);
  const pool = makePool({
    needs: many(400).map((place) => poolNeed(place, { left: 4 })),
    offers: many(400).map((place) => poolOffer(place, { left: 3 })),
  });
  const solving = startSolving(pool, { workerUrl: SOURCE_WORKER, patienceMs: 60_000 });
  let percent = 0;
  const watch = setInterval(() => {
    assert.ok(solving.progress().percent >= percent);
    percent = solving.progress().percent;
    if (percent >= 25) solving.cancel();
  }, 5);
  const end = await solving.end;
  clearInterval(watch);
  t.diagnostic(`stopped at ${percent} %`);
  assert.equal(end.kind, 'cancelled');
});

test(
  '46 real projects and 164 real public aids: the plan is proven, keeps every condition, and is refused once corrupted',
  { skip },
  async (t: TestContext) => {
    const territory = await makeTerritory(opened.ownerUrl);
    const planner = await makePerson(opened.database, territory, { roles: ['programme-team'] });
    const asker = await makeOrganisation(opened.database, territory, {
      name: 'Réseau des entreprises',
      employees: 30,
      regionCode: '84',
    });
    await work(seedKinds, territory);
    await load(territory, planner, 'needs', 'projets.jsonl', { organisation: asker.id, kind: 'expertise', units: 3 });
    await load(territory, planner, 'offers', 'aides.jsonl', {
      createsOrganisations: true,
      kind: 'expertise',
      units: 1,
    });
    const ids = await queued(territory, planner);
    const start = performance.now();
    await jobs.send(SOLVE_JOB, solveJobData(territory.id, ids.runId));
    const run = await ended(ids, territory);
    t.diagnostic(`solved, checked and explained in ${Math.round(performance.now() - start)} ms`);
    assert.equal(run.state, 'done');
    const proven = await work((tx) => provenOf(tx, ids.runId), territory);
    assert.ok(proven);
    const { pool, plan } = proven;
    assert.equal(pool.needs.length, 46);
    assert.ok(pool.offers.length > 100);
    assert.deepEqual(plan.verdict, { accepted: true, proven: 'optimal' });
    t.diagnostic(
      `${plan.summary.served} of ${plan.summary.needs} served, ${plan.agreements.length} agreements, score ${plan.summary.score}`,
    );
    assert.equal(plan.summary.served, 46, 'there is enough for everybody to get something');
    for (const { need, offer } of plan.agreements) {
      const { conditions, availableFrom, availableUntil } = pool.offers[offer]!;
      const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
      const whole = readConditions(conditions, day(availableFrom), day(availableUntil));
      const on = availableFrom !== null && availableFrom > pool.startsOn ? availableFrom : pool.startsOn;
      assert.ok(
        isEligible(whole, pool.needs[need]!.facts, Temporal.PlainDate.from(on)).allowed,
        `${pool.needs[need]?.title} × ${pool.offers[offer]?.title}`,
      );
    }
    const { proof, agreements } = plan;
    const answer = proof.answer!;
    const gives = answer.units.findIndex((units) => units > 0);
    const other = answer.units.findIndex(
      (units, pair) =>
        units === 0 &&
        proof.pairs.need[pair] === proof.pairs.need[gives] &&
        proof.pairs.score[pair]! < proof.pairs.score[gives]!,
    );
    const worse = answer.units.with(gives, answer.units[gives]! - 1).with(other, 1);
    assert.ok(!verify({ ...proof, answer: { ...answer, units: worse } }, agreements).accepted);
    const published = await work((tx) => publishRun(tx, planner, ids, at), territory);
    assert.ok(published.ok && published.value.matchIds.length === agreements.length);
  },
);

async function load(
  territory: Territory,
  who: PersonPrincipal,
  subject: 'needs' | 'offers',
  name: string,
  settings: Partial<ImportSettings>,
): Promise<void> {
  await work(async (tx) => {
    const started = await startImport(tx, who, { subject, name, content: readFileSync(`${DATA}/${name}`) }, at);
    assert.ok(started.ok);
    const found = await importById(tx, who, started.value.id);
    assert.ok(found);
    assert.ok(
      (
        await correctImport(tx, who, started.value.id, {
          mapping: found.mapping,
          settings: { ...found.settings, ...settings },
        })
      ).ok,
    );
    const loaded = await loadImport(tx, who, started.value.id, territory, at);
    assert.ok(loaded.ok);
  }, territory);
}
