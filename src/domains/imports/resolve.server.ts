/**
 * The second step, second half: whom each group of rows speaks of, and what would change.
 *
 * Must always hold: each identity of the files has one entry; no organisation is the target of two entries that change
 * it; what a person chose and decided before is kept when the step is done again.
 */
import { sql } from 'kysely';
import { newId, type OrganisationId, type TerritoryId } from '../../lib/ids.ts';
import type { Moment } from '../territory/events.server.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { JsonValue } from '../territory/facts.ts';
import { lockStanding, type Standing } from '../territory/fact-storing.server.ts';
import { labelKey } from '../territory/themes.ts';
import { correctionsOf, statedAgain, type Corrections } from './corrections.server.ts';
import { sourceOf, type ImportId } from './import.ts';
import {
  findOrganisations,
  findPeople,
  type Found,
  type NearNames,
  type SourceKey,
  type Sought,
} from './matching.server.ts';
import { effectOf, mergeRows, type Effect } from './merging.ts';
import { nearNames } from './near-names.server.ts';
import { resolveLinks } from './resolve-links.server.ts';
import type { Problem } from './stated.ts';
import type { Beat } from './steps.server.ts';
import type { ImportTable } from './table.ts';

const PAGE = 1500;

export interface Resolving {
  readonly database: Database;
  readonly territoryId: TerritoryId;
  readonly importId: ImportId;
  readonly source: string;
  readonly tables: readonly ImportTable[];
  readonly at: Moment;
  readonly beat: Beat;
}

export async function resolveEntries(resolving: Resolving): Promise<'done' | 'cancelled'> {
  const { database, territoryId, importId, tables, beat } = resolving;
  const start = await withTerritory(database, territoryId, (tx) => prepare(tx, importId));
  const total = tables.reduce((sum, table) => sum + table.rowCount, 0);
  const groupsAfter = (identity: string | undefined) => {
    const groups = withTerritory(database, territoryId, (tx) => nextGroups(tx, importId, identity), { readOnly: true });
    groups.catch(() => {});
    return groups;
  };
  let next = groupsAfter(undefined);
  let done = 0;
  let position = 0;
  for (;;) {
    const groups = await next;
    if (groups.length === 0) break;
    // The next ones are read while these are judged.
    next = groupsAfter(groups.at(-1)?.identity);
    position += await withTerritory(database, territoryId, async (tx) => {
      const entries = await entriesOf(tx, resolving, groups, start);
      await keepEntries(tx, importId, entries, position);
      return entries.length;
    });
    done += groups.reduce((sum, { rows }) => sum + rows.length, 0);
    if ((await beat(total + done, total * 2)) === 'cancel') return 'cancelled';
  }
  await withTerritory(database, territoryId, async (tx) => {
    await resolveLinks(tx, importId);
    await restoreChoices(tx, importId, start.left);
  });
  return 'done';
}

interface Start {
  readonly isEmpty: boolean;
  readonly near: NearNames;
  readonly themes: ReadonlyMap<string, string>;
  /** Identities that a person left out. */
  readonly left: readonly string[];
}

async function prepare(tx: TerritoryTransaction, importId: ImportId): Promise<Start> {
  const left = await sql<{ identity: string }>`
    delete from import_entries where territory_id = ${tx.territoryId} and import_id = ${importId}
    returning case when is_chosen then null else identity end as identity`.execute(tx);
  const some = await tx
    .selectFrom('organisations')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .limit(1)
    .execute();
  const labels = await sql<{ key: string; code: string }>`
    select l.label_key as key, l.theme_code as code from theme_labels l where l.territory_id = ${tx.territoryId}`.execute(
    tx,
  );
  const themes = await tx
    .selectFrom('themes')
    .select(['code', 'label_fr', 'label_en', 'merged_into_code'])
    .where('territory_id', '=', tx.territoryId)
    .execute();
  const codes = new Map(labels.rows.map(({ key, code }) => [key, code]));
  for (const { code, label_fr, label_en, merged_into_code } of themes)
    for (const label of [code, label_fr, label_en]) codes.set(labelKey(label), merged_into_code ?? code);
  return {
    isEmpty: some.length === 0,
    near: nearNames(),
    themes: codes,
    left: left.rows.flatMap(({ identity }) => identity ?? []),
  };
}

interface StagedRow {
  readonly table: number;
  readonly number: number;
  readonly key: string | null;
  readonly subject: 'organisation' | 'person';
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly problems: readonly Problem[];
}

interface Group {
  readonly identity: string;
  readonly rows: readonly StagedRow[];
}

/** Whole groups only: the rows of one identity are judged together. */
async function nextGroups(tx: TerritoryTransaction, importId: ImportId, after: string | undefined): Promise<Group[]> {
  const { rows } = await sql<{ identity: string; rows: StagedRow[] }>`
    select identity, json_agg(json_build_object('table', table_position, 'number', number, 'key', key, 'subject', subject,
      'facts', facts, 'problems', problems) order by table_position, number) as rows
    from import_rows
    where territory_id = ${tx.territoryId} and import_id = ${importId} and identity > ${after ?? ''}
    group by identity order by identity limit ${PAGE}`.execute(tx);
  return rows;
}

interface Entry {
  readonly subject: 'organisation' | 'person';
  readonly identity: string;
  readonly table_position: number;
  readonly number: number;
  readonly row_count: number;
  readonly name: string;
  readonly keys: readonly SourceKey[];
  readonly facts: unknown;
  readonly outcome: 'create' | 'change' | 'same' | 'ask' | 'refuse';
  readonly target_id: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly problems: readonly Problem[];
  readonly candidates: unknown;
}

interface Draft {
  readonly group: Group;
  readonly merged: Readonly<Record<string, JsonValue>>;
  readonly sought: Sought;
}

async function entriesOf(
  tx: TerritoryTransaction,
  { source, tables, importId, at }: Resolving,
  groups: readonly Group[],
  { isEmpty, themes, near }: Start,
): Promise<Entry[]> {
  // Without its year: next year's file of the same source speaks of the same ones.
  const names = new Map(tables.map((table) => [table.position, sourceOf([table.name])]));
  const drafts = groups.map((group): Draft => {
    const merged = mergeRows(group.rows);
    const text = (field: string) => (typeof merged[field] === 'string' ? merged[field] : null);
    const keys = keysOf(source, group, names);
    return {
      group,
      merged,
      sought: {
        identity: group.identity,
        name: text('name') ?? '',
        keys,
        siren: text('siren'),
        website: text('website'),
        email: text('email'),
      },
    };
  });
  const [people, organisations] = [
    drafts.filter(({ group }) => group.rows[0]?.subject === 'person'),
    drafts.filter(({ group }) => group.rows[0]?.subject === 'organisation'),
  ];
  const found = await findOrganisations(
    tx,
    source,
    organisations.map(({ sought }) => sought),
    isEmpty,
    near,
  );
  const knownPeople =
    people.length === 0
      ? new Map<string, string>()
      : await findPeople(
          tx,
          people.map(({ sought }) => sought),
        );
  const targets = [...found.values()].flatMap(({ target }) => target ?? []);
  const standing = await lockStanding(tx, [...new Set(targets)]);
  const taken = await takenTargets(tx, importId, targets);
  const corrections = await correctionsOf(tx, [...standing.keys()]);
  const themeCode = (label: string) => themes.get(labelKey(label)) ?? `new ${labelKey(label)}`;
  const freshId = () => newId(at.now, at.fillRandom);
  return drafts.map((draft) => {
    const first = draft.group.rows[0];
    if (first?.subject === 'person') return personEntry(draft, knownPeople.get(draft.group.identity), freshId);
    const part = tables.find(({ position }) => position === first?.table)?.settings.part ?? 'startup';
    return organisationEntry(draft, found.get(draft.group.identity), {
      standing,
      taken,
      corrections,
      part,
      themeCode,
      freshId,
    });
  });
}

/** The names of the source for it: the key of its table, and what its rows were told by. */
function keysOf(source: string, { identity, rows }: Group, names: ReadonlyMap<number, string>): SourceKey[] {
  const own = rows.flatMap(({ table, key }) =>
    key === null ? [] : [{ source: `${source}/${names.get(table) ?? table}`.slice(0, 120), key }],
  );
  const unique = new Map(own.map((each) => [`${each.source}\n${each.key}`, each]));
  return [...unique.values(), ...(identity.startsWith('k:') ? [] : [{ source, key: identity }])];
}

function base({ group, merged, sought }: Draft) {
  const [first] = group.rows;
  if (first === undefined) throw new Error('A group has a row');
  return {
    subject: first.subject,
    identity: group.identity,
    table_position: first.table,
    number: first.number,
    row_count: group.rows.length,
    name: sought.name.slice(0, 200),
    keys: sought.keys,
    facts: merged,
    problems: group.rows.flatMap(({ problems, number }) => problems.map((each) => ({ ...each, number }))).slice(0, 50),
    target_id: null,
    before: {},
    after: {},
    candidates: [],
  };
}

function personEntry(draft: Draft, known: string | undefined, freshId: () => string): Entry {
  const entry = base(draft);
  return { ...entry, outcome: known === undefined ? 'create' : 'same', target_id: known ?? freshId() };
}

interface Judging {
  readonly standing: Awaited<ReturnType<typeof lockStanding>>;
  readonly taken: Set<string>;
  readonly corrections: Corrections;
  readonly part: ImportTable['settings']['part'];
  readonly themeCode: (label: string) => string;
  /** For what will be created: known before it is there, so that its entry is written once. */
  readonly freshId: () => string;
}

function organisationEntry(
  draft: Draft,
  found: Found | undefined,
  { standing, taken, corrections, part, themeCode, freshId }: Judging,
): Entry {
  const entry = base(draft);
  const target = found?.target;
  const known = target === undefined ? undefined : standing.get(target as OrganisationId);
  if (known === undefined && draft.sought.name === '')
    return {
      ...entry,
      outcome: 'refuse',
      problems: [...entry.problems, { column: 'name', code: 'name-missing', text: '', number: entry.number }],
    };
  const effect = withoutCorrected(known, draft.merged, corrections, (stated) =>
    effectOf(known?.facts, stated, part, themeCode),
  );
  const seen = {
    ...entry,
    before: effect.before,
    after: effect.after,
    facts: effect.facts,
    problems: [...entry.problems, ...effect.problems],
  };
  if (known === undefined) {
    const candidates = found?.candidates ?? [];
    return candidates.length > 0
      ? { ...seen, outcome: 'ask', candidates }
      : { ...seen, outcome: 'create', target_id: freshId() };
  }
  if (taken.has(known.id))
    return {
      ...seen,
      outcome: 'same',
      target_id: known.id,
      problems: [...seen.problems, { column: '', code: 'same-target', text: known.facts.name }],
    };
  taken.add(known.id);
  return { ...seen, outcome: Object.keys(effect.after).length === 0 ? 'same' : 'change', target_id: known.id };
}

/** What somebody corrected by hand stays, and is told. */
function withoutCorrected(
  known: Standing | undefined,
  stated: Draft['merged'],
  corrections: Corrections,
  effectFor: (stated: Draft['merged']) => Effect,
): Effect {
  const effect = effectFor(stated);
  const again = known === undefined ? [] : statedAgain(effect.after, corrections.get(known.id));
  if (again.length === 0) return effect;
  const left = effectFor(Object.fromEntries(Object.entries(stated).filter(([field]) => !again.includes(field))));
  const told = again.map((field): Problem => ({
    column: field,
    code: 'corrected-here',
    text: String(effect.after[field] ?? '').slice(0, 80),
  }));
  return { ...left, problems: [...left.problems, ...told] };
}

async function takenTargets(
  tx: TerritoryTransaction,
  importId: ImportId,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select target_id as id from import_entries
    where territory_id = ${tx.territoryId} and import_id = ${importId} and outcome in ('change', 'same')
      and target_id = any(${ids}::uuid[])`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

async function keepEntries(
  tx: TerritoryTransaction,
  importId: ImportId,
  entries: readonly Entry[],
  from: number,
): Promise<void> {
  if (entries.length === 0) return;
  const records = entries.map((entry, place) => ({ ...entry, position: from + place }));
  await sql`
    insert into import_entries (territory_id, import_id, position, subject, identity, table_position, number, row_count, name,
      keys, facts, outcome, target_id, before, after, problems, candidates)
    select ${tx.territoryId}::uuid, ${importId}::uuid, r.* from json_to_recordset(${JSON.stringify(records)}::json)
      as r(position integer, subject text, identity text, table_position integer, number integer, row_count integer, name text,
        keys jsonb, facts jsonb, outcome text, target_id uuid, before jsonb, after jsonb, problems jsonb, candidates jsonb)`.execute(
    tx,
  );
}

async function restoreChoices(tx: TerritoryTransaction, importId: ImportId, left: readonly string[]): Promise<void> {
  if (left.length === 0) return;
  await sql`
    update import_entries set is_chosen = false
    where territory_id = ${tx.territoryId} and import_id = ${importId} and identity = any(${left}::text[])`.execute(tx);
}
