/**
 * Reads a file of rows without being told what it is: CSV of any usual kind, JSON Lines, a JSON array.
 * Columns of a CSV whose cells are JSON are opened like nested fields.
 */
import { gunzipSync } from 'node:zlib';
import { done, refused, type Result } from '../../lib/result.ts';
import { readDelimited } from './delimited.ts';
import { flatten, looksLikeJson, parseJson, readJson } from './json-lines.ts';
import { MAX_COLUMNS, MAX_ROWS, type Cell, type Table, type TableRefusal } from './table.ts';
import { decodeText } from './text-encoding.ts';

/** Far past any table of 50,000 rows of text that fits the limit of an upload. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

export interface TableLimits {
  readonly maxRows?: number;
  readonly maxUnpackedBytes?: number;
}

/** `bytes` may be packed with gzip. The limits are those of an upload unless told. */
export async function readTable(bytes: Uint8Array, limits: TableLimits = {}): Promise<Result<Table, TableRefusal>> {
  const { maxRows = MAX_ROWS, maxUnpackedBytes = MAX_UNPACKED_BYTES } = limits;
  const unpacked = unpack(bytes, maxUnpackedBytes);
  if (unpacked === undefined) return refused('compressed');
  const decoded = decodeText(unpacked);
  if (!decoded.ok) return decoded;
  const { encoding } = decoded.value;
  const text = decoded.value.text.replace(/^\ufeff/u, '');
  if (text.trim() === '') return refused('empty');
  if (looksLikeJson(text)) {
    const records = await readJson(text, maxRows);
    return records.ok ? done({ encoding, ...records.value }) : records;
  }
  const delimited = await readDelimited(text, maxRows);
  return delimited.ok ? done(openJsonColumns({ format: 'csv', encoding, ...delimited.value })) : delimited;
}

/** Undefined when the packed bytes are broken or would fill the memory. */
function unpack(bytes: Uint8Array, maxOutputLength: number): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch {
    return undefined;
  }
}

/** A column is opened when each of its cells that is not empty is a JSON list or object. */
function openJsonColumns(table: Table): Table {
  const opened = new Map<number, { names: string[]; byRow: ReadonlyMap<string, Cell>[] }>();
  for (const place of table.columns.keys()) {
    const cells = table.rows.map((row) => row.cells[place]);
    const filled = cells.filter((cell): cell is string => typeof cell === 'string' && cell.trim() !== '');
    if (filled.length === 0 || !filled.every((cell) => /^\s*(\[\s*["{]|\{\s*"|\[\s*\])/u.test(cell))) continue;
    const column = openColumn(table.columns[place] ?? '', cells);
    if (column !== undefined) opened.set(place, column);
  }
  if (opened.size === 0) return table;
  const columns = table.columns.flatMap((name, place) => opened.get(place)?.names ?? [name]);
  if (columns.length > MAX_COLUMNS) return table;
  const rows = table.rows.map((row, rowPlace) => ({
    number: row.number,
    cells: row.cells.flatMap((cell, place) => {
      const column = opened.get(place);
      return column === undefined ? [cell] : column.names.map((name) => column.byRow[rowPlace]?.get(name));
    }),
  }));
  return { ...table, columns, rows };
}

function openColumn(
  name: string,
  cells: readonly (Cell | undefined)[],
): { names: string[]; byRow: ReadonlyMap<string, Cell>[] } | undefined {
  const names = new Set<string>();
  const byRow: ReadonlyMap<string, Cell>[] = [];
  for (const cell of cells) {
    const value = typeof cell === 'string' && cell.trim() !== '' ? parseJson(cell) : null;
    if (value === undefined) return undefined;
    const flat = value === null ? new Map<string, Cell>() : flatten({ [name]: value });
    for (const key of flat.keys()) names.add(key);
    byRow.push(flat);
  }
  return { names: [...names], byRow };
}
