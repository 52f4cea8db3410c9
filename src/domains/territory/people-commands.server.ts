/**
 * The only place that writes people, memberships, roles and the addresses that may sign in.
 * Each command locks the person first, so that two at once on the same person follow each other.
 */
import { newId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { Locale } from '../../i18n/translator.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import type { InvitationInput, ProfileInput } from './people-schema.ts';
import { INVITATIONS_AN_HOUR, isLastHolder } from './person.ts';
import { mayAddMember, mayGrantRoles, mayListPeople, mayManageMembers } from './policy-people.ts';
import { isTeam, personOf, type MembershipRole, type Principal, type Role } from './principal.ts';

export type InvitationRefusal =
  | 'not-allowed'
  | 'nothing-given'
  | 'unknown-organisation'
  | 'already-there'
  | 'too-many-invitations';
export type RightsRefusal =
  | 'not-allowed'
  | 'unknown-person'
  | 'last-administrator'
  | 'last-manager'
  | 'unknown-organisation';

export interface Invited {
  readonly personId: PersonId;
  readonly email: string;
  readonly name: string;
  /** The language that the mail should speak: the person's own when they were known already. */
  readonly locale: Locale;
  readonly organisationName: string | undefined;
}

/** Brings somebody in by their address: into an organisation, with roles, or both. */
export async function invitePerson(
  tx: TerritoryTransaction,
  principal: Principal,
  input: InvitationInput,
  at: Moment,
): Promise<Result<Invited, InvitationRefusal>> {
  const { organisation, membershipRole, roles } = input;
  if (!mayListPeople(principal)) return refused('not-allowed');
  if (organisation === undefined && roles.length === 0) return refused('nothing-given');
  if (organisation !== undefined && !mayManageMembers(principal, organisation)) return refused('not-allowed');
  if (roles.length > 0 && !mayGrantRoles(principal)) return refused('not-allowed');
  const organisationName = organisation === undefined ? undefined : await nameOf(tx, organisation);
  if (organisation !== undefined && organisationName === undefined) return refused('unknown-organisation');
  if (await hasInvitedTooMany(tx, principal, at.now)) return refused('too-many-invitations');

  const person = await findOrAddPerson(tx, input, at);
  const isJoining = organisation !== undefined && (await join(tx, person.id, organisation, membershipRole, at));
  const granted = await grant(tx, principal, person.id, roles, at);
  if (!isJoining && granted === 0) return refused('already-there', { name: person.name });
  await keepAddress(tx, person.id);
  const payload = {
    organisation: organisation ?? null,
    membershipRole: organisation === undefined ? null : membershipRole,
    roles: roles.join(' '),
  };
  await appendEvent(tx, principal, { kind: 'person-invited', subjectId: person.id, payload }, at);
  return done({ personId: person.id, email: input.email, name: person.name, locale: person.locale, organisationName });
}

/** Giving a role that is already held changes nothing. */
export async function grantRole(
  tx: TerritoryTransaction,
  principal: Principal,
  personId: PersonId,
  role: Role,
  at: Moment,
): Promise<Result<undefined, RightsRefusal>> {
  if (!mayGrantRoles(principal)) return refused('not-allowed');
  if (!(await lockPerson(tx, personId))) return refused('unknown-person');
  if ((await grant(tx, principal, personId, [role], at)) === 0) return done(undefined);
  await keepAddress(tx, personId);
  await appendEvent(tx, principal, { kind: 'role-granted', subjectId: personId, payload: { role } }, at);
  return done(undefined);
}

/** Refuses to take the last administrator's role, also when two are demoted at the same moment. */
export async function revokeRole(
  tx: TerritoryTransaction,
  principal: Principal,
  personId: PersonId,
  role: Role,
  at: Moment,
): Promise<Result<undefined, RightsRefusal>> {
  if (!mayGrantRoles(principal)) return refused('not-allowed');
  if (!(await lockPerson(tx, personId))) return refused('unknown-person');
  if (role === 'administrator' && isLastHolder(await lockAdministrators(tx), personId))
    return refused('last-administrator');
  const { numDeletedRows } = await tx
    .deleteFrom('role_grants')
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', personId)
    .where('role', '=', role)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return done(undefined);
  await keepAddress(tx, personId);
  await appendEvent(tx, principal, { kind: 'role-revoked', subjectId: personId, payload: { role } }, at);
  return done(undefined);
}

/** Makes somebody a manager or a member of an organisation; the team may also bring in whoever is here already. */
export async function setMembership(
  tx: TerritoryTransaction,
  principal: Principal,
  { personId, organisationId, role }: { personId: PersonId; organisationId: OrganisationId; role: MembershipRole },
  at: Moment,
): Promise<Result<undefined, RightsRefusal>> {
  if (!mayManageMembers(principal, organisationId)) return refused('not-allowed');
  if (!(await lockPerson(tx, personId))) return refused('unknown-person');
  const known = await membershipOf(tx, personId, organisationId);
  if (known === undefined && !mayAddMember(principal)) return refused('unknown-person');
  if ((await nameOf(tx, organisationId)) === undefined) return refused('unknown-organisation');
  if (known === role) return done(undefined);
  if (role === 'member' && (await wouldLeaveNoManager(tx, principal, personId, organisationId)))
    return refused('last-manager');
  await tx
    .insertInto('memberships')
    .values({
      territory_id: tx.territoryId,
      person_id: personId,
      organisation_id: organisationId,
      role,
      since: dayOf(at),
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'person_id', 'organisation_id']).doUpdateSet({ role }))
    .execute();
  await keepAddress(tx, personId);
  await appendEvent(
    tx,
    principal,
    { kind: 'membership-set', subjectId: personId, payload: { organisation: organisationId, role } },
    at,
  );
  return done(undefined);
}

/** Ending what has already ended changes nothing. */
export async function endMembership(
  tx: TerritoryTransaction,
  principal: Principal,
  personId: PersonId,
  organisationId: OrganisationId,
  at: Moment,
): Promise<Result<undefined, RightsRefusal>> {
  if (!mayManageMembers(principal, organisationId)) return refused('not-allowed');
  if (!(await lockPerson(tx, personId))) return refused('unknown-person');
  if (await wouldLeaveNoManager(tx, principal, personId, organisationId)) return refused('last-manager');
  const { numDeletedRows } = await tx
    .deleteFrom('memberships')
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return done(undefined);
  await keepAddress(tx, personId);
  await appendEvent(
    tx,
    principal,
    { kind: 'membership-ended', subjectId: personId, payload: { organisation: organisationId } },
    at,
  );
  return done(undefined);
}

/** One's own name, and the language of one's mails. */
export async function editProfile(
  tx: TerritoryTransaction,
  principal: Principal,
  input: ProfileInput,
  at: Moment,
): Promise<Result<undefined, 'not-allowed'>> {
  if (principal.kind !== 'person') return refused('not-allowed');
  await tx
    .updateTable('people')
    .set(input)
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', principal.personId)
    .execute();
  await appendEvent(tx, principal, { kind: 'person-edited', subjectId: principal.personId }, at);
  return done(undefined);
}

async function findOrAddPerson(tx: TerritoryTransaction, { email, name, locale }: InvitationInput, at: Moment) {
  await tx
    .insertInto('people')
    .values({
      territory_id: tx.territoryId,
      id: newId<'person'>(at.now, at.fillRandom),
      email,
      name,
      locale,
      created_at: at.now,
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'email']).doNothing())
    .execute();
  return tx
    .selectFrom('people')
    .select(['id', 'name', 'locale'])
    .where('territory_id', '=', tx.territoryId)
    .where('email', '=', email)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

/** False when nothing changed. An invitation as a manager raises a member, one as a member lowers nobody. */
async function join(
  tx: TerritoryTransaction,
  personId: PersonId,
  organisationId: OrganisationId,
  role: MembershipRole,
  at: Moment,
): Promise<boolean> {
  const changed = await tx
    .insertInto('memberships')
    .values({
      territory_id: tx.territoryId,
      person_id: personId,
      organisation_id: organisationId,
      role,
      since: dayOf(at),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['territory_id', 'person_id', 'organisation_id'])
        .doUpdateSet({ role })
        .where('memberships.role', '=', 'member')
        .where(({ val, eb }) => eb(val(role), '=', 'manager')),
    )
    .returning('person_id')
    .execute();
  return changed.length > 0;
}

/** How many roles were new. */
async function grant(
  tx: TerritoryTransaction,
  principal: Principal,
  personId: PersonId,
  roles: readonly Role[],
  at: Moment,
): Promise<number> {
  if (roles.length === 0) return 0;
  const rows = roles.map((role) => ({
    territory_id: tx.territoryId,
    person_id: personId,
    role,
    granted_by: personOf(principal),
    granted_at: at.now,
  }));
  const granted = await tx
    .insertInto('role_grants')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['territory_id', 'person_id', 'role']).doNothing())
    .returning('role')
    .execute();
  return granted.length;
}

async function hasInvitedTooMany(
  tx: TerritoryTransaction,
  principal: Principal,
  now: Temporal.Instant,
): Promise<boolean> {
  const { count } = await tx
    .selectFrom('events')
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where('territory_id', '=', tx.territoryId)
    .where('kind', '=', 'person-invited')
    .where('person_id', '=', personOf(principal))
    .where('occurred_at', '>', now.subtract({ hours: 1 }))
    .executeTakeFirstOrThrow();
  return count >= INVITATIONS_AN_HOUR;
}

/** Not `for update`: events that name the person as their author may still be written meanwhile, else two would lock up. */
async function lockPerson(tx: TerritoryTransaction, personId: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('people')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', personId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** A second transaction waits here for the first, then no longer finds the administrator whom that one demoted. */
async function lockAdministrators(tx: TerritoryTransaction): Promise<readonly PersonId[]> {
  const rows = await tx
    .selectFrom('role_grants')
    .select('person_id')
    .where('territory_id', '=', tx.territoryId)
    .where('role', '=', 'administrator')
    .orderBy('person_id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.person_id);
}

/** The team may leave an organisation without a manager; its managers may not. */
async function wouldLeaveNoManager(
  tx: TerritoryTransaction,
  principal: Principal,
  personId: PersonId,
  organisationId: OrganisationId,
): Promise<boolean> {
  if (isTeam(principal)) return false;
  const rows = await tx
    .selectFrom('memberships')
    .select('person_id')
    .where('territory_id', '=', tx.territoryId)
    .where('organisation_id', '=', organisationId)
    .where('role', '=', 'manager')
    .orderBy('person_id')
    .forUpdate()
    .execute();
  return isLastHolder(
    rows.map((row) => row.person_id),
    personId,
  );
}

async function membershipOf(
  tx: TerritoryTransaction,
  personId: PersonId,
  organisationId: OrganisationId,
): Promise<MembershipRole | undefined> {
  const row = await tx
    .selectFrom('memberships')
    .select('role')
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  return row?.role;
}

async function nameOf(tx: TerritoryTransaction, organisationId: OrganisationId): Promise<string | undefined> {
  const row = await tx
    .selectFrom('organisations')
    .select('name')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', organisationId)
    .executeTakeFirst();
  return row?.name;
}

/** The address may sign in exactly as long as its person has a part here. The person is locked by the caller. */
async function keepAddress(tx: TerritoryTransaction, personId: PersonId): Promise<void> {
  const person = await tx
    .selectFrom('people')
    .select(({ exists, or, selectFrom }) => [
      'email',
      or([
        exists(
          selectFrom('role_grants')
            .select('role')
            .whereRef('role_grants.territory_id', '=', 'people.territory_id')
            .whereRef('role_grants.person_id', '=', 'people.id'),
        ),
        exists(
          selectFrom('memberships')
            .select('role')
            .whereRef('memberships.territory_id', '=', 'people.territory_id')
            .whereRef('memberships.person_id', '=', 'people.id'),
        ),
      ]).as('has_part'),
    ])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  if (person.email === null) return;
  const address = { email: person.email, territory_id: tx.territoryId };
  if (person.has_part) {
    await tx
      .insertInto('territory_addresses')
      .values(address)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } else {
    await tx
      .deleteFrom('territory_addresses')
      .where('territory_id', '=', address.territory_id)
      .where('email', '=', address.email)
      .execute();
  }
}

/** Days of membership are counted in universal time: nothing depends on their hour. */
function dayOf(at: Moment): Temporal.PlainDate {
  return at.now.toZonedDateTimeISO('UTC').toPlainDate();
}
