/** The map of a list, drawn on the server: an outline, and a dot for each commune that leads to its organisations. */
import { formatNumber } from '../../../i18n/format.ts';
import type { Listing } from '../listing.ts';
import type { Dot, DrawnMap } from '../map.ts';
import { findingText } from '../messages.ts';
import type { TerritoryVisit } from '../visit.ts';
import { listAddress } from './organisation-list.tsx';

/** Wide enough for its figure. */
const ROOMY = 18;
/** More names than this would cover each other. */
const NAMED = 12;

export function TerritoryMap({
  map,
  credit,
  filter,
  visit,
}: {
  map: DrawnMap;
  credit: string | undefined;
  filter: Listing['filter'];
  visit: TerritoryVisit;
}) {
  const t = findingText(visit.locale);
  const named = new Set(map.dots.toSorted((a, b) => b.count - a.count).slice(0, NAMED));
  return (
    <figure class="map">
      {/* A group of links, each with its words: readers of the screen walk through it as through a list. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing has no tag for a group of links */}
      <svg viewBox={`0 0 ${map.width} ${map.height}`} role="group" aria-label={t('map.label', { n: map.dots.length })}>
        {map.outlines.map((d) => (
          <path class="outline" d={d} />
        ))}
        {map.dots.map((dot) => (
          <DotLink dot={dot} isNamed={named.has(dot)} filter={filter} visit={visit} />
        ))}
      </svg>
      {credit === undefined ? null : <figcaption class="small soft">{t('map.credit', { credit })}</figcaption>}
    </figure>
  );
}

function DotLink({
  dot,
  isNamed,
  filter,
  visit,
}: {
  dot: Dot;
  isNamed: boolean;
  filter: Listing['filter'];
  visit: TerritoryVisit;
}) {
  const t = findingText(visit.locale);
  const [first, ...others] = dot.communes;
  if (first === undefined) return null;
  const place = others.length === 0 ? first.label : t('map.more', { place: first.label, n: others.length });
  const [x, y, radius] = [dot.x, dot.y, dot.radius].map((value) => Math.round(value * 10) / 10) as [
    number,
    number,
    number,
  ];
  const count = formatNumber(visit.locale, dot.count);
  return (
    <>
      <a
        href={communesAddress(
          visit,
          filter,
          dot.communes.map(({ commune }) => commune),
        )}
        aria-label={t('map.dot', { place, n: dot.count })}
      >
        <title>{t('map.dot', { place, n: dot.count })}</title>
        <circle class="dot" cx={x} cy={y} r={radius} />
      </a>
      {/* Drawn over the link, which says it in words. */}
      {radius < ROOMY ? null : (
        <text class="inside" x={x} y={y} aria-hidden="true">
          {count}
        </text>
      )}
      {isNamed ? (
        <text x={x + radius + 6} y={y + 5} aria-hidden="true">
          {first.label}
        </text>
      ) : null}
    </>
  );
}

/** The list of some communes, all other filters standing. */
export function communesAddress(visit: TerritoryVisit, filter: Listing['filter'], communes: readonly string[]): string {
  return listAddress(visit, {
    filter: { ...filter, chosen: { ...filter.chosen, commune: communes.slice(0, 40) } },
    sort: 'name',
  });
}
