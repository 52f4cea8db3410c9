/** The only place that writes firms outside of the territory, their links, mergers and splits. */
import { newId, type Id } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { mayDecideAid } from './aid-policy.ts';
import { holdTies } from './undertaking-facts.server.ts';
import type { FirmId, FirmKind, FirmLink } from './undertaking.ts';

export interface FirmInput {
  readonly name: string;
  readonly siren: string | null;
  readonly kind: FirmKind;
  readonly memberState: string;
}

/** Names a firm, a public body or a person that is no organisation of the territory. */
export async function nameFirm(
  tx: TerritoryTransaction,
  principal: Principal,
  input: FirmInput,
  at: Moment,
): Promise<Result<FirmId, 'not-allowed'>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const id = newId<'firm'>(at.now, at.fillRandom);
  const { name, siren, kind, memberState } = input;
  await tx
    .insertInto('aid_firms')
    .values({ territory_id: tx.territoryId, id, name, siren, kind, member_state: memberState, created_at: at.now })
    .execute();
  await appendEvent(tx, principal, { kind: 'aid-firm-named', subjectId: id, payload: { name } }, at);
  return done(id);
}

export interface LinkInput extends FirmLink {
  readonly evidence: string;
}

export type LinkRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'same-firm'
  | 'ends-before-it-starts'
  | 'already-recorded'
  | 'votes-missing';

/** Records a tie. Past decisions stay; the next one counts with it. */
export async function recordLink(
  tx: TerritoryTransaction,
  principal: Principal,
  input: LinkInput,
  at: Moment,
): Promise<Result<Id<'link'>, LinkRefusal>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const { holderId, heldId, ground, since, until, evidence } = input;
  if (holderId === heldId) return refused('same-firm');
  if (until !== null && Temporal.PlainDate.compare(until, since) < 0) return refused('ends-before-it-starts');
  if (ground === 'votes' && input.votesPerMyriad === null) return refused('votes-missing');
  await holdTies(tx);
  if (!(await areKnown(tx, [holderId, heldId]))) return refused('not-found');
  if (await isRecorded(tx, input)) return refused('already-recorded');
  const id = newId<'link'>(at.now, at.fillRandom);
  await tx
    .insertInto('firm_links')
    .values({
      territory_id: tx.territoryId,
      id,
      holder_id: holderId,
      held_id: heldId,
      ground,
      votes_per_myriad: ground === 'votes' ? input.votesPerMyriad : null,
      since,
      until,
      evidence,
      recorded_by: personOf(principal),
      recorded_at: at.now,
    })
    .execute();
  const payload = { held: heldId, ground, since: since.toString() };
  await appendEvent(tx, principal, { kind: 'firm-link-recorded', subjectId: holderId, payload }, at);
  return done(id);
}

/** A tie ends: from the next day on, the other firm's aid counts no more (DM-09). */
export async function endLink(
  tx: TerritoryTransaction,
  principal: Principal,
  { linkId, lastDay }: { readonly linkId: Id<'link'>; readonly lastDay: Temporal.PlainDate },
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found' | 'ends-before-it-starts'>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  await holdTies(tx);
  const link = await tx
    .selectFrom('firm_links')
    .select(['since', 'holder_id'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', linkId)
    .where('until', 'is', null)
    .executeTakeFirst();
  if (link === undefined) return refused('not-found');
  if (Temporal.PlainDate.compare(lastDay, link.since) < 0) return refused('ends-before-it-starts');
  await tx
    .updateTable('firm_links')
    .set({ until: lastDay })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', linkId)
    .execute();
  const payload = { link: linkId, until: lastDay.toString() };
  await appendEvent(tx, principal, { kind: 'firm-link-ended', subjectId: link.holder_id, payload }, at);
  return done(undefined);
}

export interface SuccessionInput {
  readonly fromId: FirmId;
  readonly effectiveOn: Temporal.PlainDate;
  readonly heirs: readonly { readonly firmId: FirmId; readonly equityCents: bigint }[];
}

/** A merger (one heir) or a split (several, with the book value of their equity): who carries the prior aid on (DM-09). */
export async function recordSuccession(
  tx: TerritoryTransaction,
  principal: Principal,
  { fromId, effectiveOn, heirs }: SuccessionInput,
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found' | 'same-firm' | 'already-recorded'>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const ids = heirs.map(({ firmId }) => firmId);
  if (ids.includes(fromId) || new Set(ids).size < ids.length) return refused('same-firm');
  await holdTies(tx);
  if (ids.length === 0 || !(await areKnown(tx, [fromId, ...ids]))) return refused('not-found');
  const past = await tx
    .selectFrom('firm_successions')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('from_id', '=', fromId)
    .executeTakeFirst();
  // A firm ends once.
  if (past !== undefined) return refused('already-recorded');
  const rows = heirs.map(({ firmId, equityCents }) => ({
    territory_id: tx.territoryId,
    id: newId<'succession'>(at.now, at.fillRandom),
    from_id: fromId,
    heir_id: firmId,
    effective_on: effectiveOn,
    equity_cents: equityCents,
    recorded_by: personOf(principal),
    recorded_at: at.now,
  }));
  await tx.insertInto('firm_successions').values(rows).execute();
  const payload = { heirs: ids.length, on: effectiveOn.toString() };
  await appendEvent(tx, principal, { kind: 'firm-succeeded', subjectId: fromId, payload }, at);
  return done(undefined);
}

async function areKnown(tx: TerritoryTransaction, ids: readonly FirmId[]): Promise<boolean> {
  const rows = await tx
    .selectFrom('aid_firms')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', 'in', ids)
    .execute();
  return rows.length === new Set(ids).size;
}

async function isRecorded(tx: TerritoryTransaction, input: LinkInput): Promise<boolean> {
  const rows = await tx
    .selectFrom('firm_links')
    .select(['since', 'until'])
    .where('territory_id', '=', tx.territoryId)
    .where('holder_id', '=', input.holderId)
    .where('held_id', '=', input.heldId)
    .where('ground', '=', input.ground)
    .execute();
  const compare = Temporal.PlainDate.compare;
  return rows.some(
    ({ since, until }) =>
      (until === null || compare(input.since, until) <= 0) &&
      (input.until === null || compare(since, input.until) <= 0),
  );
}
