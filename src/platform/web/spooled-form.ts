/**
 * A form whose files may be larger than the memory: they go to the disk while they come, and are read from there.
 *
 * Must always hold: no file is held in memory; what was laid on the disk is gone when the answer is made; fields are
 * as few and as short as those of any other form.
 */
import { Busboy } from '@fastify/busboy';
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface SpooledForm {
  readonly body: Readonly<Record<string, (string | File)[]>>;
  close(): Promise<void>;
}

const MOST_FILES = 50;
const MOST_FIELDS = 5000;
const LONGEST_FIELD = 256 * 1024;

/** A body that is no form of files holds no fields. */
export async function readSpooledForm(request: Request): Promise<SpooledForm> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data/iu.test(contentType) || request.body === null)
    return { body: {}, close: () => Promise.resolve() };
  const folder = await mkdtemp(path.join(tmpdir(), 'terreau-form-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    return { body: await spool(request.body, contentType, folder), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function spool(stream: NonNullable<Request['body']>, contentType: string, folder: string) {
  const body: Record<string, (string | File)[]> = Object.create(null);
  const add = (name: string, value: string | File) => (body[name] ??= []).push(value);
  const writing: Promise<void>[] = [];
  let count = 0;
  const parser = new Busboy({
    headers: { 'content-type': contentType },
    limits: { files: MOST_FILES, fields: MOST_FIELDS, fieldSize: LONGEST_FIELD },
  });
  parser.on('field', (name, value) => add(name, value));
  parser.on('file', (name, file, fileName, _encoding, type) => {
    const kept = path.join(folder, String(count++));
    const keep = async () => {
      await pipeline(file, createWriteStream(kept, { mode: 0o600 }));
      const blob = await openAsBlob(kept, { type });
      add(name, new File([blob], fileName ?? '', { type }));
    };
    const written = keep();
    // Heard below, with the others: a failure before that must not end the process.
    written.catch(() => undefined);
    writing.push(written);
  });
  await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), parser);
  await Promise.all(writing);
  return body;
}
