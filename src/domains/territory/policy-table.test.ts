/**
 * Who may do what in the territory's own domain: every role against every act, compared with the committed table.
 * After a change that is meant: `TERREAU_WRITE_TABLES=1 node --test src/domains/territory/policy-table.test.ts`.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { newId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import {
  mayApproveFacts,
  mayCreateOrganisation,
  mayEditOrganisation,
  maySeeHistory,
  mayStateLife,
  mayTidyDirectory,
  mayUndo,
  mayKeepConflicts,
  mayReadConflicts,
  mayDrawMap,
  maySeeOrganisation,
} from './policy.ts';
import { mayAddMember, mayGrantRoles, mayListPeople, mayManageMembers, maySeePerson } from './policy-people.ts';
import { ANONYMOUS, ROLES, type MembershipRole, type Principal, type Role } from './principal.ts';

const TABLE = path.join(import.meta.dirname, 'policy-table.json');
const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const own = newId<'organisation'>(NOW);
const other = newId<'organisation'>(NOW);
const self = newId<'person'>(NOW);
const somebody = newId<'person'>(NOW);

const person = (
  roles: readonly Role[],
  memberships: readonly (readonly [OrganisationId, MembershipRole])[] = [],
): Principal => ({
  kind: 'person',
  personId: self,
  name: 'Personne',
  email: 'personne@exemple.fr',
  locale: 'fr',
  roles: new Set(roles),
  memberships: new Map(memberships),
});

const principals: Readonly<Record<string, Principal>> = {
  visitor: ANONYMOUS,
  'person-without-part': person([]),
  'organisation-member': person([], [[own, 'member']]),
  'organisation-manager': person([], [[own, 'manager']]),
  ...Object.fromEntries(ROLES.map((role) => [role, person([role])])),
  system: { kind: 'system', job: 'test' },
};

const sees = (principal: Principal, id: PersonId, organisationIds: readonly OrganisationId[]) =>
  maySeePerson(principal, { id, organisationIds });
const acts: Readonly<Record<string, (principal: Principal) => boolean>> = {
  'create-organisation': mayCreateOrganisation,
  'edit-own-organisation': (principal) => mayEditOrganisation(principal, own),
  'edit-other-organisation': (principal) => mayEditOrganisation(principal, other),
  'approve-changes-of-organisations': mayApproveFacts,
  'state-phases-of-own-organisation': (principal) => mayStateLife(principal, own, 'phase'),
  'state-phases-of-other-organisation': (principal) => mayStateLife(principal, other, 'phase'),
  'state-ties-of-own-organisation': (principal) => mayStateLife(principal, own, 'tie'),
  'see-history-of-own-organisation': (principal) => maySeeHistory(principal, own),
  'see-history-of-other-organisation': (principal) => maySeeHistory(principal, other),
  'undo-text-of-own-organisation': (principal) => mayUndo(principal, own, ['summaryFr', 'commune']),
  'undo-identity-of-own-organisation': (principal) => mayUndo(principal, own, ['summaryFr', 'siren']),
  'undo-text-of-other-organisation': (principal) => mayUndo(principal, other, ['summaryFr']),
  'tidy-themes-and-duplicates': mayTidyDirectory,
  'read-conflicts': mayReadConflicts,
  'declare-and-answer-conflicts': mayKeepConflicts,
  'draw-the-map': mayDrawMap,
  'see-own-unlisted-organisation': (principal) => maySeeOrganisation(principal, { id: own, isListed: false }),
  'see-other-unlisted-organisation': (principal) => maySeeOrganisation(principal, { id: other, isListed: false }),
  'see-listed-organisation': (principal) => maySeeOrganisation(principal, { id: other, isListed: true }),
  'list-people': mayListPeople,
  'see-self': (principal) => sees(principal, self, []),
  'see-person-of-own-organisation': (principal) => sees(principal, somebody, [other, own]),
  'see-person-of-other-organisation': (principal) => sees(principal, somebody, [other]),
  'invite-and-change-members-of-own-organisation': (principal) => mayManageMembers(principal, own),
  'invite-and-change-members-of-other-organisation': (principal) => mayManageMembers(principal, other),
  'add-known-person-to-organisation': mayAddMember,
  'grant-and-revoke-roles': mayGrantRoles,
};

test('every role may do exactly what the committed table says', () => {
  const table = Object.fromEntries(
    Object.entries(principals).map(([role, principal]) => [
      role,
      Object.fromEntries(Object.entries(acts).map(([act, may]) => [act, may(principal) ? 'yes' : 'no'])),
    ]),
  );
  if (process.env['TERREAU_WRITE_TABLES']) writeFileSync(TABLE, `${JSON.stringify(table, null, 2)}\n`);
  assert.deepEqual(table, JSON.parse(readFileSync(TABLE, 'utf8')));
});
