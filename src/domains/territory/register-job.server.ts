/**
 * Asks the public register about every organisation whose SIREN is new, in the background: nobody waits for it.
 *
 * Must always hold: a SIREN that was not answered stays `pending` and is asked again, later and later while the
 * register is down (never more than six hours apart), also after the server was stopped; the network is never waited
 * for inside of a transaction; an organisation whose SIREN changed meanwhile is asked about anew.
 */
import { ensureId, type FillRandom, type OrganisationId, type TerritoryId } from '../../lib/ids.ts';
import type { JobData, JobHandler } from '../../platform/jobs/jobs.ts';
import {
  withInstance,
  withTerritory,
  type Database,
  type TerritoryTransaction,
} from '../../platform/postgres/database.ts';
import { RegisterOutage, type CompanyRegister, type RegisterUnit } from '../../platform/register/company-register.ts';
import { lockStanding } from './fact-storing.server.ts';
import { writeFact } from './fact-writing.server.ts';
import { factsFromRegister, HEADCOUNT_FIELD, registerStateOf, type RegisterState } from './register.ts';
import type { Moment } from './events.server.ts';

/** Name of the job, for `services.startJob` and for the queue. */
export const REGISTER_JOB = 'ask-register';

export interface RegisterJobParts {
  readonly database: Database;
  readonly register: CompanyRegister;
  readonly now: () => Temporal.Instant;
  readonly fillRandom: FillRandom;
  readonly startLater: (data: JobData, seconds: number) => Promise<void>;
}

const BATCH = 50;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 6 * 3600;

export function registerJobData(territoryId: TerritoryId, attempt = 0): JobData {
  return { territory: territoryId, attempt: String(attempt) };
}

export function createRegisterJob(parts: RegisterJobParts): JobHandler {
  return async (data) => {
    const territoryId = ensureId<'territory'>(data['territory'] ?? '');
    let attempt = Number(data['attempt'] ?? '0');
    for (;;) {
      const pending = await withTerritory(parts.database, territoryId, (tx) => pendingOrganisations(tx), {
        readOnly: true,
      });
      if (pending.length === 0) return;
      for (const organisation of pending) {
        const answer = await answerOf(parts.register, organisation.siren);
        if (answer instanceof RegisterOutage) {
          await parts.startLater(registerJobData(territoryId, attempt + 1), waitSeconds(attempt, answer));
          return;
        }
        attempt = 0;
        const at = { now: parts.now(), fillRandom: parts.fillRandom };
        await withTerritory(parts.database, territoryId, (tx) =>
          keepAnswer(tx, { ...organisation, unit: answer.unit }, at),
        );
      }
    }
  };
}

/** Where something waits to be asked when the server starts. */
export async function recoverRegister(
  database: Database,
  startJob: (name: string, data: JobData) => Promise<void>,
): Promise<void> {
  const territories = await withInstance(database, (tx) => tx.selectFrom('territories').select('id').execute(), {
    readOnly: true,
  });
  for (const { id } of territories) {
    const pending = await withTerritory(database, id, (tx) => pendingOrganisations(tx), { readOnly: true });
    if (pending.length > 0) await startJob(REGISTER_JOB, registerJobData(id));
  }
}

/** Twice as long after each failure, and no sooner than the register asks. */
export function waitSeconds(
  attempt: number,
  { retryAfterMs = 0 }: { readonly retryAfterMs?: number | undefined },
): number {
  const backOff = Math.min(FIRST_WAIT_SECONDS * 2 ** attempt, LONGEST_WAIT_SECONDS);
  return Math.max(backOff, Math.ceil(retryAfterMs / 1000));
}

interface Pending {
  readonly id: OrganisationId;
  readonly siren: string;
}

async function answerOf(register: CompanyRegister, siren: string) {
  try {
    return { unit: await register.find(siren) };
  } catch (error) {
    if (error instanceof RegisterOutage) return error;
    throw error;
  }
}

async function pendingOrganisations(tx: TerritoryTransaction): Promise<Pending[]> {
  const rows = await tx
    .selectFrom('organisations')
    .select(['id', 'siren'])
    .where('territory_id', '=', tx.territoryId)
    .where('register_state', '=', 'pending')
    .where('withdrawn_at', 'is', null)
    .where('merged_into_id', 'is', null)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  return rows.flatMap(({ id, siren }) => (siren === null ? [] : [{ id, siren }]));
}

async function keepAnswer(
  tx: TerritoryTransaction,
  { id, siren, unit }: Pending & { readonly unit: RegisterUnit | undefined },
  at: Moment,
): Promise<void> {
  const standing = (await lockStanding(tx, [id])).get(id);
  if (standing === undefined || standing.facts.siren !== siren) return;
  if (unit !== undefined) {
    await ensureHeadcountField(tx, unit);
    const facts = factsFromRegister(standing.facts, unit);
    // What people stated may contradict the register (founded after it closed): then theirs stays, and the state tells.
    await writeFact(tx, { kind: 'system', job: REGISTER_JOB }, { kind: 'register' }, { id, facts }, at);
  }
  await markRegister(tx, id, registerStateOf(unit), at);
}

async function markRegister(tx: TerritoryTransaction, id: OrganisationId, state: RegisterState, at: Moment) {
  await tx
    .updateTable('organisations')
    .set({
      register_state: state,
      register_checked_at: at.now,
      ...(state === 'not-diffusible' ? { is_listed: false } : {}),
    })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
}

/** The range of staff is a field of the territory's own, made when the register first tells one. */
async function ensureHeadcountField(tx: TerritoryTransaction, { headcountCode }: RegisterUnit): Promise<void> {
  if (headcountCode === null) return;
  await tx
    .insertInto('directory_fields')
    .values({
      territory_id: tx.territoryId,
      code: HEADCOUNT_FIELD,
      label_fr: 'Tranche d’effectif',
      label_en: 'Range of staff',
      value_type: 'text',
      is_public: true,
      position: 1000,
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'code']).doNothing())
    .execute();
}
