/** The only place that writes offers one by one (files are loaded by `import-commands.server.ts`). */
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { NO_CONDITIONS, readConditions, storeConditions, type OfferConditions } from './conditions.ts';
import {
  editOffer as ruleOfEdit,
  pauseOffer as ruleOfPause,
  reopenOffer as ruleOfReopening,
  resumeOffer as ruleOfResumption,
  withdrawOffer as ruleOfWithdrawal,
  type OfferId,
  type OfferRefusal,
  type OfferStanding,
  type OfferState,
} from './offer.ts';
import { mayEdit, mayRead, mayState, type Stated } from './policy.ts';
import type { OfferInput } from './schema.ts';
import { checkStatement } from './stated.server.ts';
import type { StatedRefusal } from './stated.ts';
import { liveUnits, pendingMatches } from './visibility.server.ts';

export type OfferCommandRefusal = StatedRefusal | OfferRefusal | 'kind-promised';
export const OFFER_MOVES = ['pause', 'resume', 'withdraw', 'reopen'] as const;
export type OfferMove = (typeof OFFER_MOVES)[number];

export async function stateOffer(
  tx: TerritoryTransaction,
  principal: Principal,
  input: OfferInput,
  at: Moment,
): Promise<Result<{ id: OfferId }, OfferCommandRefusal>> {
  if (!mayState(principal, input.organisation)) return refused('not-allowed');
  const checked = await checkStatement(tx, input);
  if (!checked.ok) return checked;
  const id = newId<'offer'>(at.now, at.fillRandom);
  await tx
    .insertInto('offers')
    .values({
      territory_id: tx.territoryId,
      id,
      organisation_id: input.organisation,
      ...columnsOf(input, NO_CONDITIONS),
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
    { kind: 'offer-stated', subjectId: id, payload: { kind: input.kind, capacity: input.capacity } },
    at,
  );
  return done({ id });
}

/** Refuses `stale` when the offer changed since `input.version` was read; its organisation stays the same. */
export async function editOffer(
  tx: TerritoryTransaction,
  principal: Principal,
  id: OfferId,
  input: OfferInput,
  at: Moment,
): Promise<Result<{ id: OfferId }, OfferCommandRefusal>> {
  const found = await findForChange(tx, principal, id, input.version);
  if (!found.ok) return found;
  const offer = found.value;
  const allowed = ruleOfEdit(offer, input.capacity);
  if (!allowed.ok) return allowed;
  if (input.kind !== offer.kindCode && offer.liveUnits > 0) return refused('kind-promised');
  const checked = await checkStatement(tx, { ...input, organisation: offer.organisationId });
  if (!checked.ok) return checked;
  await update(
    tx,
    id,
    { ...columnsOf(input, offer.conditions), unit: checked.value.unit, theme_codes: [...checked.value.themes] },
    at,
  );
  await appendEvent(tx, principal, { kind: 'offer-edited', subjectId: id, payload: { capacity: input.capacity } }, at);
  return done({ id });
}

const MOVES: Readonly<
  Record<
    OfferMove,
    { readonly rule: (standing: OfferStanding) => Result<OfferState, OfferRefusal>; readonly event: string }
  >
> = {
  pause: { rule: ruleOfPause, event: 'offer-paused' },
  resume: { rule: ruleOfResumption, event: 'offer-resumed' },
  withdraw: { rule: ruleOfWithdrawal, event: 'offer-withdrawn' },
  reopen: { rule: ruleOfReopening, event: 'offer-reopened' },
};

/** Pauses, resumes, withdraws or reopens an offer; `stale` when it changed since `version` was read. */
export async function moveOffer(
  tx: TerritoryTransaction,
  principal: Principal,
  id: OfferId,
  given: { readonly move: OfferMove; readonly version: number },
  at: Moment,
): Promise<Result<OfferState, OfferCommandRefusal>> {
  const found = await findForChange(tx, principal, id, given.version);
  if (!found.ok) return found;
  const { rule, event } = MOVES[given.move];
  const moved = rule(found.value);
  if (!moved.ok) return moved;
  await update(tx, id, { state: moved.value }, at);
  await appendEvent(tx, principal, { kind: event, subjectId: id }, at);
  return moved;
}

type LockedOffer = OfferStanding &
  Stated & {
    readonly state: OfferState;
    readonly kindCode: string;
    readonly version: number;
    readonly conditions: OfferConditions;
  };

async function findForChange(
  tx: TerritoryTransaction,
  principal: Principal,
  id: OfferId,
  version: number,
): Promise<Result<LockedOffer, OfferCommandRefusal>> {
  const offer = await lockOffer(tx, id);
  if (offer === undefined || !mayRead(principal, offer)) return refused('not-found');
  if (!mayEdit(principal, offer)) return refused('not-allowed');
  return offer.version === version ? done(offer) : refused('stale');
}

/** The offer as it stands, kept from others until the end of the transaction. */
async function lockOffer(tx: TerritoryTransaction, id: OfferId): Promise<LockedOffer | undefined> {
  // Locked first: what is promised is counted after the wait, not before.
  await tx
    .selectFrom('offers')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  const row = await tx
    .selectFrom('offers')
    .select([
      'organisation_id',
      'visibility',
      'state',
      'kind_code',
      'capacity',
      'version',
      'conditions',
      liveUnits('offers').as('live_units'),
      pendingMatches('offers').as('pending_matches'),
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
    capacity: row.capacity,
    version: row.version,
    conditions: readConditions(row.conditions, null, null),
    liveUnits: row.live_units,
    pendingMatches: row.pending_matches,
  };
}

async function update(
  tx: TerritoryTransaction,
  id: OfferId,
  columns: Partial<ReturnType<typeof columnsOf>> & { readonly state?: OfferState; readonly unit?: string },
  at: Moment,
): Promise<void> {
  await tx
    .updateTable('offers')
    .set((column) => ({ ...columns, updated_at: at.now, version: column('version', '+', 1) }))
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
}

/** `before` holds the conditions that the form does not show (departments, places in words): they are kept. */
function columnsOf(input: OfferInput, before: OfferConditions) {
  const conditions: OfferConditions = {
    ...before,
    nafSections: input.nafSections,
    regions: input.regions,
    minEmployees: input.minEmployees ?? null,
    maxEmployees: input.maxEmployees ?? null,
    excludesSoleTraders: input.excludesSoleTraders,
    toVerify: input.toVerify,
  };
  return {
    kind_code: input.kind,
    capacity: input.capacity,
    minimum: input.minimum,
    title: input.title,
    body: input.body,
    available_from: input.availableFrom ?? null,
    available_until: input.availableTo?.add({ days: 1 }) ?? null,
    visibility: input.visibility,
    conditions: JSON.stringify(storeConditions(conditions)),
    theme_codes: [...input.themes],
  };
}
