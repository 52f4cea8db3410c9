/** The same organisations as a list and on the map, and the views that one keeps. */
import { Tabs } from '../../../ui/components/tabs.tsx';
import type { Listing } from '../listing.ts';
import { findingText } from '../messages.ts';
import { pathIn, type TerritoryVisit } from '../visit.ts';
import { listAddress } from './organisation-list.tsx';

export type DirectoryTab = 'list' | 'map' | 'saved';

export function DirectoryTabs({
  current,
  listing,
  visit,
}: {
  current: DirectoryTab;
  listing: Pick<Listing, 'filter' | 'sort'>;
  visit: TerritoryVisit;
}) {
  const t = findingText(visit.locale);
  const tab = (name: DirectoryTab, href: string) => ({ label: t(`view.${name}`), href, current: name === current });
  const tabs = [
    tab('list', listAddress(visit, listing)),
    tab('map', listAddress(visit, { filter: listing.filter, sort: 'name' }, 'carte')),
    ...(visit.principal.kind === 'person' ? [tab('saved', pathIn(visit, 'vues'))] : []),
  ];
  return <Tabs label={t('views')} tabs={tabs} />;
}
