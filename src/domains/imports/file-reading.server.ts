/** The files of an import, row by row, as often as they are wanted. */
import { createHash } from 'node:crypto';
import type { Id, TerritoryId } from '../../lib/ids.ts';
import { streamFile } from '../../platform/files/stream-file.ts';
import type { Cell, Chunks, FileEvent } from '../../platform/files/table.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { withFileOnDisk } from '../territory/stored-files.server.ts';
import type { ImportId } from './import.ts';
import { isOfCorrection } from './messages.ts';
import type { ColumnLook } from './table.ts';

export interface ImportFile {
  readonly position: number;
  readonly fileId: Id<'file'>;
  readonly name: string;
  readonly sizeBytes: number;
}

export function filesOfImport(database: Database, territoryId: TerritoryId, importId: ImportId): Promise<ImportFile[]> {
  return withTerritory(database, territoryId, (tx) => filesIn(tx, importId), { readOnly: true });
}

export async function filesIn(tx: TerritoryTransaction, importId: ImportId): Promise<ImportFile[]> {
  const rows = await tx
    .selectFrom('import_files as f')
    .innerJoin('stored_files as s', (join) =>
      join.onRef('s.territory_id', '=', 'f.territory_id').onRef('s.id', '=', 'f.file_id'),
    )
    .select(['f.position', 'f.file_id', 's.name', 's.size_bytes'])
    .where('f.territory_id', '=', tx.territoryId)
    .where('f.import_id', '=', importId)
    .orderBy('f.position')
    .execute();
  return rows.map((row) => ({
    position: row.position,
    fileId: row.file_id,
    name: row.name,
    sizeBytes: Number(row.size_bytes),
  }));
}

/** What comes of the file and how many of its bytes were taken for it. */
export async function readImportFile(
  open: () => Chunks,
  take: (event: FileEvent, bytes: number) => Promise<'go-on' | 'stop'>,
): Promise<void> {
  let bytes = 0;
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    bytes = 0;
    for await (const chunk of open()) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  const read = async (disk: string | undefined) => {
    const source = { chunks, onDisk: () => Promise.resolve(disk ?? '') };
    for await (const event of streamFile(source)) if ((await take(event, bytes)) === 'stop') return;
  };
  if (await isPacked(chunks())) await withFileOnDisk(chunks(), read);
  else await read(undefined);
}

async function isPacked(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const chunk of chunks) return chunk[0] === 0x50 && chunk[1] === 0x4b;
  return false;
}

const SAMPLES = 300;
const LONGEST_SAMPLE = 700;

/** Looks at a table while it passes: its columns, in the order in which they appear, and samples of each. */
export function startLooking() {
  const columns = new Map<string, (Cell | null)[]>();
  let rows = 0;
  return {
    see(cells: ReadonlyMap<string, Cell>): void {
      rows += 1;
      for (const name of cells.keys())
        if (!columns.has(name))
          columns.set(name, Array.from<Cell | null>({ length: Math.min(rows - 1, SAMPLES) }).fill(null));
      if (rows > SAMPLES) return;
      for (const [name, samples] of columns) samples.push(shortened(cells.get(name)));
    },
    columnCount: () => columns.size,
    rowCount: () => rows,
    columns: (): ColumnLook[] =>
      [...columns].filter(([name]) => !isOfCorrection(name)).map(([name, samples]) => ({ name, samples })),
  };
}

function shortened(cell: Cell | undefined): Cell | null {
  if (cell === undefined) return null;
  const short = (text: string) => text.slice(0, LONGEST_SAMPLE).replaceAll('\0', '').toWellFormed();
  return typeof cell === 'string' ? short(cell) : cell.slice(0, 40).map(short);
}

/** The same for tables of the same columns, in whatever order. */
export function shapeOf(columns: readonly ColumnLook[]): string {
  return createHash('sha256')
    .update(JSON.stringify(columns.map(({ name }) => name).toSorted()))
    .digest('hex')
    .slice(0, 32);
}
