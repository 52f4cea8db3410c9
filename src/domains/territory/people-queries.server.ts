/** Reads of people. One territory per transaction; who sees whom is part of every question. */
import { sql, type Expression, type SqlBool } from 'kysely';
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { NameCursor } from './cursor.ts';
import type { Membership, Person } from './person.ts';
import { managedOrganisations } from './policy-people.ts';
import { isTeam, type Principal, type Role } from './principal.ts';
import { isInDirectory } from './queries.server.ts';

export interface PeopleFilter {
  /** Found in the name, the address, or the name of an organisation. */
  readonly words?: string;
  readonly role?: Role;
  readonly organisationSlug?: string;
}

export interface PeopleList {
  readonly people: readonly Person[];
  readonly total: number;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

const rolesOf = sql<
  Role[]
>`array(select role from role_grants r where r.territory_id = people.territory_id and r.person_id = people.id order by role)`;
const membershipsOf = sql<Membership[]>`coalesce((
  select jsonb_agg(jsonb_build_object('organisationId', o.id, 'organisationName', o.name, 'organisationSlug', o.slug, 'role', m.role) order by o.name, o.id)
  from memberships m join organisations o on o.territory_id = m.territory_id and o.id = m.organisation_id
  where m.territory_id = people.territory_id and m.person_id = people.id and ${isInDirectory('o')}), '[]')`;

/** `maySeePerson` as a condition on rows of `people`. */
export function visiblePeople(principal: Principal): Expression<SqlBool> {
  if (isTeam(principal)) return sql<SqlBool>`true`;
  if (principal.kind !== 'person') return sql<SqlBool>`false`;
  const managed = [...managedOrganisations(principal)];
  return sql<SqlBool>`(people.id = ${principal.personId} or exists (
    select from memberships m where m.territory_id = people.territory_id and m.person_id = people.id and m.organisation_id = any(${managed}::uuid[])))`;
}

export async function listPeople(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: PeopleFilter,
  cursor: NameCursor | undefined,
  size: number,
): Promise<PeopleList> {
  const backwards = cursor?.direction === 'before';
  const found = matching(tx, principal, filter);
  let page = found
    .select([
      'people.id',
      'people.name',
      'people.email',
      'people.locale',
      rolesOf.as('roles'),
      membershipsOf.as('memberships'),
    ])
    .limit(size + 1);
  if (cursor !== undefined) {
    const than = backwards ? sql.raw('<') : sql.raw('>');
    page = page.where(sql<SqlBool>`(people.name, people.id) ${than} (${cursor.name}, ${cursor.id}::uuid)`);
  }
  const order = backwards ? 'desc' : 'asc';
  const rows = await page.orderBy('people.name', order).orderBy('people.id', order).execute();
  const { count } = await found.select((has) => has.fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow();
  const more = rows.length > size;
  const people = backwards ? rows.slice(0, size).toReversed() : rows.slice(0, size);
  return {
    people,
    total: Number(count),
    hasBefore: backwards ? more : cursor !== undefined,
    hasAfter: backwards ? true : more,
  };
}

/** The person, when the principal may see them: undefined says nothing of whether they exist. */
export async function personById(
  tx: TerritoryTransaction,
  principal: Principal,
  personId: PersonId,
): Promise<Person | undefined> {
  return tx
    .selectFrom('people')
    .select([
      'people.id',
      'people.name',
      'people.email',
      'people.locale',
      rolesOf.as('roles'),
      membershipsOf.as('memberships'),
    ])
    .where('people.territory_id', '=', tx.territoryId)
    .where('people.id', '=', personId)
    .where(visiblePeople(principal))
    .executeTakeFirst();
}

export interface OrganisationChoice {
  readonly id: OrganisationId;
  readonly name: string;
  readonly slug: string;
}

/** The organisations into which the principal may bring people. */
export async function organisationsToManage(
  tx: TerritoryTransaction,
  principal: Principal,
): Promise<readonly OrganisationChoice[]> {
  const managed = managedOrganisations(principal);
  if (!isTeam(principal) && managed.length === 0) return [];
  let query = tx
    .selectFrom('organisations')
    .select(['id', 'name', 'slug'])
    .where('territory_id', '=', tx.territoryId)
    .where(isInDirectory());
  if (!isTeam(principal)) query = query.where('id', 'in', [...managed]);
  return query.orderBy('name').orderBy('id').execute();
}

/** Which of these addresses are people of the territory. */
export async function knownAddresses(
  tx: TerritoryTransaction,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('people')
    .select('email')
    .where('territory_id', '=', tx.territoryId)
    .where('email', 'in', [...emails])
    .execute();
  return new Set(rows.map(({ email }) => email ?? ''));
}

function matching(tx: TerritoryTransaction, principal: Principal, filter: PeopleFilter) {
  let query = tx.selectFrom('people').where('people.territory_id', '=', tx.territoryId).where(visiblePeople(principal));
  const words = filter.words?.trim().replace(/[\\%_]/gu, '\\$&') ?? '';
  if (words !== '') {
    const like = `%${words}%`;
    query = query.where(sql<SqlBool>`(people.name ilike ${like} or people.email ilike ${like} or exists (
      select from memberships m join organisations o on o.territory_id = m.territory_id and o.id = m.organisation_id
      where m.territory_id = people.territory_id and m.person_id = people.id and o.name ilike ${like}))`);
  }
  if (filter.role !== undefined) {
    query = query.where(
      sql<SqlBool>`exists (select from role_grants r where r.territory_id = people.territory_id and r.person_id = people.id and r.role = ${filter.role})`,
    );
  }
  if (filter.organisationSlug !== undefined) {
    query = query.where(sql<SqlBool>`exists (
      select from memberships m join organisations o on o.territory_id = m.territory_id and o.id = m.organisation_id
      where m.territory_id = people.territory_id and m.person_id = people.id and o.slug = ${filter.organisationSlug})`);
  }
  return query;
}
