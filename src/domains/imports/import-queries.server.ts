/** Reads of imports, for the team. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { JsonValue } from '../territory/facts.ts';
import { NO_COUNTS, type Import, type ImportCounts, type ImportId } from './import.ts';
import type { Candidate } from './matching.server.ts';
import type { Problem } from './stated.ts';
import type { ColumnLook, ImportTable, TableSettings } from './table.ts';

export async function listImports(tx: TerritoryTransaction, limit = 50): Promise<Import[]> {
  const rows = await selectImports(tx).orderBy('i.created_at', 'desc').orderBy('i.id').limit(limit).execute();
  return rows.map(importOf);
}

export async function importById(tx: TerritoryTransaction, id: ImportId): Promise<Import | undefined> {
  const row = await selectImports(tx).where('i.id', '=', id).executeTakeFirst();
  return row && importOf(row);
}

function selectImports(tx: TerritoryTransaction) {
  return tx
    .selectFrom('imports as i')
    .leftJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'i.territory_id').onRef('p.id', '=', 'i.created_by'),
    )
    .selectAll('i')
    .select([
      'p.name as by_name',
      sql<
        string[]
      >`array(select s.name from import_files f join stored_files s on s.territory_id = f.territory_id and s.id = f.file_id
        where f.territory_id = i.territory_id and f.import_id = i.id order by f.position)`.as('file_names'),
    ])
    .where('i.territory_id', '=', tx.territoryId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectImports>['execute']>>[number];

function importOf(row: Row): Import {
  return {
    id: row.id,
    source: row.source,
    state: row.state,
    stepDone: row.step_done,
    stepTotal: row.step_total,
    stepStartedAt: row.step_started_at,
    cancelRequested: row.cancel_requested,
    failure: row.failure,
    counts: { ...NO_COUNTS, ...(row.counts as Partial<ImportCounts>) },
    createdAt: row.created_at,
    appliedAt: row.applied_at,
    undoneAt: row.undone_at,
    forgottenAt: row.forgotten_at,
    createdBy: row.by_name,
    fileNames: row.file_names,
  };
}

export async function tablesOf(tx: TerritoryTransaction, id: ImportId): Promise<ImportTable[]> {
  const rows = await tx
    .selectFrom('import_tables as t')
    .innerJoin('import_files as f', (join) =>
      join
        .onRef('f.territory_id', '=', 't.territory_id')
        .onRef('f.import_id', '=', 't.import_id')
        .onRef('f.position', '=', 't.file_position'),
    )
    .innerJoin('stored_files as s', (join) =>
      join.onRef('s.territory_id', '=', 'f.territory_id').onRef('s.id', '=', 'f.file_id'),
    )
    .selectAll('t')
    .select('s.name as file_name')
    .where('t.territory_id', '=', tx.territoryId)
    .where('t.import_id', '=', id)
    .orderBy('t.position')
    .execute();
  return rows.map((row) => ({
    position: row.position,
    filePosition: row.file_position,
    fileName: row.file_name,
    name: row.name,
    sheet: row.sheet,
    shape: row.shape,
    columns: row.columns as ColumnLook[],
    settings: row.settings as TableSettings,
    rowCount: row.row_count,
  }));
}

export interface EntryLine {
  readonly position: number;
  readonly subject: 'organisation' | 'person';
  readonly name: string;
  readonly table: number;
  readonly number: number;
  readonly rowCount: number;
  readonly outcome: 'create' | 'change' | 'same' | 'ask' | 'refuse';
  readonly targetSlug: string | null;
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly before: Readonly<Record<string, JsonValue>>;
  readonly after: Readonly<Record<string, JsonValue>>;
  readonly problems: readonly Problem[];
  readonly candidates: readonly Candidate[];
  readonly isChosen: boolean;
}

export interface EntryQuery {
  readonly outcome: EntryLine['outcome'];
  readonly subject: EntryLine['subject'];
  readonly page: number;
  readonly size: number;
}

/** In the order of the files. */
export async function listEntries(tx: TerritoryTransaction, id: ImportId, query: EntryQuery): Promise<EntryLine[]> {
  const rows = await tx
    .selectFrom('import_entries as e')
    .leftJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'e.territory_id').on(sql<boolean>`o.id = e.target_id`),
    )
    .selectAll('e')
    .select('o.slug')
    .where('e.territory_id', '=', tx.territoryId)
    .where('e.import_id', '=', id)
    .where('e.outcome', '=', query.outcome)
    .where('e.subject', '=', query.subject)
    .orderBy('e.table_position')
    .orderBy('e.number')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute();
  return rows.map((row) => ({
    position: row.position,
    subject: row.subject,
    name: row.name,
    table: row.table_position,
    number: row.number,
    rowCount: row.row_count,
    outcome: row.outcome,
    targetSlug: row.slug,
    facts: row.facts as EntryLine['facts'],
    before: row.before as EntryLine['before'],
    after: row.after as EntryLine['after'],
    problems: row.problems as Problem[],
    candidates: row.candidates as Candidate[],
    isChosen: row.is_chosen,
  }));
}

export interface ProblemLine extends Problem {
  readonly table: number;
  readonly number: number;
  /** Whether the whole row is refused, or only this value. */
  readonly isRefusal: boolean;
}

const problemRows = (tx: TerritoryTransaction, id: ImportId) => sql`
  select r.table_position as "table", r.number, p ->> 'column' as "column", p ->> 'code' as code, p ->> 'text' as text,
    r.identity is null and r.subject <> 'none' or p ->> 'code' in ('not-json', 'not-an-object', 'too-many-cells') as "isRefusal"
  from import_rows r, jsonb_array_elements(r.problems) as p
  where r.territory_id = ${tx.territoryId} and r.import_id = ${id}
  union all
  select e.table_position, coalesce((p ->> 'number')::integer, e.number), p ->> 'column', p ->> 'code', p ->> 'text', e.outcome = 'refuse'
  from import_entries e, jsonb_array_elements(e.problems) as p
  where e.territory_id = ${tx.territoryId} and e.import_id = ${id} and p ->> 'code' in ('not-writable', 'same-target', 'siren-taken', 'corrected-here')
    or e.territory_id = ${tx.territoryId} and e.import_id = ${id} and e.outcome = 'refuse' and p ->> 'code' = 'name-missing' and p ->> 'column' = 'name'
  union all
  select l.table_position, l.number, l.field, 'reference-unknown',
    case when l.from_identity is null and l.from_id is null then l.from_words else l.to_words end, false
  from import_links l
  where l.territory_id = ${tx.territoryId} and l.import_id = ${id}
    and (l.from_identity is null and l.from_id is null and l.from_words is not null
      or l.to_identity is null and l.to_id is null and l.to_words is not null)`;

export async function listProblems(
  tx: TerritoryTransaction,
  id: ImportId,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<ProblemLine[]> {
  const { rows } = await sql<ProblemLine>`
    select * from (${problemRows(tx, id)}) as p order by "isRefusal" desc, "table", number, "column"
    limit ${size} offset ${(page - 1) * size}`.execute(tx);
  return rows;
}

export async function countProblems(
  tx: TerritoryTransaction,
  id: ImportId,
): Promise<{ all: number; refusedRows: number }> {
  const { rows } = await sql<{ all: bigint; refused: bigint }>`
    select count(*) as all, count(distinct ("table", number)) filter (where "isRefusal") as refused
    from (${problemRows(tx, id)}) as p`.execute(tx);
  return { all: Number(rows[0]?.all ?? 0), refusedRows: Number(rows[0]?.refused ?? 0) };
}

export async function countEntries(tx: TerritoryTransaction, id: ImportId) {
  const { rows } = await sql<{
    subject: string;
    outcome: EntryLine['outcome'];
    chosen: bigint;
    count: bigint;
    rows: bigint;
  }>`
    select subject, outcome, count(*) as count, count(*) filter (where is_chosen) as chosen, sum(row_count - 1) as rows
    from import_entries where territory_id = ${tx.territoryId} and import_id = ${id} group by 1, 2`.execute(tx);
  return rows.map((row) => ({ ...row, chosen: Number(row.chosen), count: Number(row.count), rows: Number(row.rows) }));
}
