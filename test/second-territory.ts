/**
 * A second territory on the same instance: the first one again, row by row, under other identifiers, so that whatever
 * table a migration adds is there too. Its names, titles and labels end in "◊": a page of the first territory that
 * shows this mark has looked over the wall.
 */
import pg from 'pg';

export const MARK = '◊';
export const SECOND_SLUG = 'ailleurs';

/** What stands for a parameter of an address in the second territory; codes have no identifier of their own. */
export function valueElsewhere(name: string, value: string): string {
  if (name === 'programme') return codeElsewhere(value);
  return name === 'organisation' ? slugElsewhere(value) : elsewhere(value);
}

/** The identifier or address of the copy of a row. Done twice it gives the first one back. */
export function elsewhere(text: string): string {
  return text.replaceAll(
    UUID,
    (id) => id.slice(0, LAST) + (Number.parseInt(id[LAST]!, 16) ^ 8).toString(16) + id.slice(LAST + 1),
  );
}

export function emailElsewhere(email: string): string {
  return `ailleurs.${email}`;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;
/** The first digit of the last group: version, variant and order by time stay. */
const LAST = 24;

const MARKED = new Set(['name', 'title', 'label_fr', 'label_en']);

type Row = Record<string, unknown>;

export async function copyTerritory(ownerUrl: string, territoryId: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await copyRows(client, territoryId);
  } finally {
    await client.end();
  }
}

async function copyRows(client: pg.Client, from: string): Promise<void> {
  const to = elsewhere(from);
  await client.query('begin');
  const { rows } = await client.query<{ row: Row }>(
    'select to_jsonb(territories) as row from territories where id = $1',
    [from],
  );
  await insert(client, 'territories', [{ ...rows[0]!.row, id: to, slug: SECOND_SLUG, name: `Ailleurs ${MARK}` }]);
  const published: Row[] = [];
  for (const table of await tablesInOrder(client)) {
    await client.query(`set local app.territory = '${from}'`);
    const found = await client.query<{ row: Row }>(
      `select to_jsonb(whole_row) as row from ${table} whole_row where territory_id = $1`,
      [from],
    );
    const copies = found.rows.map(({ row }) => copyOf(row, table));
    await client.query(`set local app.territory = '${to}'`);
    if (table === 'rounds') published.push(...copies.filter((row) => row['published_run_id'] !== null));
    await insert(client, table, table === 'rounds' ? copies.map(asOpen) : copies);
  }
  for (const round of published) {
    await client.query(
      'update rounds set state = $3, published_run_id = $4, published_at = $5 where territory_id = $1 and id = $2',
      [to, ...['id', 'state', 'published_run_id', 'published_at'].map((name) => round[name])],
    );
  }
  await client.query('commit');
}

function copyOf(row: Row, table: string): Row {
  const copy = JSON.parse(elsewhere(JSON.stringify(row))) as Row;
  for (const [name, value] of Object.entries(copy)) {
    if (MARKED.has(name) && typeof value === 'string') copy[name] = `${value.slice(0, -1)}${MARK}`;
    if (name === 'email' && typeof value === 'string') copy[name] = emailElsewhere(value);
    if (name === 'slug' && typeof value === 'string') copy[name] = slugElsewhere(value);
    const isProgramme = name === 'programme_code' || (table === 'programmes' && name === 'code');
    if (isProgramme && typeof value === 'string' && value !== '') copy[name] = codeElsewhere(value);
  }
  return copy;
}

/** The code of a programme's copy. */
export function codeElsewhere(code: string): string {
  return `${code}-ailleurs`;
}

/** The slug of an organisation's copy. */
export function slugElsewhere(slug: string): string {
  return `${slug}-ailleurs`;
}

/** A round points to its run and a run to its round: the round comes first, and is published afterwards. */
function asOpen(round: Row): Row {
  return { ...round, state: 'open', published_run_id: null, published_at: null };
}

async function insert(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { rows: columns } = await client.query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );
  const names = columns.map(({ name }) => name).join(', ');
  await client.query(
    `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}

/** Every table with a territory, each after those that it points to. */
async function tablesInOrder(client: pg.Client): Promise<string[]> {
  const { rows: all } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and column_name = 'territory_id' and table_type = 'BASE TABLE' order by table_name`,
  );
  const { rows: links } = await client.query<{ source: string; target: string }>(
    `select conrelid::regclass::text as source, confrelid::regclass::text as target from pg_constraint
     where contype = 'f' and conrelid <> confrelid and conname <> 'rounds_published_run'`,
  );
  // A closed year takes no entry any more: the entries come first.
  links.push({ source: 'fiscal_years', target: 'ledger_entries' });
  const waiting = new Set(all.map(({ name }) => name));
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].filter(
      (name) => !links.some(({ source, target }) => source === name && waiting.has(target)),
    );
    if (free.length === 0) throw new Error(`These tables point to each other: ${[...waiting].join(', ')}.`);
    for (const name of free) waiting.delete(name);
    ordered.push(...free);
  }
  return ordered;
}
