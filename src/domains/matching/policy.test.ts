import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { ANONYMOUS, type MembershipRole, type Principal, type Role } from '../territory/principal.ts';
import {
  answersFor,
  mayIntroduce,
  mayReadMatch,
  mayReadPlans,
  mayReadRounds,
  mayWithdrawMatch,
  runsRounds,
} from './policy.ts';

const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const [startup, partner, other] = [1, 2, 3].map(() => newId<'organisation'>(NOW)) as [
  OrganisationId,
  OrganisationId,
  OrganisationId,
];
const match = { needOrganisationId: startup, offerOrganisationId: partner };

function person(
  roles: readonly Role[],
  memberships: readonly (readonly [OrganisationId, MembershipRole])[] = [],
): Principal {
  return {
    kind: 'person',
    personId: newId<'person'>(NOW),
    name: 'X',
    email: 'x@exemple.invalid',
    locale: 'fr',
    roles: new Set(roles),
    memberships: new Map(memberships),
  };
}

const WHO: Readonly<Record<string, Principal>> = {
  'public visitor': ANONYMOUS,
  'receiver, member': person([], [[startup, 'member']]),
  'receiver, manager': person([], [[startup, 'manager']]),
  'giver, member': person([], [[partner, 'member']]),
  'giver, manager': person([], [[partner, 'manager']]),
  'other, manager': person([], [[other, 'manager']]),
  expert: person(['expert']),
  funder: person(['funder']),
  'committee member': person(['committee-member']),
  'programme team': person(['programme-team']),
  administrator: person(['administrator']),
  'system job': { kind: 'system', job: 'test' },
};

const ACTIONS = {
  'read rounds': (who: Principal) => mayReadRounds(who),
  'read plans': (who: Principal) => mayReadPlans(who),
  'run rounds': (who: Principal) => runsRounds(who),
  'read match': (who: Principal) => mayReadMatch(who, match),
  'answer need': (who: Principal) => answersFor(who, match).includes('need'),
  'answer offer': (who: Principal) => answersFor(who, match).includes('offer'),
  withdraw: (who: Principal) => mayWithdrawMatch(who),
  introduce: (who: Principal) => mayIntroduce(who, partner),
};

const GOLDEN = `
                  | read rounds | read plans | run rounds | read match | answer need | answer offer | withdraw | introduce
public visitor    |             |            |            |            |             |              |          |
receiver, member  | yes         |            |            | yes        | yes         |              |          |
receiver, manager | yes         |            |            | yes        | yes         |              |          |
giver, member     | yes         |            |            | yes        |             | yes          |          |
giver, manager    | yes         |            |            | yes        |             | yes          |          | yes
other, manager    | yes         |            |            |            |             |              |          |
expert            | yes         |            |            |            |             |              |          |
funder            | yes         |            |            |            |             |              |          |
committee member  | yes         | yes        |            |            |             |              |          |
programme team    | yes         | yes        | yes        | yes        | yes         | yes          | yes      | yes
administrator     | yes         | yes        | yes        | yes        | yes         | yes          | yes      | yes
system job        | yes         | yes        | yes        | yes        | yes         | yes          | yes      | yes
`;

test('who may do what is what the table says', () => {
  const names = Object.keys(ACTIONS);
  const widths = ['                 ', ...names].map((title) => title.length);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join(' | ')
      .trimEnd();
  const rows = Object.entries(WHO).map(([name, who]) =>
    line([name, ...Object.values(ACTIONS).map((allows) => (allows(who) ? 'yes' : ''))]),
  );
  const written = [line(['', ...names]), ...rows].join('\n');
  assert.equal(written.replaceAll(/[ |]+$/gmu, ''), GOLDEN.slice(1, -1).replaceAll(/[ |]+$/gmu, ''));
});
