/**
 * Taking changes back: one, or all of one source (an import, a merge).
 *
 * Must always hold: a fact goes back only while it is what the change made it, and nothing later depends on it;
 * otherwise nothing is written and what stands in the way is told. Changes are never rewritten: an undo is a change that
 * names the one it undoes, and may be undone itself. An organisation that an undone change had added is withdrawn: it
 * leaves every list and frees its address, its SIREN and its keys, its history stays.
 */
import { sql } from 'kysely';
import { present } from '../../lib/assert.ts';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from './events.server.ts';
import { insertChanges, lockStanding, updateStored } from './fact-storing.server.ts';
import type { ChangeId, ChangeRow, Standing, Stored } from './fact-storing.server.ts';
import { momentAfter } from './fact-writing.server.ts';
import { differenceOf, fromJson, toJson, withFacts, type Facts, type WrittenFacts } from './facts.ts';
import { personOf, type Principal } from './principal.ts';
import { freeSlugs } from './slugs.server.ts';
import { survivingThemes, type SurvivingThemes } from './theme-labels.server.ts';
import { laterChanges, leaningRows, type Obstacle } from './undo-obstacles.server.ts';

/** Which changes: some by their ids, or all that came from one source. */
export type ChangesToUndo = { readonly changeIds: readonly ChangeId[] } | { readonly sourceId: string };

export type UndoAnswer =
  | { readonly ok: true; readonly changes: number; readonly withdrawn: number }
  | { readonly ok: false; readonly reason: 'nothing-to-undo' }
  /** At most a hundred are named. */
  | { readonly ok: false; readonly reason: 'depended-on'; readonly obstacles: readonly Obstacle[] };

interface UndoableChange {
  readonly id: ChangeId;
  readonly organisationId: OrganisationId;
  readonly before: WrittenFacts;
  readonly after: WrittenFacts;
}

const BATCH = 1000;

/** All of them or none: after a refusal the caller lets the transaction go. Rights are asked by the command that calls. */
export async function undoChanges(
  tx: TerritoryTransaction,
  principal: Principal,
  which: ChangesToUndo,
  at: Moment,
): Promise<UndoAnswer> {
  const set = await undoableChanges(tx, which);
  if (set.length === 0) return { ok: false, reason: 'nothing-to-undo' };
  const ids = set.map(({ id }) => id);
  const obstacles = [...(await laterChanges(tx, ids)), ...(await leaningRows(tx, ids))];
  if (obstacles.length > 0) return { ok: false, reason: 'depended-on', obstacles: obstacles.slice(0, 100) };
  const themes = await survivingThemes(tx);
  let withdrawn = 0;
  for (const batch of batchesOf(set)) {
    const undone = await undoBatch(tx, { principal, at, themes }, batch);
    if (undone.obstacles.length > 0) return { ok: false, reason: 'depended-on', obstacles: undone.obstacles };
    withdrawn += undone.withdrawn;
  }
  await markUndone(tx, ids);
  return { ok: true, changes: ids.length, withdrawn };
}

type ChangeInSet = Pick<UndoableChange, 'id' | 'organisationId'>;

/** Empty too when one of the named changes cannot be undone (again). */
async function undoableChanges(tx: TerritoryTransaction, which: ChangesToUndo): Promise<ChangeInSet[]> {
  const query = tx
    .selectFrom('organisation_changes')
    .select(['id', 'organisation_id as organisationId'])
    .where('territory_id', '=', tx.territoryId)
    .where('state', '=', 'applied')
    .orderBy('organisation_id');
  if ('sourceId' in which) return query.where('source_id', '=', which.sourceId).execute();
  const rows = await query.where(sql<boolean>`id = any(${[...which.changeIds]}::uuid[])`).execute();
  return rows.length === new Set(which.changeIds).size ? rows : [];
}

/** All changes of one organisation are in one batch. */
function batchesOf(set: readonly ChangeInSet[]): ChangeInSet[][] {
  const batches: ChangeInSet[][] = [];
  let batch: ChangeInSet[] = [];
  for (const change of set) {
    const isFull = batch.length >= BATCH && batch.at(-1)?.organisationId !== change.organisationId;
    if (isFull) batches.push(batch);
    if (isFull) batch = [];
    batch.push(change);
  }
  return [...batches, batch];
}

async function undoBatch(tx: TerritoryTransaction, writer: Writer, batch: readonly ChangeInSet[]) {
  const standing = await lockStanding(tx, [...new Set(batch.map(({ organisationId }) => organisationId))]);
  const states = new Map([...standing].map(([id, was]) => [id, stateOf(was)]));
  const obstacles: Obstacle[] = [];
  for (const change of await changesOf(tx, batch)) {
    const state = present(states.get(change.organisationId), 'the organisation of a change');
    const obstacle = stepBack(state, change, writer);
    if (obstacle !== undefined) obstacles.push({ kind: obstacle, organisationId: change.organisationId });
  }
  obstacles.push(...(await takenSirens(tx, [...states.values()])));
  if (obstacles.length > 0) return { obstacles, withdrawn: 0 };
  await addressAgain(tx, [...states.values()]);
  await store(tx, [...states.values()]);
  const gone = [...states.values()].filter(({ isWithdrawn, was }) => isWithdrawn && !was.isWithdrawn);
  await forgetKeys(
    tx,
    gone.map(({ was }) => was.id),
  );
  return { obstacles, withdrawn: gone.length };
}

interface Writer {
  readonly principal: Principal;
  readonly at: Moment;
  readonly themes: SurvivingThemes;
}

/** An organisation on its way back, and the changes that lead there. */
interface State {
  readonly was: Standing;
  facts: Facts;
  slug: string;
  isWithdrawn: boolean;
  readonly undos: ChangeRow[];
}

function stateOf(was: Standing): State {
  return { was, facts: was.facts, slug: was.slug, isWithdrawn: was.isWithdrawn, undos: [] };
}

/** Puts the state before the change, or says why it cannot be. The change that added an organisation takes it out of the directory. */
function stepBack(state: State, change: UndoableChange, writer: Writer): 'merged' | 'fact-differs' | undefined {
  const { before, after } = change;
  const isAddition = Object.keys(before).length === 0;
  const isRemoval = Object.keys(after).length === 0;
  if (state.was.isMerged) return 'merged';
  if (state.isWithdrawn !== isRemoval || (!isRemoval && !holds(state.facts, after))) return 'fact-differs';
  const old = isAddition ? { isListed: false } : fromJson(before);
  const themes = old.themes?.map((code) => writer.themes.get(code) ?? code);
  const facts = withFacts(state.facts, { ...old, ...(themes === undefined ? {} : { themes }) });
  const names = Object.keys(isAddition ? after : before);
  const now = toJson(facts);
  state.undos.push({
    id: newId<'change'>(writer.at.now, writer.at.fillRandom),
    source: 'undo',
    sourceId: null,
    authorId: personOf(writer.principal),
    at: momentAfter(writer.at, state.undos.at(-1)?.at ?? state.was.updatedAt),
    before: isRemoval ? {} : after,
    after: isAddition ? {} : Object.fromEntries(names.map((name) => [name, now[name] ?? null])),
    state: 'applied',
    reason: '',
    undoesId: change.id,
  });
  state.facts = facts;
  state.isWithdrawn = isAddition;
  return undefined;
}

function holds(facts: Facts, written: WrittenFacts): boolean {
  return differenceOf(facts, withFacts(facts, fromJson(written))).names.length === 0;
}

/** One row an organisation with its last change; the changes before it alone. */
async function store(tx: TerritoryTransaction, states: readonly State[]): Promise<void> {
  const rows = states.flatMap(({ was, facts, slug, isWithdrawn, undos }) =>
    undos.map((change): Stored => ({ id: was.id, slug, facts, isWithdrawn, at: change.at, change })),
  );
  const isLast = (row: Stored, place: number) => rows[place + 1]?.id !== row.id;
  await insertChanges(
    tx,
    rows.filter((row, place) => !isLast(row, place)),
  );
  await updateStored(tx, rows.filter(isLast));
}

/** Newest first, in the order in which they took effect. */
async function changesOf(tx: TerritoryTransaction, batch: readonly ChangeInSet[]): Promise<UndoableChange[]> {
  const rows = await tx
    .selectFrom('organisation_changes')
    .select(['id', 'organisation_id', 'before', 'after'])
    .where('territory_id', '=', tx.territoryId)
    .where(sql<boolean>`id = any(${batch.map(({ id }) => id)}::uuid[])`)
    .orderBy(sql`coalesce(decided_at, at)`, 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    before: row.before as WrittenFacts,
    after: row.after as WrittenFacts,
  }));
}

/** A SIREN that comes back must still be free. */
async function takenSirens(tx: TerritoryTransaction, states: readonly State[]): Promise<Obstacle[]> {
  const back = states.filter(
    ({ was, facts, isWithdrawn }) =>
      !isWithdrawn && facts.siren !== null && (was.isWithdrawn || facts.siren !== was.facts.siren),
  );
  if (back.length === 0) return [];
  const { rows } = await sql<{ siren: string; id: OrganisationId }>`
    select siren, id from organisations
    where territory_id = ${tx.territoryId} and withdrawn_at is null and merged_into_id is null
      and siren = any(${back.map(({ facts }) => facts.siren)}::text[])`.execute(tx);
  return back.flatMap(({ was, facts }) =>
    rows.some(({ siren, id }) => siren === facts.siren && id !== was.id)
      ? [{ kind: 'siren-taken' as const, organisationId: was.id }]
      : [],
  );
}

/** One that comes back has its old address, or a numbered one when another holds it by now. */
async function addressAgain(tx: TerritoryTransaction, states: readonly State[]): Promise<void> {
  const back = states.filter(({ was, isWithdrawn }) => was.isWithdrawn && !isWithdrawn);
  const slugs = await freeSlugs(
    tx,
    back.map(({ was }) => was.slug),
  );
  for (const [place, state] of back.entries()) state.slug = present(slugs[place], 'an address for each');
}

/** A file loaded again must not find what was taken back. */
async function forgetKeys(tx: TerritoryTransaction, ids: readonly OrganisationId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('organisation_keys')
    .where('territory_id', '=', tx.territoryId)
    .where(sql<boolean>`organisation_id = any(${[...ids]}::uuid[])`)
    .execute();
}

/** The changes are undone; where one of them was an undo, what it had undone is in force again, and so on down the chain. */
async function markUndone(tx: TerritoryTransaction, ids: readonly ChangeId[]): Promise<void> {
  await sql`
    with recursive chain as (
      select id, undoes_id, 0 as depth from organisation_changes
      where territory_id = ${tx.territoryId} and id = any(${[...ids]}::uuid[])
      union all
      select c.id, c.undoes_id, chain.depth + 1 from chain
      join organisation_changes c on c.territory_id = ${tx.territoryId} and c.id = chain.undoes_id)
    update organisation_changes c set state = case when chain.depth % 2 = 0 then 'undone' else 'applied' end
    from chain where c.territory_id = ${tx.territoryId} and c.id = chain.id`.execute(tx);
}
