/** Opening and closing fiscal years, and naming programmes. A closed year is never opened again: the database agrees. */
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { holdDays } from './day-lock.server.ts';
import {
  checkClosable,
  checkPeriod,
  type CloseYearRefusal,
  type FiscalYear,
  type OpenYearRefusal,
} from './fiscal-year.ts';
import { mayCloseYears } from './policy.ts';
import { headOf, sealBlock } from './sealing.server.ts';
import { isInDirectory } from '../territory/queries.server.ts';

export async function fiscalYears(tx: TerritoryTransaction): Promise<FiscalYear[]> {
  const rows = await tx
    .selectFrom('fiscal_years')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .orderBy('starts_on', 'desc')
    .execute();
  return rows.map((row) => ({
    code: row.code,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    state: row.state,
    closedAt: row.closed_at,
    closedHash: row.closed_hash,
  }));
}

export async function openFiscalYear(
  tx: TerritoryTransaction,
  principal: Principal,
  period: Pick<FiscalYear, 'startsOn' | 'endsOn'>,
): Promise<Result<{ code: string }, OpenYearRefusal | 'not-allowed'>> {
  if (!mayCloseYears(principal)) return refused('not-allowed');
  await holdDays(tx);
  const checked = checkPeriod(period, await fiscalYears(tx));
  if (!checked.ok) return checked;
  const { code } = checked.value;
  await tx
    .insertInto('fiscal_years')
    .values({ territory_id: tx.territoryId, code, starts_on: period.startsOn, ends_on: period.endsOn })
    .execute();
  return done({ code });
}

/**
 * Closes a year: whoever posts at this moment is waited for, all that was posted is sealed, and the year keeps the hash
 * of the last block. Nothing can be posted into it afterwards.
 */
export async function closeFiscalYear(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly code: string; readonly today: Temporal.PlainDate },
  at: Moment,
): Promise<Result<FiscalYear, CloseYearRefusal | 'not-allowed' | 'not-found'>> {
  if (!mayCloseYears(principal)) return refused('not-allowed');
  await holdDays(tx);
  const years = await fiscalYears(tx);
  const year = years.find(({ code }) => code === input.code);
  if (year === undefined) return refused('not-found');
  const closable = checkClosable(year, years, input.today);
  if (!closable.ok) return closable;
  while ((await sealBlock(tx, at.now)) !== undefined);
  const head = await headOf(tx);
  const closedHash = head?.hash ?? null;
  await tx
    .updateTable('fiscal_years')
    .set({ state: 'closed', closed_at: at.now, closed_by: personOf(principal), closed_hash: closedHash })
    .where('territory_id', '=', tx.territoryId)
    .where('code', '=', year.code)
    .execute();
  await appendEvent(
    tx,
    principal,
    { kind: 'fiscal-year-closed', subjectId: tx.territoryId, payload: { code: year.code, hash: closedHash } },
    at,
  );
  return done({ ...year, state: 'closed', closedAt: at.now, closedHash });
}

export interface Programme {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** The programmes that entries may belong to. */
export async function listProgrammes(tx: TerritoryTransaction): Promise<Programme[]> {
  return tx
    .selectFrom('programmes')
    .select(['code', 'label_fr as labelFr', 'label_en as labelEn'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('position')
    .orderBy('code')
    .execute();
}

export interface KeeperChoice {
  readonly id: OrganisationId;
  readonly name: string;
  readonly siren: string | null;
}

/** Organisations that may answer for the books: support structures and public bodies. */
export async function keeperChoices(tx: TerritoryTransaction): Promise<KeeperChoice[]> {
  return tx
    .selectFrom('organisations as o')
    .select(['o.id', 'o.name', 'o.siren'])
    .where('o.territory_id', '=', tx.territoryId)
    .where(isInDirectory('o'))
    .where((has) =>
      has.exists(
        has
          .selectFrom('organisation_parts as p')
          .select('p.part')
          .whereRef('p.territory_id', '=', 'o.territory_id')
          .whereRef('p.organisation_id', '=', 'o.id')
          .where('p.part', 'in', ['support-structure', 'public-body']),
      ),
    )
    .orderBy('o.name')
    .execute();
}

/** Says whose books these are. */
export async function chooseKeeper(
  tx: TerritoryTransaction,
  principal: Principal,
  organisationId: OrganisationId,
): Promise<Result<void, 'not-allowed' | 'not-found'>> {
  if (!mayCloseYears(principal)) return refused('not-allowed');
  const known = (await keeperChoices(tx)).some(({ id }) => id === organisationId);
  if (!known) return refused('not-found');
  await tx
    .insertInto('ledger_keepers')
    .values({ territory_id: tx.territoryId, organisation_id: organisationId })
    .onConflict((conflict) => conflict.column('territory_id').doUpdateSet({ organisation_id: organisationId }))
    .execute();
  return done(undefined);
}
