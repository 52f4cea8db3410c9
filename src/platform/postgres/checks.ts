/**
 * Invariants as SQL: each file of db/checks says in its first comment what must always hold, and selects the rows that
 * break it. They are run as the application sees the data, one territory at a time, and change nothing.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { TerritoryId } from '../../lib/ids.ts';
import { withTerritory, type Database } from './database.ts';

export interface Check {
  readonly name: string;
  /** What must always hold. */
  readonly sentence: string;
  readonly statement: string;
}

export interface Breach {
  readonly check: Check;
  readonly territory: string;
  /** The first rows that break it. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
}

const ROWS_SHOWN = 20;

/** The files of a folder, by name. Throws on one whose first line is not its sentence. */
export async function readChecks(folder: string): Promise<readonly Check[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted();
  return Promise.all(files.map((file) => readCheck(folder, file)));
}

/** Every breach in every territory of the instance; none is what one hopes for. */
export async function runChecks(database: Database, checks: readonly Check[]): Promise<readonly Breach[]> {
  const territories = await database.kysely.selectFrom('territories').select(['id', 'slug']).orderBy('slug').execute();
  const breaches: Breach[] = [];
  for (const { id, slug } of territories) breaches.push(...(await checkTerritory(database, { id, slug }, checks)));
  return breaches;
}

/** All checks of one territory on one state of its data. */
async function checkTerritory(
  database: Database,
  { id, slug }: { readonly id: TerritoryId; readonly slug: string },
  checks: readonly Check[],
): Promise<Breach[]> {
  const work = async (tx: Parameters<Parameters<typeof withTerritory>[2]>[0]) => {
    const found: Breach[] = [];
    for (const check of checks) {
      const { rows } = await sql<Record<string, unknown>>`${sql.raw(check.statement)}`.execute(tx);
      if (rows.length > 0) found.push({ check, territory: slug, rows: rows.slice(0, ROWS_SHOWN), count: rows.length });
    }
    return found;
  };
  return withTerritory(database, id, work, { isolation: 'repeatable read', readOnly: true });
}

async function readCheck(folder: string, file: string): Promise<Check> {
  const text = (await readFile(path.join(folder, file), 'utf8')).trim();
  const [first = '', ...rest] = text.split('\n');
  const sentence = /^-- (.+)$/u.exec(first)?.[1];
  if (sentence === undefined) throw new Error(`${file} does not begin with what must always hold: "-- A sentence."`);
  return { name: path.basename(file, '.sql'), sentence, statement: rest.join('\n').replace(/;\s*$/u, '') };
}
