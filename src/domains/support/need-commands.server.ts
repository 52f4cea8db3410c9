/** The only place that writes needs one by one (files are loaded by `import-commands.server.ts`). */
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { storeFacts } from './conditions.ts';
import {
  editNeed as ruleOfEdit,
  meetNeed,
  reopenNeed as ruleOfReopening,
  withdrawNeed as ruleOfWithdrawal,
  type NeedId,
  type NeedRefusal,
  type NeedStanding,
  type NeedState,
} from './need.ts';
import { mayEdit, mayRead, mayState, type Stated } from './policy.ts';
import type { NeedInput } from './schema.ts';
import { checkStatement } from './stated.server.ts';
import type { StatedRefusal } from './stated.ts';
import { liveUnits, pendingMatches } from './visibility.server.ts';

export type NeedCommandRefusal = StatedRefusal | NeedRefusal | 'kind-promised';

export async function stateNeed(
  tx: TerritoryTransaction,
  principal: Principal,
  input: NeedInput,
  at: Moment,
): Promise<Result<{ id: NeedId }, NeedCommandRefusal>> {
  if (!mayState(principal, input.organisation)) return refused('not-allowed');
  const checked = await checkStatement(tx, input);
  if (!checked.ok) return checked;
  const id = newId<'need'>(at.now, at.fillRandom);
  await tx
    .insertInto('needs')
    .values({
      territory_id: tx.territoryId,
      id,
      organisation_id: input.organisation,
      ...columnsOf(input),
      unit: checked.value.unit,
      theme_codes: [...checked.value.themes],
      created_by: personOf(principal),
      created_at: at.now,
      updated_at: at.now,
    })
    .execute();
  await appendEvent(
    tx,
    principal,
    { kind: 'need-stated', subjectId: id, payload: { kind: input.kind, quantity: input.quantity } },
    at,
  );
  return done({ id });
}

/** Refuses `stale` when the need changed since `input.version` was read; its organisation stays the same. */
export async function editNeed(
  tx: TerritoryTransaction,
  principal: Principal,
  id: NeedId,
  input: NeedInput,
  at: Moment,
): Promise<Result<{ id: NeedId }, NeedCommandRefusal>> {
  const found = await findForChange(tx, principal, id, input.version);
  if (!found.ok) return found;
  const need = found.value;
  const allowed = ruleOfEdit(need, input.quantity);
  if (!allowed.ok) return allowed;
  if (input.kind !== need.kindCode && need.liveUnits > 0) return refused('kind-promised');
  const checked = await checkStatement(tx, { ...input, organisation: need.organisationId });
  if (!checked.ok) return checked;
  await update(tx, id, { ...columnsOf(input), unit: checked.value.unit, theme_codes: [...checked.value.themes] }, at);
  await appendEvent(tx, principal, { kind: 'need-edited', subjectId: id, payload: { quantity: input.quantity } }, at);
  return done({ id });
}

export function withdrawNeed(
  tx: TerritoryTransaction,
  principal: Principal,
  id: NeedId,
  version: number,
  at: Moment,
): Promise<Result<NeedState, NeedCommandRefusal>> {
  return move(tx, principal, { id, version, rule: ruleOfWithdrawal, event: 'need-withdrawn' }, at);
}

export function reopenNeed(
  tx: TerritoryTransaction,
  principal: Principal,
  id: NeedId,
  version: number,
  at: Moment,
): Promise<Result<NeedState, NeedCommandRefusal>> {
  return move(tx, principal, { id, version, rule: ruleOfReopening, event: 'need-reopened' }, at);
}

/**
 * Called once a delivery is booked: an open need whose `delivered` units reach its quantity is met. Anything else
 * changes nothing and is refused with the reason. The caller has checked who may book.
 */
export async function markNeedMet(
  tx: TerritoryTransaction,
  given: { readonly needId: NeedId; readonly delivered: number },
  at: Moment,
): Promise<Result<NeedState, NeedCommandRefusal>> {
  const need = await lockNeed(tx, given.needId);
  if (need === undefined) return refused('not-found');
  const allowed = meetNeed(need, given.delivered);
  if (!allowed.ok) return allowed;
  await update(tx, given.needId, { state: allowed.value }, at);
  await appendEvent(
    tx,
    { kind: 'system', job: 'delivery' },
    { kind: 'need-met', subjectId: given.needId, payload: { delivered: given.delivered } },
    at,
  );
  return allowed;
}

interface Move {
  readonly id: NeedId;
  readonly version: number;
  readonly rule: (standing: NeedStanding) => Result<NeedState, NeedRefusal>;
  readonly event: string;
}

async function move(
  tx: TerritoryTransaction,
  principal: Principal,
  { id, version, rule, event }: Move,
  at: Moment,
): Promise<Result<NeedState, NeedCommandRefusal>> {
  const found = await findForChange(tx, principal, id, version);
  if (!found.ok) return found;
  const moved = rule(found.value);
  if (!moved.ok) return moved;
  await update(tx, id, { state: moved.value }, at);
  await appendEvent(tx, principal, { kind: event, subjectId: id }, at);
  return moved;
}

type LockedNeed = NeedStanding &
  Stated & { readonly state: NeedState; readonly kindCode: string; readonly version: number };

async function findForChange(
  tx: TerritoryTransaction,
  principal: Principal,
  id: NeedId,
  version: number,
): Promise<Result<LockedNeed, NeedCommandRefusal>> {
  const need = await lockNeed(tx, id);
  if (need === undefined || !mayRead(principal, need)) return refused('not-found');
  if (!mayEdit(principal, need)) return refused('not-allowed');
  return need.version === version ? done(need) : refused('stale');
}

/** The need as it stands, kept from others until the end of the transaction. */
async function lockNeed(tx: TerritoryTransaction, id: NeedId): Promise<LockedNeed | undefined> {
  // Locked first: what is promised is counted after the wait, not before.
  await tx
    .selectFrom('needs')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  const row = await tx
    .selectFrom('needs')
    .select([
      'organisation_id',
      'visibility',
      'state',
      'kind_code',
      'quantity',
      'version',
      liveUnits('needs').as('live_units'),
      pendingMatches('needs').as('pending_matches'),
    ])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    organisationId: row.organisation_id,
    visibility: row.visibility,
    state: row.state,
    kindCode: row.kind_code,
    quantity: row.quantity,
    version: row.version,
    liveUnits: row.live_units,
    pendingMatches: row.pending_matches,
  };
}

async function update(
  tx: TerritoryTransaction,
  id: NeedId,
  columns: Partial<ReturnType<typeof columnsOf>> & { readonly state?: NeedState; readonly unit?: string },
  at: Moment,
): Promise<void> {
  await tx
    .updateTable('needs')
    .set((column) => ({ ...columns, updated_at: at.now, version: column('version', '+', 1) }))
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
}

function columnsOf(input: NeedInput) {
  const facts = {
    nafSections: input.nafSections,
    regionCode: input.region ?? null,
    employees: input.employees ?? null,
    isSoleTrader: input.soleTrader,
  };
  return {
    kind_code: input.kind,
    quantity: input.quantity,
    title: input.title,
    body: input.body,
    urgency: input.urgency,
    needed_by: input.neededBy ?? null,
    visibility: input.visibility,
    conditions: JSON.stringify(storeFacts(facts)),
    theme_codes: [...input.themes],
  };
}
