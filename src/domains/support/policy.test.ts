/** The golden table of the domain: role × action. A change of rights is a change of this table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ensureId } from '../../lib/ids.ts';
import { ANONYMOUS, type MembershipRole, type Principal, type Role } from '../territory/principal.ts';
import { mayEdit, mayLoadFiles, mayRead, mayState, mayStateAny, type Stated } from './policy.ts';

const OWN = ensureId<'organisation'>('01930000-0000-7000-8000-000000000001');
const OTHER = ensureId<'organisation'>('01930000-0000-7000-8000-000000000002');

function person(roles: readonly Role[], membership?: MembershipRole, organisationId = OWN): Principal {
  return {
    kind: 'person',
    personId: ensureId<'person'>('01930000-0000-7000-8000-000000000009'),
    name: 'Une personne',
    email: 'personne@exemple.invalid',
    locale: 'fr',
    roles: new Set(roles),
    memberships: new Map(membership === undefined ? [] : [[organisationId, membership]]),
  };
}

const ROLES: Readonly<Record<string, Principal>> = {
  visitor: ANONYMOUS,
  'known elsewhere': person([]),
  'member of it': person([], 'member'),
  'manager of it': person([], 'manager'),
  'member of another': person([], 'manager', OTHER),
  expert: person(['expert']),
  funder: person(['funder']),
  committee: person(['committee-member']),
  'programme team': person(['programme-team']),
  administrator: person(['administrator']),
  system: { kind: 'system', job: 'test' },
};

const stated = (visibility: Stated['visibility'], state: Stated['state'] = 'open'): Stated => ({
  organisationId: OWN,
  visibility,
  state,
});
const ACTIONS: Readonly<Record<string, (principal: Principal) => boolean>> = {
  public: (who) => mayRead(who, stated('public')),
  met: (who) => mayRead(who, stated('public', 'met')),
  territory: (who) => mayRead(who, stated('territory')),
  team: (who) => mayRead(who, stated('team')),
  withdrawn: (who) => mayRead(who, stated('public', 'withdrawn')),
  state: (who) => mayState(who, OWN),
  any: mayStateAny,
  edit: (who) => mayEdit(who, stated('public')),
  load: mayLoadFiles,
};

const GOLDEN = `
role              | public met territory team withdrawn state any edit load
visitor           | yes    yes -         -    -         -     -   -    -
known elsewhere   | yes    yes -         -    -         -     -   -    -
member of it      | yes    yes yes       yes  yes       yes   yes yes  -
manager of it     | yes    yes yes       yes  yes       yes   yes yes  -
member of another | yes    yes yes       -    -         -     yes -    -
expert            | yes    yes yes       -    -         -     -   -    -
funder            | yes    yes yes       -    -         -     -   -    -
committee         | yes    yes yes       -    -         -     -   -    -
programme team    | yes    yes yes       yes  yes       yes   yes yes  yes
administrator     | yes    yes yes       yes  yes       yes   yes yes  yes
system            | yes    yes yes       yes  yes       yes   -   yes  yes
`;

test('who may do what is what the golden table says', () => {
  const [heading = '', ...lines] = GOLDEN.trim().split('\n');
  const actions = heading.split('|')[1]?.trim().split(/\s+/u) ?? [];
  assert.deepEqual(actions, Object.keys(ACTIONS));
  assert.deepEqual(
    lines.map((line) => line.split('|')[0]?.trim()),
    Object.keys(ROLES),
  );
  for (const line of lines) {
    const [role = '', cells = ''] = line.split('|').map((part) => part.trim());
    const actual = actions.map((action) => (ACTIONS[action]?.(ROLES[role] ?? ANONYMOUS) ? 'yes' : '-'));
    assert.deepEqual(actual, cells.split(/\s+/u), role);
  }
});
