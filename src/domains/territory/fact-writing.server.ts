/**
 * The one writer of facts. Whatever adds an organisation or changes what is stated of one (a form, the API, an import,
 * the register) says so here, for one organisation or for thousands at once.
 *
 * Must always hold: each organisation that differs gets one change with the facts that differ, before and after, its
 * author and its source; one that does not differ gets nothing, not even a new version; an item that is refused
 * leaves no trace, and does not keep the others from being written. Rights are asked by the command that calls.
 */
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from './events.server.ts';
import { insertChanges, insertStored, lockStanding, updateStored } from './fact-storing.server.ts';
import type { ChangeId, ChangeRow, Standing, Stored } from './fact-storing.server.ts';
import { differenceOf, faultsOf, NO_FACTS, withFacts } from './facts.ts';
import type { FactFault, FactName, Facts, FactValues } from './facts.ts';
import type { ChangeSource } from './organisation-profile.ts';
import { personOf, type Principal } from './principal.ts';
import { freeSlugs } from './slugs.server.ts';
import { survivingThemes, type SurvivingThemes } from './theme-labels.server.ts';

/** Where facts come from: what kind of thing, and which one (an import, a merge) when it has an id. */
export interface FactSource {
  readonly kind: ChangeSource;
  readonly id?: string;
  /** A sentence for the history, at most 500 characters. */
  readonly reason?: string;
}

export interface FactItem {
  /** The organisation to change; none to add one. */
  readonly id?: OrganisationId;
  /** The id of the one that is added, when the writer gave it one before. */
  readonly newId?: OrganisationId;
  readonly facts: FactValues;
  /** The version that the writer saw: refused as `stale` when another has come since. */
  readonly version?: number;
  /** The facts wait for the team: a change is kept, the organisation stays as it is. */
  readonly isProposed?: boolean;
}

export type FactRefusal = 'not-found' | 'stale' | 'siren-taken' | 'unknown-theme' | 'never-listed' | FactFault;

export interface Written {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly isNew: boolean;
  /** None when nothing differed. */
  readonly changeId: ChangeId | undefined;
  /** The facts that changed; for a new organisation, those that it has. */
  readonly names: readonly FactName[];
}

export type FactAnswer = Result<Written, FactRefusal>;

const BATCH = 1000;

/**
 * The answers come in the order of the items. A refusal of a fact's form tells the fact in `facts.field`; one of
 * `siren-taken` the holder's name and id. One organisation may be named by one item only.
 */
export async function writeFacts(
  tx: TerritoryTransaction,
  principal: Principal,
  source: FactSource,
  items: readonly FactItem[],
  at: Moment,
): Promise<readonly FactAnswer[]> {
  const themes = await survivingThemes(
    tx,
    items.some(({ facts }) => (facts.themes?.length ?? 0) > 0),
  );
  const answers: FactAnswer[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    answers.push(...(await writeBatch(tx, { principal, source, themes, at }, batch)));
  }
  return answers;
}

/** The answer for the only item. */
export async function writeFact(
  tx: TerritoryTransaction,
  principal: Principal,
  source: FactSource,
  item: FactItem,
  at: Moment,
): Promise<FactAnswer> {
  const [answer] = await writeFacts(tx, principal, source, [item], at);
  if (answer === undefined) throw new Error('One item gives one answer');
  return answer;
}

interface Writer {
  readonly principal: Principal;
  readonly source: FactSource;
  readonly themes: SurvivingThemes;
  readonly at: Moment;
}

/** An item on its way: what stands, what shall stand, and the answer once it is known. */
interface Draft {
  readonly item: FactItem;
  readonly standing: Standing | undefined;
  readonly wanted: Facts;
  readonly before: Facts;
  answer: FactAnswer | undefined;
}

async function writeBatch(tx: TerritoryTransaction, writer: Writer, items: readonly FactItem[]): Promise<FactAnswer[]> {
  const ids = items.flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (items.some(({ id, isProposed }) => id === undefined && isProposed)) throw new Error('Only a change can wait');
  if (new Set(ids).size < ids.length) throw new Error('An organisation is named by two items of one writing');
  const standing = await lockStanding(tx, ids);
  const drafts = items.map((item) => draftOf(item, standing, writer));
  await refuseTakenSirens(tx, drafts);
  const open = drafts.filter(({ answer }) => answer === undefined);
  const changed = open.flatMap((draft) => (draft.standing === undefined ? [] : [changeOf(draft, writer)]));
  await updateStored(
    tx,
    changed.filter(({ change }) => change?.state === 'applied'),
  );
  await insertChanges(
    tx,
    changed.filter(({ change }) => change?.state === 'proposed'),
  );
  await add(
    tx,
    writer,
    open.filter(({ standing: known }) => known === undefined),
  );
  return drafts.map(({ answer }) => {
    if (answer === undefined) throw new Error('An item was left without an answer');
    return answer;
  });
}

function draftOf(item: FactItem, known: ReadonlyMap<OrganisationId, Standing>, { themes }: Writer): Draft {
  const standing = item.id === undefined ? undefined : known.get(item.id);
  const before = standing?.facts ?? NO_FACTS;
  const codes = item.facts.themes?.map((code) => themes.get(code) ?? '');
  const wanted = withFacts(before, { ...item.facts, ...(codes === undefined ? {} : { themes: codes }) });
  const draft: Draft = { item, standing, before, wanted, answer: undefined };
  const fault = faultsOf(wanted)[0];
  if (item.id !== undefined && (standing === undefined || standing.isWithdrawn || standing.isMerged))
    draft.answer = refused('not-found');
  else if (standing !== undefined && item.version !== undefined && item.version !== standing.version)
    draft.answer = refused('stale');
  else if (codes?.includes('') === true) draft.answer = refused('unknown-theme');
  else if (wanted.isListed && standing?.isNeverListed === true) draft.answer = refused('never-listed');
  else if (fault !== undefined) draft.answer = refused(fault.fault, { field: fault.field });
  return draft;
}

/** A SIREN is one organisation's, in the territory and among the items. */
async function refuseTakenSirens(tx: TerritoryTransaction, drafts: readonly Draft[]): Promise<void> {
  const wanting = drafts.filter(
    ({ answer, wanted, before }) => answer === undefined && wanted.siren !== null && wanted.siren !== before.siren,
  );
  if (wanting.length === 0) return;
  const held = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'siren'])
    .where('territory_id', '=', tx.territoryId)
    .where('withdrawn_at', 'is', null)
    .where('merged_into_id', 'is', null)
    .where(
      'siren',
      'in',
      wanting.map(({ wanted }) => wanted.siren ?? ''),
    )
    .execute();
  const holders = new Map(held.map((row) => [row.siren, { id: row.id as string, name: row.name }]));
  for (const draft of wanting) {
    const holder = holders.get(draft.wanted.siren);
    if (holder !== undefined) draft.answer = refused('siren-taken', { name: holder.name, id: holder.id });
    else holders.set(draft.wanted.siren, { id: draft.item.id ?? '', name: draft.wanted.name });
  }
}

/** What a known organisation becomes; its answer is given, without a change when nothing differs. */
function changeOf(draft: Draft, writer: Writer): Stored {
  const { standing, before, wanted, item } = draft;
  if (standing === undefined) throw new Error('Only what is known changes');
  const difference = differenceOf(before, wanted);
  const { id, slug } = standing;
  const now = momentAfter(writer.at, standing.updatedAt);
  const change =
    difference.names.length === 0
      ? undefined
      : changeRow(writer, { ...difference, at: now, state: item.isProposed === true ? 'proposed' : 'applied' });
  draft.answer = done({ id, slug, isNew: false, changeId: change?.id, names: difference.names });
  return { id, slug, facts: wanted, at: now, change };
}

/** Adds what is new, under addresses that are free; what another took in the meantime is named anew, or refused. */
async function add(tx: TerritoryTransaction, writer: Writer, drafts: readonly Draft[]): Promise<void> {
  let left = drafts;
  while (left.length > 0) {
    const slugs = await freeSlugs(
      tx,
      left.map(({ wanted }) => wanted.name),
    );
    const rows = left.map((draft, place) => additionOf(draft, slugs[place] ?? '', writer));
    const added = await insertStored(tx, rows);
    for (const draft of left)
      if (draft.answer?.ok === true && !added.has(draft.answer.value.id)) draft.answer = undefined;
    left = left.filter(({ answer }) => answer === undefined);
    await refuseTakenSirens(tx, left);
    left = left.filter(({ answer }) => answer === undefined);
  }
}

const NOT_LISTED: Facts = { ...NO_FACTS, isListed: false };

function additionOf(draft: Draft, slug: string, writer: Writer): Stored {
  const { wanted, item } = draft;
  const id = item.newId ?? newId<'organisation'>(writer.at.now, writer.at.fillRandom);
  // Whether it is listed is always said.
  const { after, names } = differenceOf(wanted.isListed ? NOT_LISTED : NO_FACTS, wanted);
  const now = momentAfter(writer.at);
  const change = changeRow(writer, { before: {}, after, at: now, state: 'applied' });
  draft.answer = done({ id, slug, isNew: true, changeId: change.id, names });
  return { id, slug, facts: wanted, at: now, change };
}

function changeRow(
  { principal, source, at }: Pick<Writer, 'principal' | 'source' | 'at'>,
  given: Pick<ChangeRow, 'before' | 'after' | 'at' | 'state'>,
): ChangeRow {
  return {
    id: newId<'change'>(at.now, at.fillRandom),
    source: source.kind,
    sourceId: source.id ?? null,
    authorId: personOf(principal),
    reason: source.reason ?? '',
    undoesId: null,
    before: given.before,
    after: given.after,
    at: given.at,
    state: given.state,
  };
}

/** Now, to the microsecond that the database keeps, and later than the last change: their order is never in doubt. */
export function momentAfter({ now }: Moment, last?: Temporal.Instant): Temporal.Instant {
  const cut = now.round({ smallestUnit: 'microsecond', roundingMode: 'floor' });
  if (last === undefined || Temporal.Instant.compare(cut, last) > 0) return cut;
  return last.add({ microseconds: 1 });
}
