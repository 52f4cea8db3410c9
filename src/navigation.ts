/** What the header offers to whom: the public sees the public pages, members their own, the team its day. */
import { mayReadPlans } from './domains/matching/policy.ts';
import { isAdministrator, isInsider, isTeam, type Principal } from './domains/territory/principal.ts';
import type { TerritoryVisit } from './domains/territory/visit.ts';
import type { SiteText } from './site.tsx';
import type { NavigationLink } from './ui/shell.tsx';

type Entry = readonly [label: Parameters<SiteText>[0], path: string, isSeenBy: (principal: Principal) => boolean];

const everyone = () => true;
const isFunder = (principal: Principal) => principal.kind === 'person' && principal.roles.has('funder');
const readsAccounts = (principal: Principal) => isTeam(principal) || isFunder(principal);

const belongs = (principal: Principal) => principal.kind === 'person' && principal.memberships.size > 0;

const ENTRIES: readonly Entry[] = [
  ['nav.home', '', (principal) => !isTeam(principal)],
  ['nav.week', 'semaine', isTeam],
  ['nav.organisations', 'organisations', everyone],
  ['nav.needs', 'besoins', everyone],
  ['nav.offers', 'apports', everyone],
  ['nav.plans', 'plans', mayReadPlans],
  ['nav.matches', 'mises-en-relation', isInsider],
  ['nav.sessions', 'seances', isInsider],
  ['nav.accounts', 'comptes', readsAccounts],
  // Whoever reads the accounts finds them there.
  ['nav.agreements', 'conventions', (principal) => belongs(principal) && !readsAccounts(principal)],
  ['nav.money', 'argent', (principal) => !isTeam(principal)],
  ['nav.people', 'personnes', (principal) => isTeam(principal) || isAdministrator(principal)],
];

export function navigationOf(
  visit: Pick<TerritoryVisit, 'territory' | 'principal' | 'url'>,
  t: SiteText,
): NavigationLink[] {
  const base = `/${visit.territory.slug}`;
  return ENTRIES.filter(([, , isSeenBy]) => isSeenBy(visit.principal)).map(([label, path]) => {
    const href = path === '' ? base : `${base}/${path}`;
    const here = visit.url.pathname;
    return {
      href,
      label: t(label),
      current: path === '' ? here === base : here === href || here.startsWith(`${href}/`),
    };
  });
}
