/**
 * A file of needs or offers being read in: what it will do, what it did.
 *
 * Must always hold: each row of the file is in exactly one of three lots: to create, already there (by its key), or
 * refused with its reasons; two rows of a file never claim the same key.
 */
import type { Id } from '../../lib/ids.ts';
import { SUBJECTS, type Mapping, type Subject } from './file-fields.ts';
import type { ImportedRow, ImportSettings, NoteCode, ReadRow, RowNote } from './row-reading.ts';

export type ImportId = Id<'import'>;
export type ImportState = 'previewed' | 'loaded' | 'abandoned';
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export interface Import {
  readonly id: ImportId;
  readonly subject: Subject;
  readonly fileName: string;
  readonly mapping: Mapping;
  readonly settings: ImportSettings;
  readonly state: ImportState;
  readonly report: ImportReport | null;
  readonly createdAt: Temporal.Instant;
  readonly loadedAt: Temporal.Instant | null;
}

export interface RefusedRow {
  readonly number: number;
  readonly notes: readonly RowNote[];
}

/** What a load did; kept with the import. */
export interface ImportReport {
  readonly created: number;
  readonly already: number;
  readonly refused: readonly RefusedRow[];
  readonly organisations: number;
  readonly themes: number;
  /** Offers loaded whose period is over. */
  readonly over: number;
}

export interface Lots {
  readonly create: readonly ImportedRow[];
  readonly already: readonly ImportedRow[];
  readonly refused: readonly RefusedRow[];
}

/** Sorts read rows into their lots. `known` are the keys that the territory has already. */
export function sortRows(
  rows: readonly ReadRow[],
  unread: readonly { readonly number: number; readonly reason: NoteCode }[],
  known: ReadonlySet<string>,
): Lots {
  const refused: RefusedRow[] = unread.map(({ number, reason }) => ({
    number,
    notes: [{ code: reason, field: 'row', facts: {} }],
  }));
  const create: ImportedRow[] = [];
  const already: ImportedRow[] = [];
  const firstWith = new Map<string, number>();
  for (const read of rows) {
    if (!read.ok) {
      refused.push({ number: read.number, notes: read.refusals });
      continue;
    }
    const { externalKey, number } = read.row;
    const first = firstWith.get(externalKey);
    if (first !== undefined)
      refused.push({ number, notes: [{ code: 'duplicate-in-file', field: 'externalKey', facts: { first } }] });
    else (known.has(externalKey) ? already : create).push(read.row);
    firstWith.set(externalKey, first ?? number);
  }
  return { create, already, refused: refused.toSorted((a, b) => a.number - b.number) };
}

/** Organisations to create, each once: rows that name the same SIREN, or else the same name, mean the same one. */
export function newOrganisations(
  rows: readonly ImportedRow[],
  nameKey: (name: string) => string,
): { readonly name: string; readonly siren: string | null; readonly rows: readonly ImportedRow[] }[] {
  const found = new Map<string, { name: string; siren: string | null; rows: ImportedRow[] }>();
  const bySiren = new Map<string, string>();
  for (const row of rows) {
    if ('id' in row.organisation) continue;
    const { name, siren } = row.organisation;
    const key = (siren !== null ? bySiren.get(siren) : undefined) ?? nameKey(name);
    const known = found.get(key);
    if (known === undefined) found.set(key, { name, siren, rows: [row] });
    else {
      known.rows.push(row);
      known.siren ??= siren;
    }
    if (siren !== null) bySiren.set(siren, key);
  }
  return [...found.values()];
}

export function isSubject(text: string): text is Subject {
  return (SUBJECTS as readonly string[]).includes(text);
}

/** The name of a file without its endings, as the first guess of its source. */
export function sourceOf(fileName: string): string {
  return (
    fileName
      .replace(/^.*[\\/]/u, '')
      .replace(/(\.(csv|tsv|txt|jsonl|ndjson|json|gz))+$/iu, '')
      .slice(0, 80) || 'fichier'
  );
}

export interface RemarkCount {
  readonly note: RowNote;
  /** Of the first row that has it. */
  readonly number: number;
  readonly count: number;
}

/** Remarks of the same kind on the same field, counted, the most frequent first, each with its first example. */
export function countRemarks(rows: readonly ImportedRow[]): RemarkCount[] {
  const found = new Map<string, { note: RowNote; number: number; count: number }>();
  for (const row of rows) {
    for (const note of row.remarks) {
      const key = `${note.code} ${note.field}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { note, number: row.number, count: 1 });
      else known.count += 1;
    }
  }
  return [...found.values()].toSorted((a, b) => b.count - a.count);
}
