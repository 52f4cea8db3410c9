/** What machines ask of the directory: its news (Atom, RFC 4287) and the map of the site (sitemaps.org). */
import { XML_DECLARATION, xmlText } from '../../../lib/xml.ts';
import { NOT_FOUND, respondWith, type PageAnswer } from '../../../platform/web/page.ts';
import { findingText } from '../messages.ts';
import { countPublicPages, newsOf, publicPages, type NewsItem, type PublicPage } from '../news.server.ts';
import { summaryIn } from '../organisation.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

/** What one file of a site map may hold. */
const MOST_ADDRESSES = 50_000;

export const newsFeed = territoryPage<never>({
  path: '/:territory/annuaire.atom',

  async load(visit, tx) {
    const items = await newsOf(tx, { today: visit.today, zone: visit.territory.zone });
    return answer(writeFeed(items, visit), 'application/atom+xml; charset=utf-8');
  },

  view: neverShown,
});

export const siteMap = territoryPage<never>({
  path: '/:territory/sitemap.xml',

  async load(visit, tx) {
    const number = visit.url.searchParams.get('page');
    const total = await countPublicPages(tx);
    const files = Math.ceil((total + OWN_PAGES.length) / MOST_ADDRESSES);
    if (number === null && files > 1) return answer(writeIndex(files, visit), XML);
    const file = number === null ? 1 : Number(number);
    if (!Number.isInteger(file) || file < 1 || file > Math.max(files, 1)) return NOT_FOUND;
    // The first file also names the pages of the territory itself.
    const first = file === 1;
    const size = MOST_ADDRESSES - (first ? OWN_PAGES.length : 0);
    const from = first ? 0 : (file - 1) * MOST_ADDRESSES - OWN_PAGES.length;
    return answer(writeMap(await publicPages(tx, from, size), first, visit), XML);
  },

  view: neverShown,
});

const XML = 'application/xml; charset=utf-8';
const OWN_PAGES = [[], ['organisations'], ['carte'], ['besoins'], ['apports'], ['heures']] as const;

export function writeFeed(items: readonly NewsItem[], visit: TerritoryVisit): string {
  const t = findingText(visit.locale);
  const { publicOrigin } = visit.services;
  const self = publicOrigin + pathIn(visit, 'annuaire.atom');
  const updated = items[0]?.at ?? Temporal.Instant.from('2016-01-01T00:00:00Z');
  const entries = items.map((item) => {
    const page = publicOrigin + pathIn(visit, 'organisations', item.slug);
    const summary = summaryIn(visit.locale, item);
    return `<entry><id>${xmlText(`${page}#${item.kind}`)}</id><title>${xmlText(t(`news.${item.kind}`, { name: item.name }))}</title><updated>${writeInstant(item.at)}</updated><link rel="alternate" type="text/html" href="${xmlText(page)}"/><category term="${item.kind}"/>${summary === '' ? '' : `<summary>${xmlText(summary)}</summary>`}</entry>`;
  });
  const title = t('news.title', { territory: visit.territory.name });
  return `${XML_DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${visit.locale}"><id>${xmlText(self)}</id><title>${xmlText(title)}</title><updated>${writeInstant(updated)}</updated><author><name>${xmlText(visit.territory.name)}</name></author><link rel="self" type="application/atom+xml" href="${xmlText(self)}"/><link rel="alternate" type="text/html" href="${xmlText(publicOrigin + pathIn(visit, 'organisations'))}"/>${entries.join('')}</feed>\n`;
}

function writeMap(pages: readonly PublicPage[], withOwn: boolean, visit: TerritoryVisit): string {
  const { publicOrigin } = visit.services;
  const own = withOwn
    ? OWN_PAGES.map((parts) => `<url><loc>${xmlText(publicOrigin + pathIn(visit, ...parts))}</loc></url>`)
    : [];
  const organisations = pages.map(
    ({ slug, updatedAt }) =>
      `<url><loc>${xmlText(publicOrigin + pathIn(visit, 'organisations', slug))}</loc><lastmod>${writeInstant(updatedAt)}</lastmod></url>`,
  );
  return `${XML_DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${[...own, ...organisations].join('\n')}</urlset>\n`;
}

function writeIndex(files: number, visit: TerritoryVisit): string {
  const self = visit.services.publicOrigin + pathIn(visit, 'sitemap.xml');
  const entries = Array.from(
    { length: files },
    (_, place) => `<sitemap><loc>${xmlText(`${self}?page=${place + 1}`)}</loc></sitemap>`,
  );
  return `${XML_DECLARATION}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('\n')}</sitemapindex>\n`;
}

/** RFC 3339, to the second. */
function writeInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second' });
}

function answer(body: string, type: string): PageAnswer {
  return respondWith(new Response(body, { headers: { 'content-type': type, 'cache-control': 'public, max-age=300' } }));
}

function neverShown(): never {
  throw new Error('These addresses answer with a file.');
}
