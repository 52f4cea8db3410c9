/**
 * Public pages answered from memory, exactly: what anybody committed before a request came shows in its answer,
 * whichever program wrote it.
 *
 * How: PostgreSQL's snapshot (`pg_current_snapshot`) names every transaction that was under way and the next to come.
 * It differs as soon as one that wrote has ended, and never becomes again what it was: the next number only grows, and
 * under one next number the list of those under way only shrinks. A page is kept with the snapshot that was taken before
 * any of its reads; it is answered only while a snapshot taken after the request came is the same. Then nothing was
 * committed since, so every read of the page would read the same now.
 *
 * Must always hold: only whoever shows no sign-in and no message of their own is answered from here; what sets a cookie
 * is not kept; the memory is bounded; requests that come while a snapshot is being asked for wait for the next one,
 * all together.
 */
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface PageCacheOptions {
  /** Asks PostgreSQL for its snapshot now. */
  readSnapshot(): Promise<string>;
  /** What a visitor without a sign-in is answered; undefined for an address whose pages are not kept. */
  keyOf(request: Request): string | undefined;
  /** Told, before anything is read anew, that something was committed. */
  onChange?(): void;
  readonly mostBytes?: number;
  /** How long a page is kept when nothing changes: pages may look at the clock. */
  readonly keepMilliseconds?: number;
}

export interface PageCache {
  answer(request: Request, render: (request: Request) => Promise<Response> | Response): Promise<Response>;
  /** For measurements and tests. */
  readonly counts: { hits: number; fills: number };
}

type Encoding = 'br' | 'gzip' | 'identity';

interface Kept {
  readonly snapshot: string;
  readonly at: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly etag: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly bodies: Map<Encoding, Uint8Array<ArrayBuffer>>;
}

const LONGEST_PAGE = 512 * 1024;
/** Of this answer alone. */
const OWN_HEADERS = new Set(['x-request-id', 'set-cookie', 'date', 'content-length', 'content-encoding', 'etag']);

export function createPageCache(options: PageCacheOptions): PageCache {
  const { mostBytes = 48 * 1024 * 1024, keepMilliseconds = 60_000 } = options;
  const shelf = createShelf(mostBytes);
  const filling = new Map<string, Promise<Kept | undefined>>();
  const counts = { hits: 0, fills: 0 };
  let seen = '';
  const snapshot = coalesced(options.readSnapshot);
  /** The snapshot now. Once it has changed, nothing that was kept under another one can ever be right again. */
  const now = async () => {
    const read = await snapshot();
    if (read !== seen) {
      shelf.clear();
      seen = read;
      options.onChange?.();
    }
    return read;
  };
  const fill = async (key: string, request: Request, render: Render) => {
    const before = await now();
    counts.fills++;
    const response = await render(request);
    const page = await readPage(response, before);
    if (page?.snapshot === seen) shelf.put(key, page);
    return { response, page };
  };
  return {
    counts,
    async answer(request, render) {
      const key = options.keyOf(request);
      if (key === undefined) return render(request);
      const kept = shelf.get(key) ?? (await filling.get(key));
      if (kept !== undefined && performance.now() - kept.at < keepMilliseconds && (await now()) === kept.snapshot) {
        counts.hits++;
        return answerKept(kept, request, () => shelf.weigh(key, kept));
      }
      const started = fill(key, plainly(request), render);
      const shared = started.then(
        ({ page }) => page,
        () => undefined,
      );
      filling.set(key, shared);
      const { response, page } = await started.finally(() => {
        if (filling.get(key) === shared) filling.delete(key);
      });
      return page === undefined ? response : answerKept(page, request, () => shelf.weigh(key, page));
    },
  };
}

type Render = Parameters<PageCache['answer']>[1];

/** What is kept, no heavier than `mostBytes`: what was put there the longest ago goes first. */
function createShelf(mostBytes: number) {
  const pages = new Map<string, { readonly page: Kept; bytes: number }>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= pages.get(key)?.bytes ?? 0;
    pages.delete(key);
  };
  const put = (key: string, page: Kept) => {
    drop(key);
    const size = sizeOf(page);
    pages.set(key, { page, bytes: size });
    bytes += size;
    for (const oldest of pages.keys()) {
      if (bytes <= mostBytes) break;
      drop(oldest);
    }
  };
  return {
    get: (key: string) => pages.get(key)?.page,
    put,
    /** A compressed form was added to it. */
    weigh(key: string, page: Kept) {
      if (pages.get(key)?.page === page) put(key, page);
    },
    clear() {
      pages.clear();
      bytes = 0;
    },
  };
}

/** Asks once for all who came while the last asking was under way: what it answers was read after each of them came. */
function coalesced(read: () => Promise<string>): () => Promise<string> {
  let running: Promise<string> | undefined;
  let next: Promise<string> | undefined;
  const run = () => {
    const asked = read();
    running = asked;
    const end = () => {
      if (running === asked) running = undefined;
    };
    asked.then(end, end);
    return asked;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running
      .catch(() => '')
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}

/** The request without its wish for compression: one page is kept, and compressed once for all. */
function plainly(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete('accept-encoding');
  headers.delete('if-none-match');
  return new Request(request.url, { method: 'GET', headers });
}

async function readPage(response: Response, snapshot: string): Promise<Kept | undefined> {
  const isPage = response.status === 200 && /^text\/html\b/u.test(response.headers.get('content-type') ?? '');
  if (!isPage || response.headers.has('set-cookie')) return undefined;
  const body = new Uint8Array(await response.clone().arrayBuffer());
  if (body.length > LONGEST_PAGE) return undefined;
  return {
    snapshot,
    at: performance.now(),
    headers: [...response.headers].filter(([name]) => !OWN_HEADERS.has(name)),
    etag: `W/"${hash('sha1', body, 'base64url')}"`,
    plain: body,
    bodies: new Map([['identity', body]]),
  };
}

async function answerKept(page: Kept, request: Request, onMoreBytes: () => void): Promise<Response> {
  const headers = new Headers(page.headers as [string, string][]);
  headers.set('etag', page.etag);
  headers.set('x-request-id', crypto.randomUUID());
  if (request.headers.get('if-none-match') === page.etag) return new Response(null, { status: 304, headers });
  const encoding = encodingOf(request.headers.get('accept-encoding') ?? '');
  const body = page.bodies.get(encoding) ?? (await compressed(page, encoding, onMoreBytes));
  if (encoding !== 'identity') headers.set('content-encoding', encoding);
  headers.set('content-length', String(body.length));
  return new Response(body, { headers });
}

async function compressed(page: Kept, encoding: Encoding, onMoreBytes: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const { plain } = page;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  const made =
    encoding === 'br' ? await promisify(brotliCompress)(plain, quality) : await promisify(gzip)(plain, { level: 6 });
  const body = new Uint8Array(made);
  page.bodies.set(encoding, body);
  onMoreBytes();
  return body;
}

function encodingOf(accepted: string): Encoding {
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/u.test(accepted)) return 'br';
  if (/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/u.test(accepted)) return 'gzip';
  return 'identity';
}

function sizeOf(page: Kept): number {
  return 1024 + [...page.bodies.values()].reduce((sum, { length }) => sum + length, 0);
}
