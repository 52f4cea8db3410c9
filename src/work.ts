/** The work that outlives a request: which jobs there are, who does them, and what is taken up again at the start. */
import type { Config } from './config.ts';
import { createImportJob, IMPORT_JOB, recoverImports } from './domains/imports/import-job.server.ts';
import { createRunJob, recoverRuns, SOLVE_JOB } from './domains/matching/run-job.server.ts';
import {
  createRegisterJob,
  recoverRegister,
  REGISTER_JOB,
  type RegisterJobParts,
} from './domains/territory/register-job.server.ts';
import type { Services } from './domains/territory/visit.ts';
import type { FillRandom } from './lib/ids.ts';
import { createEmbeddings } from './platform/embeddings/embeddings.ts';
import { httpEmbedder } from './platform/embeddings/http-embedder.ts';
import type { JobHandler, Jobs } from './platform/jobs/jobs.ts';
import type { Database } from './platform/postgres/database.ts';
import { companyRegister } from './platform/register/company-register.ts';

export interface Work {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly services: Services;
  /** The module that solves in a thread of its own. */
  readonly workerUrl: URL;
  readonly now: () => Temporal.Instant;
  readonly onFailure: (failure: unknown) => void;
}

const fillRandom: FillRandom = (bytes) => void crypto.getRandomValues(bytes);

/** Says who does each job, opens the queue, and takes up what was cut off. */
export async function startWork(config: Config, work: Work): Promise<void> {
  const { database, jobs, services, workerUrl, now, onFailure } = work;
  const embed = config.embeddings && createEmbeddings(httpEmbedder(config.embeddings));
  await jobs.work(SOLVE_JOB, createRunJob({ database, solver: { workerUrl }, embed, now, onFailure }));
  await jobs.work(IMPORT_JOB, createImportJob({ database, now, fillRandom, onFailure }));
  await jobs.work(REGISTER_JOB, registerJob(config, { database, now, jobs }));
  await jobs.start();
  await recoverWork(config, database, services, now());
}

/** Without an address nothing is asked: what waits, waits until there is one. */
function registerJob(
  { registerUrl, publicUrl }: Config,
  { jobs, ...parts }: Pick<RegisterJobParts, 'database' | 'now'> & { readonly jobs: Jobs },
): JobHandler {
  if (registerUrl === undefined) return () => Promise.resolve();
  const register = companyRegister({ url: registerUrl, userAgent: `Terreau (+${publicUrl})` });
  const startLater: RegisterJobParts['startLater'] = (data, seconds) => jobs.send(REGISTER_JOB, data, seconds);
  return createRegisterJob({ ...parts, register, fillRandom, startLater });
}

/** What was cut off or left waiting when the program last ended. */
async function recoverWork(
  { registerUrl }: Config,
  database: Database,
  { startJob }: Services,
  now: Temporal.Instant,
): Promise<void> {
  await recoverRuns(database, startJob);
  await recoverImports(database, startJob, now);
  if (registerUrl !== undefined) await recoverRegister(database, startJob);
}
