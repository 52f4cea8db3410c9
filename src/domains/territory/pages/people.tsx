/** Who may enter, for whom, with which rights? The team sees everybody, a manager their own people. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { readCursor, writeCursor } from '../cursor.ts';
import { directoryText } from '../messages.ts';
import { listPeople, organisationsToManage, type OrganisationChoice, type PeopleFilter, type PeopleList } from '../people-queries.server.ts';
import type { Person } from '../person.ts';
import { mayListPeople } from '../policy-people.ts';
import { isTeam, ROLES } from '../principal.ts';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

const PAGE_SIZE = 50;

interface Data {
  readonly filter: PeopleFilter;
  readonly list: PeopleList;
  readonly organisations: readonly OrganisationChoice[];
}

export const peoplePage = territoryPage<Data>({
  path: '/:territory/personnes',

  async load(visit, tx) {
    const { principal, url } = visit;
    if (!mayListPeople(principal)) return principal.kind === 'anonymous' ? SIGN_IN : NOT_FOUND;
    const filter = readFilter(url.searchParams);
    const organisations = await organisationsToManage(tx, principal);
    return { filter, organisations, list: await listPeople(tx, principal, filter, readCursor(url.searchParams), PAGE_SIZE) };
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
          <Filters filter={filter} organisations={organisations} visit={visit} />
          <List list={list} visit={visit} />
          <Paging list={list} visit={visit} />
        </>
      ),
    };
  },
});

function readFilter(query: URLSearchParams): PeopleFilter {
  const [words, role, organisationSlug] = [query.get('q')?.trim().slice(0, 100), ROLES.find((role) => role === query.get('role')), query.get('organisation')?.slice(0, 120)];
  return { ...(words && { words }), ...(role && { role }), ...(organisationSlug && { organisationSlug }) };
}

function Filters({ filter, organisations, visit }: { filter: PeopleFilter; organisations: Data['organisations']; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  const drop = (name: string) => addressWith(visit, { [name]: '', apres: '', avant: '' });
  const organisation = organisations.find(({ slug }) => slug === filter.organisationSlug);
  const active = [
    ...(filter.words ? [{ label: filter.words, href: drop('q') }] : []),
    ...(filter.role ? [{ label: t(`role.${filter.role}`), href: drop('role') }] : []),
    ...(filter.organisationSlug ? [{ label: organisation?.name ?? filter.organisationSlug, href: drop('organisation') }] : []),
  ];
  return (
    <FilterBar
      action={pathIn(visit, 'personnes')}
      label={t('people.filter')}
      search={{ name: 'q', label: t('people.search'), value: filter.words }}
      selects={[
        { name: 'role', label: t('people.role'), any: t('people.anyRole'), value: filter.role, options: ROLES.map((role) => ({ value: role, label: t(`role.${role}`) })) },
        { name: 'organisation', label: t('people.organisation'), any: t('people.anyOrganisation'), value: filter.organisationSlug, options: organisations.map(({ slug, name }) => ({ value: slug, label: name })) },
      ]}
      active={active}
      clearHref={pathIn(visit, 'personnes')}
    />
  );
}

function List({ list, visit }: { list: PeopleList; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  const organisationsOf = ({ memberships }: Person) =>
    memberships.map(({ organisationName, organisationSlug, role }) => (
      <div><a href={pathIn(visit, 'organisations', organisationSlug)}>{t('people.memberOf', { organisation: organisationName, role })}</a></div>
    ));
  const rolesOf = ({ roles, memberships }: Person) =>
    roles.length + memberships.length === 0 ? <Tag tone="warn">{t('people.noPart')}</Tag> : <Tags>{roles.map((role) => <Tag>{t(`role.${role}`)}</Tag>)}</Tags>;
  return (
    <DataTable<Person>
      caption={t('people.caption', { n: list.total })}
      hideCaption
      rows={list.people}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('people.name'), heading: true, cell: ({ id, name }) => <a href={pathIn(visit, 'personnes', id)}>{name}</a> },
        { key: 'email', title: t('people.email'), cell: ({ email }) => email ?? '' },
        { key: 'organisations', title: t('people.organisations'), cell: organisationsOf },
        { key: 'roles', title: t('people.roles'), cell: rolesOf },
      ]}
      empty={
        <EmptyState title={t('people.countFound', { n: 0 })} action={<ButtonLink tone="quiet" href={pathIn(visit, 'personnes')}>{t('people.showAll')}</ButtonLink>}>
          {t('people.empty')}
        </EmptyState>
      }
    />
  );
}

function Paging({ list, visit }: { list: PeopleList; visit: TerritoryVisit }) {
  const [first, last] = [list.people[0], list.people.at(-1)];
  if (first === undefined || last === undefined || !(list.hasBefore || list.hasAfter)) return null;
  return (
    <Pager
      previousHref={list.hasBefore ? addressWith(visit, { avant: writeCursor(first), apres: '' }) : undefined}
      nextHref={list.hasAfter ? addressWith(visit, { apres: writeCursor(last), avant: '' }) : undefined}
    >
      {directoryText(visit.locale)('people.caption', { n: list.total })}
    </Pager>
  );
}
