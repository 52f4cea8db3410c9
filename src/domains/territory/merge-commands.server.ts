/**
 * Two records of one organisation become one, by a person's hand, and can become two again.
 *
 * Must always hold: the one that goes keeps its row, its facts, its history and its address, which leads to the other;
 * taking a merge back restores what both were, or is refused with what stands in the way; merges are taken back in the
 * opposite order where they touch the same facts. Two that were said to be different are not proposed again.
 */
import { sql } from 'kysely';
import { newId, type Id, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import { lockStanding, markApart, markMerged, type Standing } from './fact-storing.server.ts';
import { undoChanges, type UndoAnswer } from './fact-undoing.server.ts';
import { momentAfter, writeFact, type FactRefusal } from './fact-writing.server.ts';
import { mergedFacts, type MergeChoices } from './merging.ts';
import { moveRows, moveRowsBack, type MergedPair, type Moved } from './merge-moving.server.ts';
import { mayTidyDirectory } from './policy.ts';
import { personOf, type Principal } from './principal.ts';

export type MergeId = Id<'merge'>;

export interface MergeWish extends MergedPair {
  readonly choices: MergeChoices;
  /** The versions that the person saw side by side. */
  readonly keptVersion: number;
  readonly goneVersion: number;
}

/** What a merge wrote down to be taken back. */
interface Written extends Moved {
  readonly wasListed: boolean;
}

export type MergeRefusal = 'not-allowed' | 'same-organisation' | FactRefusal;

/** After a refusal the caller lets the transaction go. */
export async function mergeOrganisations(
  tx: TerritoryTransaction,
  principal: Principal,
  { kept, gone, choices, keptVersion, goneVersion }: MergeWish,
  at: Moment,
): Promise<Result<{ mergeId: MergeId }, MergeRefusal>> {
  if (!mayTidyDirectory(principal)) return refused('not-allowed');
  if (kept === gone) return refused('same-organisation');
  const standing = await lockStanding(tx, [kept, gone]);
  const [one, other] = [standing.get(kept), standing.get(gone)];
  if (!isHere(one) || !isHere(other)) return refused('not-found');
  if (one.version !== keptVersion || other.version !== goneVersion) return refused('stale');
  const mergeId = newId<'merge'>(at.now, at.fillRandom);
  await markMerged(tx, gone, kept, momentAfter(at, other.updatedAt));
  const facts = mergedFacts(one.facts, other.facts, choices);
  const written = await writeFact(tx, principal, { kind: 'merge', id: mergeId }, { id: kept, facts }, at);
  if (!written.ok) return written;
  const moved: Written = { ...(await moveRows(tx, { kept, gone })), wasListed: other.facts.isListed };
  await tx
    .insertInto('organisation_merges')
    .values({
      territory_id: tx.territoryId,
      id: mergeId,
      kept_id: kept,
      gone_id: gone,
      moved: JSON.stringify(moved),
      merged_by: personOf(principal),
      merged_at: at.now,
    })
    .execute();
  const payload = { name: other.facts.name, into: one.facts.name };
  await appendEvent(tx, principal, { kind: 'organisations-merged', subjectId: kept, payload }, at);
  return done({ mergeId });
}

export type UnmergeAnswer =
  | { readonly ok: true; readonly value: { readonly gone: string; readonly kept: string } }
  | {
      readonly ok: false;
      readonly reason: 'not-allowed' | 'not-found' | 'merged-further' | 'siren-taken';
      readonly facts?: Readonly<Record<string, string>>;
    }
  | Extract<UndoAnswer, { reason: 'depended-on' }>;

/** After a refusal the caller lets the transaction go. */
export async function unmergeOrganisations(
  tx: TerritoryTransaction,
  principal: Principal,
  mergeId: MergeId,
  at: Moment,
): Promise<UnmergeAnswer> {
  if (!mayTidyDirectory(principal)) return { ok: false, reason: 'not-allowed' };
  const merge = await lockMerge(tx, mergeId);
  if (merge === undefined) return { ok: false, reason: 'not-found' };
  const pair = { kept: merge.kept_id, gone: merge.gone_id };
  const standing = await lockStanding(tx, [pair.kept, pair.gone]);
  const [one, other] = [standing.get(pair.kept), standing.get(pair.gone)];
  if (!isHere(one) || other === undefined) return { ok: false, reason: 'merged-further' };
  const undone = await undoChanges(tx, principal, { sourceId: mergeId }, at);
  if (!undone.ok && undone.reason === 'depended-on') return undone;
  const holder = await holderOf(tx, other.facts.siren);
  if (holder !== undefined) return { ok: false, reason: 'siren-taken', facts: { name: holder } };
  const { wasListed, ...moved } = merge.moved as Written;
  await markApart(tx, pair.gone, wasListed, momentAfter(at, other.updatedAt));
  await moveRowsBack(tx, pair, moved);
  await tx
    .updateTable('organisation_merges')
    .set({ undone_at: at.now })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', mergeId)
    .execute();
  await moveWhatFitsNow(tx, pair.kept);
  const payload = { name: other.facts.name, from: one.facts.name };
  await appendEvent(tx, principal, { kind: 'organisations-unmerged', subjectId: pair.kept, payload }, at);
  return { ok: true, value: { gone: other.facts.name, kept: one.facts.name } };
}

export async function sayDifferent(
  tx: TerritoryTransaction,
  principal: Principal,
  { first, second }: { readonly first: OrganisationId; readonly second: OrganisationId },
  at: Moment,
): Promise<Result<undefined, 'not-allowed' | 'not-found'>> {
  if (!mayTidyDirectory(principal)) return refused('not-allowed');
  const standing = await lockStanding(tx, [first, second]);
  if (first === second || standing.size < 2) return refused('not-found');
  await tx
    .insertInto('organisation_distinctions')
    .values({
      territory_id: tx.territoryId,
      first_id: first < second ? first : second,
      second_id: first < second ? second : first,
      said_by: personOf(principal),
      said_at: at.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return done(undefined);
}

/** They may be one after all. */
export async function forgetDifferent(
  tx: TerritoryTransaction,
  principal: Principal,
  { first, second }: { readonly first: OrganisationId; readonly second: OrganisationId },
): Promise<Result<undefined, 'not-allowed' | 'not-found'>> {
  if (!mayTidyDirectory(principal)) return refused('not-allowed');
  const { rows } = await sql`
    delete from organisation_distinctions where territory_id = ${tx.territoryId}
      and first_id = least(${first}::uuid, ${second}::uuid) and second_id = greatest(${first}::uuid, ${second}::uuid)
    returning first_id`.execute(tx);
  return rows.length === 0 ? refused('not-found') : done(undefined);
}

function isHere(standing: Standing | undefined): standing is Standing {
  return standing !== undefined && !standing.isMerged && !standing.isWithdrawn;
}

function lockMerge(tx: TerritoryTransaction, mergeId: MergeId) {
  return tx
    .selectFrom('organisation_merges')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', mergeId)
    .where('undone_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** What had no place at the kept one beside what has just left it follows from the others that were merged into it. */
async function moveWhatFitsNow(tx: TerritoryTransaction, kept: OrganisationId): Promise<void> {
  const others = await tx
    .selectFrom('organisation_merges')
    .select(['id', 'gone_id', 'moved'])
    .where('territory_id', '=', tx.territoryId)
    .where('kept_id', '=', kept)
    .where('undone_at', 'is', null)
    .orderBy('merged_at')
    .forUpdate()
    .execute();
  for (const { id, gone_id: gone, moved } of others) {
    const known = moved as Written;
    const more = await moveRows(tx, { kept, gone });
    const rows = { ...known.rows };
    for (const [name, keys] of Object.entries(more.rows)) rows[name] = [...(rows[name] ?? []), ...keys];
    const promoted = [...known.promoted, ...more.promoted];
    await tx
      .updateTable('organisation_merges')
      .set({ moved: JSON.stringify({ ...known, rows, promoted }) })
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', id)
      .execute();
  }
}

async function holderOf(tx: TerritoryTransaction, siren: string | null): Promise<string | undefined> {
  if (siren === null) return undefined;
  const { rows } = await sql<{ name: string }>`
    select name from organisations where territory_id = ${tx.territoryId} and siren = ${siren}
      and withdrawn_at is null and merged_into_id is null`.execute(tx);
  return rows[0]?.name;
}
