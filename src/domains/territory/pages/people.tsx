/** Who may enter, for whom, with which rights? The team sees everybody, a manager their own people. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { PeopleFilters, PeoplePaging, PeopleTable } from '../components/people-list.tsx';
import { readCursor, writeCursor } from '../cursor.ts';
import { directoryText } from '../messages.ts';
import {
  listPeople,
  organisationsToManage,
  type OrganisationChoice,
  type PeopleFilter,
  type PeopleList,
} from '../people-queries.server.ts';
import { mayListPeople } from '../policy-people.ts';
import { isTeam, ROLES } from '../principal.ts';
import { pathIn, territoryPage, listLinks } from '../visit.ts';
import { peopleTwin } from '../twin-schema.ts';

const PAGE_SIZE = 50;

interface Data {
  readonly filter: PeopleFilter;
  readonly list: PeopleList;
  readonly organisations: readonly OrganisationChoice[];
}

export const peoplePage = territoryPage<Data>({
  path: '/:territory/personnes',
  twin: {
    areas: ['people'],
    response: peopleTwin,
    of: ({ list }, visit) => ({ ...list, links: listLinks(visit, list, list.people, writeCursor) }),
  },

  async load(visit, tx) {
    const { principal, url } = visit;
    if (!mayListPeople(principal)) return principal.kind === 'anonymous' ? SIGN_IN : NOT_FOUND;
    const filter = readFilter(url.searchParams);
    const organisations = await organisationsToManage(tx, principal);
    return {
      filter,
      organisations,
      list: await listPeople(tx, principal, filter, readCursor(url.searchParams), PAGE_SIZE),
    };
  },

  view({ filter, list, organisations }, visit) {
    const t = directoryText(visit.locale);
    const isNarrowed = Object.keys(filter).length > 0;
    return {
      title: t('people.title'),
      body: (
        <>
          <PageHead
            title={t(isNarrowed ? 'people.countFound' : 'people.count', { n: list.total })}
            lead={t(isTeam(visit.principal) ? 'people.lead' : 'people.leadManager')}
            actions={<ButtonLink href={pathIn(visit, 'personnes', 'inviter')}>{t('people.invite')}</ButtonLink>}
          />
          <PeopleFilters filter={filter} organisations={organisations} visit={visit} />
          <PeopleTable list={list} visit={visit} />
          <PeoplePaging list={list} visit={visit} />
        </>
      ),
    };
  },
});

function readFilter(query: URLSearchParams): PeopleFilter {
  const [words, role, organisationSlug] = [
    query.get('q')?.trim().slice(0, 100),
    ROLES.find((role) => role === query.get('role')),
    query.get('organisation')?.slice(0, 120),
  ];
  return { ...(words && { words }), ...(role && { role }), ...(organisationSlug && { organisationSlug }) };
}
