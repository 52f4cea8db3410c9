/**
 * Which pages are answered from memory: those of territories, for whoever shows no sign-in, no message of their own and
 * chooses no language just now. The key is all that such a page depends on beside the database.
 */
import type { TerritoryBook } from './domains/territory/territories.server.ts';
import type { Database } from './platform/postgres/database.ts';
import { createPageCache, type PageCache } from './platform/web/page-cache.ts';
import { preferred } from './request.ts';

export function createCachedPages(options: {
  readonly database: Database;
  readonly territories: TerritoryBook;
  readonly now: () => Temporal.Instant;
}): PageCache {
  const { database, territories, now } = options;
  return createPageCache({
    async readSnapshot() {
      const { rows } = await database.pool.query<[string]>({ text: SNAPSHOT, rowMode: 'array' });
      return rows[0]?.[0] ?? '';
    },
    onChange: territories.forget,
    keyOf(request) {
      if (request.method !== 'GET') return undefined;
      const { url, headers } = request;
      const path = url.slice(url.indexOf('/', 8));
      const territory = territories.known(path.slice(1).split(/[/?#]/u, 1)[0] ?? '');
      if (territory === undefined || path.length > LONGEST_ADDRESS || LANGUAGE_CHOSEN.test(path)) return undefined;
      if (headers.has('authorization') || headers.has('range')) return undefined;
      const cookies = cookiesOf(headers.get('cookie') ?? '');
      if (cookies === undefined) return undefined;
      const { lang, theme } = cookies;
      const locale = lang === 'fr' || lang === 'en' ? lang : preferred(headers.get('accept-language') ?? '');
      const today = now().toZonedDateTimeISO(territory.zone).toPlainDate();
      const shown = theme === 'light' || theme === 'dark' ? theme : 'auto';
      return `${locale} ${shown} ${today} ${path}`;
    },
  });
}

const SNAPSHOT = 'select pg_current_snapshot()::text';
const LONGEST_ADDRESS = 1000;
const LANGUAGE_CHOSEN = /[?&]lang=/u;

/** Undefined when there is any cookie but those of appearance: a sign-in, a message, something unknown. */
function cookiesOf(header: string): Readonly<Record<string, string>> | undefined {
  const cookies: Record<string, string> = {};
  for (const pair of header.split(';')) {
    const text = pair.trim();
    if (text === '') continue;
    const [name = '', value = ''] = text.split('=', 2);
    if (name !== 'lang' && name !== 'theme') return undefined;
    cookies[name] = value;
  }
  return cookies;
}
