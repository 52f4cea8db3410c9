/** Grants on a real database: tested when decided, under concurrency; declared, withdrawn, contested, filed; room for rounds. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { dayOf } from '../../../test/factories/aid.ts';
import {
  makeOrganisation,
  makePerson,
  makeTerritory,
  NOW,
  type MadeOrganisation,
} from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readChecks, runChecks } from '../../platform/postgres/checks.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { decideGrant, withdrawGrant, type GrantInput } from './aid-commands.server.ts';
import { answerContest, contestGrant, declareAid } from './aid-declaration.server.ts';
import { fileGrant } from './aid-filing.server.ts';
import { headroomCents, headroomOf, listAid, listUndertakings } from './aid-queries.server.ts';
import type { GrantId } from './aid.ts';
import { ensureFirm } from './undertaking-facts.server.ts';
import { endLink, nameFirm, recordLink, recordSuccession, type LinkInput } from './undertaking-commands.server.ts';
import type { FirmId } from './undertaking.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const TODAY = dayOf('2026-11-23');

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase({ poolSize: 10 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(async () => {
  const checks = (await readChecks(path.resolve('db/checks'))).filter(({ name }) => name.startsWith('aid-'));
  const breaches = await runChecks(opened.database, checks);
  await opened.close();
  assert.equal(checks.length, 3);
  assert.deepEqual(breaches, []);
});

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

async function makeStartup({
  declaredOn = '2024-01-02',
}: { declaredOn?: string | null } = {}): Promise<MadeOrganisation> {
  const made = await makeOrganisation(opened.database, here);
  if (declaredOn !== null) {
    const input = { organisationId: made.id, declaredOn: dayOf(declaredOn), lines: [] };
    assert.ok((await inHere((tx) => declareAid(tx, team, input, TODAY, AT))).ok);
  }
  return made;
}

function wanted(organisation: MadeOrganisation, euros: number, given: Partial<GrantInput> = {}): GrantInput {
  return {
    organisationId: organisation.id,
    grantedOn: TODAY,
    authority: 'Métropole',
    instrument: 'grant',
    basis: 'de-minimis-2023',
    cents: BigInt(Math.round(euros * 100)),
    nace: '62.01',
    purpose: 'innovation',
    title: 'Aide à l’innovation',
    publicSharePerMillion: 1_000_000n,
    isJudged: false,
    ...given,
  };
}

const decide = (input: GrantInput, by = team) => inHere((tx) => decideGrant(tx, by, input, TODAY, AT));

async function granted(input: GrantInput): Promise<GrantId> {
  const answer = await decide(input);
  assert.ok(
    answer.ok,
    JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
  return answer.value;
}

const firmFor = async (organisation: MadeOrganisation): Promise<FirmId> => {
  const firmId = await inHere((tx) => ensureFirm(tx, organisation.id, AT));
  assert.ok(firmId);
  return firmId;
};

async function join(holder: MadeOrganisation, held: MadeOrganisation, votesPerMyriad: number | null = 6_000) {
  const [holderId, heldId] = [await firmFor(holder), await firmFor(held)];
  const ground = votesPerMyriad === null ? 'board' : 'votes';
  const input = {
    holderId,
    heldId,
    ground,
    votesPerMyriad,
    since: dayOf('2025-01-01'),
    until: null,
    evidence: 'Kbis',
  } as const;
  return inHere((tx) => recordLink(tx, team, input, AT));
}

test('DM-01, DM-05: refused whole, with what fills the window, the smaller grant and the day room comes back', async () => {
  const startup = await makeStartup();
  const first = await granted(wanted(startup, 250_000, { grantedOn: dayOf('2025-03-10') }));
  const answer = await decide(wanted(startup, 50_000.01));
  assert.ok(!answer.ok && answer.reason === 'over-ceiling');
  assert.deepEqual(
    answer.passed.filling.map(({ id }) => id),
    [first],
  );
  assert.equal(answer.roomCents, 5_000_000n);
  assert.equal(answer.comesBackOn?.toString(), '2028-03-11');
  assert.equal(
    (await inHere((tx) => listAid(tx, { firmIds: [answer.passed.filling[0]!.firmId] }))).length,
    1,
    'none of it',
  );
  await granted(wanted(startup, 50_000));
});

test('DM-04: a back-dated grant is refused for the window of a later one', async () => {
  const startup = await makeStartup();
  await granted(wanted(startup, 280_000));
  const answer = await decide(wanted(startup, 20_000.01, { grantedOn: dayOf('2025-01-10') }));
  assert.ok(!answer.ok && answer.reason === 'over-ceiling');
  assert.equal(answer.passed.window.until.toString(), TODAY.toString());
  await granted(wanted(startup, 20_000, { grantedOn: dayOf('2025-01-10') }));
});

test('DM-10, DM-16, DM-17: what is not even tried against the ceiling', async () => {
  const startup = await makeStartup();
  const reason = async (given: Partial<GrantInput>, by = team) => {
    const answer = await decide(wanted(startup, 100, given), by);
    return answer.ok ? 'done' : answer.reason;
  };
  assert.equal(await reason({ purpose: 'network-abroad' }), 'excluded-purpose');
  assert.equal(await reason({ nace: '01.13' }), 'excluded-sector');
  assert.equal(await reason({ purpose: 'trade-fair' }), 'ask-a-person');
  assert.equal(await reason({ purpose: 'trade-fair', isJudged: true }), 'done');
  assert.equal(await reason({ basis: 'de-minimis-2013' }), 'basis-not-in-force');
  assert.equal(await reason({ grantedOn: TODAY.add({ days: 1 }) }), 'day-to-come');
  assert.equal(
    await reason({}, await makePerson(opened.database, here, { memberOf: [[startup.id, 'manager']] })),
    'not-allowed',
  );
  const undeclared = await makeStartup({ declaredOn: null });
  const sameDay = await makeStartup({ declaredOn: TODAY.toString() });
  for (const late of [undeclared, sameDay]) {
    const answer = await decide(wanted(late, 100));
    assert.ok(!answer.ok && answer.reason === 'no-declaration');
  }
  await granted(wanted(undeclared, 100, { basis: 'gber-22' }));
});

test('DM-16: the notice goes with the grant, and declared aid fills the window', async () => {
  const startup = await makeStartup({ declaredOn: null });
  const manager = await makePerson(opened.database, here, { memberOf: [[startup.id, 'manager']] });
  const line = {
    authority: 'Bpifrance',
    grantedOn: dayOf('2025-06-01'),
    cents: 29_000_000n,
    basis: 'de-minimis-2023',
    title: 'Prêt',
  } as const;
  const declare = (lines: readonly (typeof line)[], declaredOn = dayOf('2026-11-20'), by = manager) =>
    inHere((tx) => declareAid(tx, by, { organisationId: startup.id, declaredOn, lines }, TODAY, AT));
  assert.ok((await declare([line])).ok);
  assert.deepEqual(await declare([line]), { ok: false, reason: 'line-already-known', facts: { line: 1 } });
  assert.deepEqual(await declare([], TODAY.add({ days: 1 })), { ok: false, reason: 'day-to-come' });
  const member = await makePerson(opened.database, here, { memberOf: [[startup.id, 'member']] });
  assert.deepEqual(await declare([], TODAY, member), { ok: false, reason: 'not-allowed' });
  const answer = await decide(wanted(startup, 10_000.01));
  assert.ok(!answer.ok && answer.reason === 'over-ceiling');
  const id = await granted(wanted(startup, 10_000));
  const [own] = await inHere((tx) => listAid(tx, { grantId: id }));
  assert.equal(own?.noticeOn?.toString(), TODAY.toString());
});

test('eight grants at once for the firms of one undertaking: exactly those that fit are decided', async () => {
  const firms = await Promise.all(Array.from({ length: 8 }, () => makeStartup()));
  const [head, ...others] = firms;
  for (const [place, other] of others.entries()) assert.ok((await join(head!, other, place % 2 ? 6_000 : null)).ok);
  const answers = await Promise.all(firms.map((firm) => decide(wanted(firm, 90_000))));
  assert.equal(answers.filter(({ ok }) => ok).length, 3, '3 × 90,000 fit into 300,000, a fourth does not');
  for (const answer of answers.filter(({ ok }) => !ok)) assert.ok(!answer.ok && answer.reason === 'over-ceiling');
  const rooms = await inHere((tx) =>
    headroomOf(
      tx,
      firms.map(({ id }) => id),
      TODAY,
    ),
  );
  assert.deepEqual([...new Set(rooms.values())], [3_000_000n]);
});

test('a link recorded while grants are decided is counted by those that come after, never half', async () => {
  const [one, other] = [await makeStartup(), await makeStartup()];
  await Promise.all([firmFor(one), firmFor(other)]);
  const [tie, first, second] = await Promise.all([
    join(one, other),
    decide(wanted(one, 200_000)),
    decide(wanted(other, 200_000)),
  ]);
  assert.ok(tie.ok && (first.ok || second.ok));
  const after = await decide(wanted(other, 0.01, { grantedOn: TODAY }));
  const used = [first, second].filter(({ ok }) => ok).length;
  assert.equal(after.ok, used === 1, 'two grants decided before the tie stay lawful and leave no room');
});

test('DM-09: a link that ends, a merger, and what they do to the room', async () => {
  const [parent, child, heir] = [await makeStartup(), await makeStartup(), await makeStartup()];
  const tie = await join(parent, child);
  assert.ok(tie.ok);
  assert.deepEqual(await join(parent, child), { ok: false, reason: 'already-recorded' });
  await granted(wanted(child, 300_000, { grantedOn: dayOf('2025-05-05') }));
  const room = (of: MadeOrganisation, day = TODAY) => inHere((tx) => headroomCents(tx, of.id, day));
  assert.equal(await room(parent), 0n);
  assert.ok((await inHere((tx) => endLink(tx, team, { linkId: tie.value, lastDay: TODAY }, AT))).ok);
  assert.equal(await room(parent), 0n);
  assert.equal(await room(parent, TODAY.add({ days: 1 })), 30_000_000n);
  const [fromId, heirId] = [await firmFor(child), await firmFor(heir)];
  const merger = { fromId, effectiveOn: TODAY, heirs: [{ firmId: heirId, equityCents: 0n }] };
  assert.ok((await inHere((tx) => recordSuccession(tx, team, merger, AT))).ok);
  assert.deepEqual(await inHere((tx) => recordSuccession(tx, team, merger, AT)), {
    ok: false,
    reason: 'already-recorded',
  });
  assert.equal(await room(heir), 0n);
  assert.equal(await room(heir, TODAY.subtract({ days: 1 })), 30_000_000n, 'what is lawful on the day before stays so');
});

test('DM-18: only a withdrawal frees room; a contested line counts until it is answered', async () => {
  const startup = await makeStartup();
  const member = await makePerson(opened.database, here, { memberOf: [[startup.id, 'member']] });
  const stranger = await makePerson(opened.database, here, { memberOf: [[(await makeStartup()).id, 'manager']] });
  const [first, second] = [await granted(wanted(startup, 100_000)), await granted(wanted(startup, 150_000))];
  const room = () => inHere((tx) => headroomCents(tx, startup.id, TODAY));
  const contest = (by: PersonPrincipal) =>
    inHere((tx) => contestGrant(tx, by, { grantId: first, reason: 'Jamais reçu' }, AT));
  const answer = (isUpheld: boolean) =>
    inHere((tx) => answerContest(tx, team, { grantId: first, isUpheld, answer: 'Vu' }, AT));
  assert.deepEqual(await contest(stranger), { ok: false, reason: 'not-found' });
  assert.ok((await contest(member)).ok);
  assert.deepEqual(await contest(member), { ok: false, reason: 'already-contested' });
  assert.deepEqual(await inHere((tx) => withdrawGrant(tx, team, { grantId: first, reason: 'x' }, AT)), {
    ok: false,
    reason: 'contested',
  });
  assert.equal(await room(), 5_000_000n);
  assert.ok((await answer(false)).ok);
  assert.deepEqual(await answer(true), { ok: false, reason: 'not-found' });
  assert.ok((await contest(member)).ok && (await answer(true)).ok);
  assert.equal(await room(), 15_000_000n);
  assert.deepEqual(await contest(member), { ok: false, reason: 'not-found' }, 'withdrawn already');
  assert.ok((await inHere((tx) => withdrawGrant(tx, team, { grantId: second, reason: 'Projet arrêté' }, AT))).ok);
  assert.equal(await room(), 30_000_000n);
  assert.equal(
    (await inHere(async (tx) => listAid(tx, { firmIds: [await firmFor(startup)] }))).length,
    2,
    'nothing is deleted',
  );
});

test('DM-14: filed once, not before its day; DM-08: outside firms and persons are named', async () => {
  const startup = await makeStartup();
  const grantId = await granted(wanted(startup, 1_000, { grantedOn: dayOf('2026-11-02') }));
  const file = (filedOn: string) =>
    inHere((tx) => fileGrant(tx, team, { grantId, filedOn: dayOf(filedOn), reference: 'R-1' }, TODAY, AT));
  assert.deepEqual(await file('2026-11-01'), { ok: false, reason: 'day-to-come' });
  assert.ok((await file('2026-11-20')).ok);
  assert.deepEqual(await file('2026-11-20'), { ok: false, reason: 'already-filed' });
  const person = await inHere((tx) =>
    nameFirm(tx, team, { name: 'Ada', siren: null, kind: 'person', memberState: 'FR' }, AT),
  );
  assert.ok(person.ok);
  const other = await makeStartup();
  await granted(wanted(other, 300_000));
  for (const heldId of [await firmFor(startup), await firmFor(other)]) {
    const input: LinkInput = {
      holderId: person.value,
      heldId,
      ground: 'votes',
      votesPerMyriad: 10_000,
      since: dayOf('2020-01-01'),
      until: null,
      evidence: '',
    };
    assert.ok((await inHere((tx) => recordLink(tx, team, input, AT))).ok);
  }
  assert.equal(await inHere((tx) => headroomCents(tx, startup.id, TODAY)), 29_900_000n);
});

test('another territory sees and counts nothing of it; undertakings are listed fullest first', async () => {
  const lines = await inHere((tx) => listUndertakings(tx, TODAY));
  assert.ok(lines.length > 3);
  assert.ok(lines.every((line, place) => place === 0 || line.usedCents <= lines[place - 1]!.usedCents));
  const there = await makeTerritory(opened.ownerUrl);
  const theirs = await withTerritory(opened.database, there.id, (tx) => listUndertakings(tx, TODAY));
  assert.deepEqual(theirs, []);
  const theirTeam = await makePerson(opened.database, there, { roles: ['programme-team'] });
  const [ours] = await inHere((tx) => listAid(tx));
  const taken = await withTerritory(opened.database, there.id, (tx) =>
    withdrawGrant(tx, theirTeam, { grantId: ours!.id, reason: 'x' }, AT),
  );
  assert.deepEqual(taken, { ok: false, reason: 'not-found' });
});
