/** Who asks, read in the transaction in which they act: rights that were taken away a moment ago are gone. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { ANONYMOUS, type MembershipRole, type Principal, type Role } from './principal.ts';

/** One query. An address that this territory does not know is anonymous here, whoever it is elsewhere. */
export async function principalOf(tx: TerritoryTransaction, email: string): Promise<Principal> {
  const row = await tx
    .selectFrom('people')
    .select([
      'id',
      'name',
      'email',
      'locale',
      sql<
        Role[]
      >`array(select role from role_grants r where r.territory_id = people.territory_id and r.person_id = people.id order by role)`.as(
        'roles',
      ),
      sql<
        [OrganisationId, MembershipRole][]
      >`coalesce((select jsonb_agg(jsonb_build_array(m.organisation_id, m.role) order by m.since, m.organisation_id)
        from memberships m where m.territory_id = people.territory_id and m.person_id = people.id), '[]')`.as(
        'memberships',
      ),
    ])
    .where('territory_id', '=', tx.territoryId)
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  if (row?.email == null) return ANONYMOUS;
  return {
    kind: 'person',
    personId: row.id,
    name: row.name,
    email: row.email,
    locale: row.locale,
    roles: new Set(row.roles),
    memberships: new Map(row.memberships),
  };
}
