/**
 * Work that outlives a request, kept in PostgreSQL (pg-boss, in a schema of its own named `pgboss`).
 *
 * Must always hold: a job that was sent is delivered at least once, also after `kill -9`: a handler must bear to be
 * called again for the same data. A handler that throws is tried again, three times in all. The queue is reached with
 * the owner's login, because the application's role has no right to create its tables; handlers use the application's
 * own database handle.
 */
import { PgBoss } from 'pg-boss';

export type JobData = Readonly<Record<string, string>>;
export type JobHandler = (data: JobData) => Promise<void>;

export interface JobsOptions {
  /** Login that may create the schema `pgboss`. */
  readonly ownerUrl: string;
  /** Told when a job fails or the queue complains; the job is tried again by itself. */
  readonly onFailure: (failure: unknown) => void;
}

export interface Jobs {
  /** Opens the queue and begins to work. Handlers registered before or after are served alike. */
  start(): Promise<void>;
  /** Waits for the jobs at hand, a few seconds at most, then closes the queue. What was cut off is taken up again. */
  stop(): Promise<void>;
  /** With `afterSeconds` it is delivered no sooner. */
  send(name: string, data: JobData, afterSeconds?: number): Promise<void>;
  /** Says who does the jobs of this name, at most `concurrency` at a time. */
  work(name: string, handler: JobHandler, concurrency?: number): Promise<void>;
}

const LONGEST_JOB_SECONDS = 60 * 60;
const KEPT_SECONDS = 7 * 24 * 60 * 60;
const LAST_WAIT_MS = 5000;
const RETRIES = 2;
const RETRY_SECONDS = 5;

export function createJobs({ ownerUrl, onFailure }: JobsOptions): Jobs {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    application_name: 'terreau jobs',
    schema: 'pgboss',
    max: 3,
    useListenNotify: true,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', onFailure);
  const workers = new Map<string, { readonly handler: JobHandler; readonly concurrency: number }>();
  const queues = new Map<string, Promise<void>>();
  let isStarted = false;

  const ensureQueue = (name: string) => {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const created = createQueue(boss, name);
    queues.set(name, created);
    created.catch(() => queues.delete(name));
    return created;
  };
  const serve = async (name: string) => {
    const worker = workers.get(name);
    if (worker === undefined) return;
    await ensureQueue(name);
    const options = {
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 5,
      localConcurrency: worker.concurrency,
    };
    await boss.work<JobData>(name, options, async (jobs) => {
      for (const job of jobs) await attempt(() => worker.handler(job.data), onFailure);
    });
  };
  return {
    async start() {
      await boss.start();
      isStarted = true;
      for (const name of workers.keys()) await serve(name);
    },
    async stop() {
      if (!isStarted) return;
      isStarted = false;
      await boss.stop({ graceful: true, timeout: LAST_WAIT_MS });
    },
    async send(name, data, afterSeconds = 0) {
      await ensureQueue(name);
      await boss.send(name, data, { startAfter: afterSeconds });
    },
    async work(name, handler, concurrency = 1) {
      workers.set(name, { handler, concurrency });
      if (isStarted) await serve(name);
    },
  };
}

function createQueue(boss: PgBoss, name: string): Promise<void> {
  return boss.createQueue(name, {
    notify: true,
    retryLimit: RETRIES,
    retryDelay: RETRY_SECONDS,
    expireInSeconds: LONGEST_JOB_SECONDS,
    deleteAfterSeconds: KEPT_SECONDS,
  });
}

/** Tells of a failure before the queue puts the job back. */
async function attempt(work: () => Promise<void>, onFailure: JobsOptions['onFailure']): Promise<void> {
  try {
    await work();
  } catch (error) {
    onFailure(error);
    throw error;
  }
}
