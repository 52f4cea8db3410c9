/** The list of people, its filters and its pages. */
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { writeCursor } from '../cursor.ts';
import { directoryText } from '../messages.ts';
import type { OrganisationChoice, PeopleFilter, PeopleList } from '../people-queries.server.ts';
import type { Person } from '../person.ts';
import { ROLES } from '../principal.ts';
import { addressWith, pathIn, type TerritoryVisit } from '../visit.ts';

export function PeopleFilters({
  filter,
  organisations,
  visit,
}: {
  filter: PeopleFilter;
  organisations: readonly OrganisationChoice[];
  visit: TerritoryVisit;
}) {
  const t = directoryText(visit.locale);
  const drop = (name: string) => addressWith(visit, { [name]: '', apres: '', avant: '' });
  const organisation = organisations.find(({ slug }) => slug === filter.organisationSlug);
  const active = [
    ...(filter.words ? [{ label: filter.words, href: drop('q') }] : []),
    ...(filter.role ? [{ label: t(`role.${filter.role}`), href: drop('role') }] : []),
    ...(filter.organisationSlug
      ? [{ label: organisation?.name ?? filter.organisationSlug, href: drop('organisation') }]
      : []),
  ];
  return (
    <FilterBar
      action={pathIn(visit, 'personnes')}
      label={t('people.filter')}
      search={{ name: 'q', label: t('people.search'), value: filter.words }}
      selects={[
        {
          name: 'role',
          label: t('people.role'),
          any: t('people.anyRole'),
          value: filter.role,
          options: ROLES.map((role) => ({ value: role, label: t(`role.${role}`) })),
        },
        {
          name: 'organisation',
          label: t('people.organisation'),
          any: t('people.anyOrganisation'),
          value: filter.organisationSlug,
          options: organisations.map(({ slug, name }) => ({ value: slug, label: name })),
        },
      ]}
      active={active}
      clearHref={pathIn(visit, 'personnes')}
    />
  );
}

export function PeopleTable({ list, visit }: { list: PeopleList; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  const organisationsOf = ({ memberships }: Person) =>
    memberships.length === 0
      ? ''
      : memberships.map(({ organisationName, organisationSlug, role }) => (
          <div>
            <a href={pathIn(visit, 'organisations', organisationSlug)}>
              {t('people.memberOf', { organisation: organisationName, role })}
            </a>
          </div>
        ));
  const rolesOf = ({ roles, memberships }: Person) => {
    if (roles.length > 0)
      return (
        <Tags>
          {roles.map((role) => (
            <Tag>{t(`role.${role}`)}</Tag>
          ))}
        </Tags>
      );
    return memberships.length === 0 ? <Tag tone="warn">{t('people.noPart')}</Tag> : '';
  };
  return (
    <DataTable<Person>
      caption={t('people.caption', { n: list.total })}
      hideCaption
      rows={list.people}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          title: t('people.name'),
          heading: true,
          cell: ({ id, name }) => <a href={pathIn(visit, 'personnes', id)}>{name}</a>,
        },
        { key: 'email', title: t('people.email'), cell: ({ email }) => breakable(email ?? '') },
        { key: 'organisations', title: t('people.organisations'), cell: organisationsOf },
        { key: 'roles', title: t('people.roles'), cell: rolesOf },
      ]}
      empty={
        <EmptyState
          title={t('people.countFound', { n: 0 })}
          action={
            <ButtonLink tone="quiet" href={pathIn(visit, 'personnes')}>
              {t('people.showAll')}
            </ButtonLink>
          }
        >
          {t('people.empty')}
        </EmptyState>
      }
    />
  );
}

export function PeoplePaging({ list, visit }: { list: PeopleList; visit: TerritoryVisit }) {
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

/** A narrow column breaks an address before its host. */
function breakable(email: string) {
  const [local = '', host] = email.split('@');
  return host === undefined ? (
    local
  ) : (
    <>
      {local}
      <wbr />@{host}
    </>
  );
}
