/**
 * Files that people bring, kept in the database in parts that fit the memory.
 *
 * Must always hold: a file is read part by part, never whole; what was kept has the size and the digest that are
 * written beside it.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId, type Id, type TerritoryId } from '../../lib/ids.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from './events.server.ts';
import { personOf, type Principal } from './principal.ts';

const PART_BYTES = 1024 * 1024;

/** A file on its way in: its bytes can be asked for more than once. */
export interface IncomingFile {
  readonly name: string;
  readonly type: string;
  stream(): AsyncIterable<Uint8Array>;
}

export async function storeFile(
  tx: TerritoryTransaction,
  principal: Principal,
  file: IncomingFile,
  at: Moment,
): Promise<Id<'file'>> {
  const id = newId<'file'>(at.now, at.fillRandom);
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of file.stream()) {
    digest.update(chunk);
    size += chunk.length;
  }
  await tx
    .insertInto('stored_files')
    .values({
      territory_id: tx.territoryId,
      id,
      name:
        file.name
          .replace(/^.*[\\/]/u, '')
          .slice(-200)
          .toWellFormed() || 'fichier',
      media_type: file.type.slice(0, 100) || 'application/octet-stream',
      size_bytes: BigInt(size),
      sha256: digest.digest('hex'),
      created_by: personOf(principal),
      created_at: at.now,
    })
    .execute();
  let position = 0;
  for await (const content of partsOf(file.stream())) {
    await tx
      .insertInto('stored_file_parts')
      .values({ territory_id: tx.territoryId, file_id: id, position: position++, content })
      .execute();
  }
  return id;
}

/** Each part in a transaction of its own: whoever reads slowly holds nothing. */
export async function* readStoredFile(
  database: Database,
  territoryId: TerritoryId,
  fileId: Id<'file'>,
): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const part = await withTerritory(database, territoryId, (tx) => readPart(tx, fileId, position), { readOnly: true });
    if (part === undefined) return;
    yield part;
  }
}

/** The same, inside of a transaction that is open anyway. */
export async function* readStoredFileIn(tx: TerritoryTransaction, fileId: Id<'file'>): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const part = await readPart(tx, fileId, position);
    if (part === undefined) return;
    yield part;
  }
}

async function readPart(
  tx: TerritoryTransaction,
  fileId: Id<'file'>,
  position: number,
): Promise<Uint8Array | undefined> {
  const row = await tx
    .selectFrom('stored_file_parts')
    .select('content')
    .where('territory_id', '=', tx.territoryId)
    .where('file_id', '=', fileId)
    .where('position', '=', position)
    .executeTakeFirst();
  return row?.content;
}

/** Lays the file on the disk while `work` runs. */
export async function withFileOnDisk<Answer>(
  chunks: AsyncIterable<Uint8Array>,
  work: (file: string) => Promise<Answer>,
): Promise<Answer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'terreau-file-'));
  try {
    const file = path.join(folder, 'file');
    const handle = await open(file, 'w', 0o600);
    try {
      for await (const chunk of chunks) await handle.write(chunk);
    } finally {
      await handle.close();
    }
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < PART_BYTES) continue;
    const all = Buffer.concat(held);
    let start = 0;
    for (; all.length - start >= PART_BYTES; start += PART_BYTES) yield all.subarray(start, start + PART_BYTES);
    held = [all.subarray(start)];
    bytes = all.length - start;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
