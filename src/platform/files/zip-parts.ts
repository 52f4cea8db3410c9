/**
 * The parts of a packed file on the disk, each read as text piece by piece.
 *
 * Must always hold: a part that says it would swell past what a table needs is refused before a byte of it is
 * unpacked; one that unpacks to more than it says is stopped there.
 */
import { fromBuffer, open, type Entry, type ZipFile } from 'yauzl';

export interface ZipParts {
  has(part: string): boolean;
  read(part: string): AsyncGenerator<string>;
  close(): void;
}

const MAX_PARTS = 5000;
/** Shared texts and styles are held; sheets only pass. */
const MAX_HELD_BYTES = 96 * 1024 * 1024;
const MAX_SHEET_BYTES = 2 * 1024 * 1024 * 1024;
/** Tables pack to a tenth or a thirtieth; what packs a hundred times better than that was made to swell. */
const MOST_SWELLING = 400;
const SMALL_BYTES = 16 * 1024 * 1024;

export async function openZip(source: string | Buffer): Promise<ZipParts | 'broken-workbook' | 'swollen'> {
  let zip: ZipFile;
  try {
    zip = await openFile(source);
  } catch {
    return 'broken-workbook';
  }
  const entries = await listEntries(zip).catch(() => undefined);
  const fault =
    entries === undefined ? 'broken-workbook' : [...entries.values()].some(isSwollen) ? 'swollen' : undefined;
  if (entries === undefined || fault !== undefined) {
    zip.close();
    return fault ?? 'broken-workbook';
  }
  return {
    has: (part) => entries.has(part),
    read: (part) => readPart(zip, entries.get(part)),
    close: () => zip.close(),
  };
}

function isSwollen(entry: Entry): boolean {
  const size = entry.uncompressedSize;
  const most = entry.fileName.includes('worksheets/') ? MAX_SHEET_BYTES : MAX_HELD_BYTES;
  return size > most || (size > SMALL_BYTES && size > entry.compressedSize * MOST_SWELLING);
}

function openFile(source: string | Buffer): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null, zip: ZipFile) => (error ? reject(error) : resolve(zip));
    if (typeof source === 'string') open(source, options, settle);
    else fromBuffer(source, options, settle);
  });
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      if (entries.size > MAX_PARTS) reject(new Error('Too many parts'));
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

async function* readPart(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<string> {
  if (entry === undefined) return;
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of stream) yield decoder.decode(chunk as Uint8Array, { stream: true });
  yield decoder.decode();
}
