/**
 * Who may do what with State aid: every role against every act, compared with the committed table.
 * After a change that is meant: `TERREAU_WRITE_TABLES=1 node --test src/domains/alliance/aid-policy.test.ts`.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { newId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import { ANONYMOUS, ROLES, type MembershipRole, type Principal, type Role } from '../territory/principal.ts';
import { mayContestAid, mayDecideAid, mayDeclareAid, maySeeAidOf, maySeeAllAid } from './aid-policy.ts';

const TABLE = path.join(import.meta.dirname, 'aid-policy-table.json');
const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const own = newId<'organisation'>(NOW);
const other = newId<'organisation'>(NOW);

const person = (
  roles: readonly Role[],
  memberships: readonly (readonly [OrganisationId, MembershipRole])[] = [],
): Principal => ({
  kind: 'person',
  personId: newId<'person'>(NOW) as PersonId,
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

const acts: Readonly<Record<string, (principal: Principal) => boolean>> = {
  'see-all-aid': maySeeAllAid,
  'decide-withdraw-tie-file-answer-value': mayDecideAid,
  'see-aid-of-own-organisation': (principal) => maySeeAidOf(principal, own),
  'see-aid-of-other-organisation': (principal) => maySeeAidOf(principal, other),
  'declare-aid-of-own-organisation': (principal) => mayDeclareAid(principal, own),
  'declare-aid-of-other-organisation': (principal) => mayDeclareAid(principal, other),
  'contest-line-of-own-organisation': (principal) => mayContestAid(principal, own),
  'contest-line-of-other-organisation': (principal) => mayContestAid(principal, other),
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
