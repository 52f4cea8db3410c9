/** Each check of db/checks holds on lawful data, and fails on the one row that breaks it, constraints set aside. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeAgreement, TODAY } from '../../../test/factories/agreements.ts';
import { makeMatch, type MadeMatch } from '../../../test/factories/matches.ts';
import { makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { callInstalment, receivePayment } from '../../domains/alliance/instalment-commands.server.ts';
import { confirmSession, correctSession, planSession } from '../../domains/delivery/commands.server.ts';
import { sealBlock } from '../../domains/ledger/sealing.server.ts';
import type { SessionId } from '../../domains/delivery/session.ts';
import type { PersonPrincipal } from '../../domains/territory/principal.ts';
import type { Territory } from '../../domains/territory/visit.ts';
import { newId } from '../../lib/ids.ts';
import { readChecks, runChecks, type Check } from './checks.ts';
import { withTerritory } from './database.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../db/checks');
const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const AT = { now: NOW, fillRandom };

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let checks: readonly Check[];
let owner: pg.Client;
let match: MadeMatch;
let confirmed: SessionId;
let corrected: SessionId;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  checks = await readChecks(FOLDER);
  match = await makeMatch(opened.database, here, { quantity: 3, capacity: 3 });
  confirmed = await hold();
  corrected = await hold();
  await payInstalment();
  await withTerritory(opened.database, here.id, (tx) => sealBlock(tx, NOW));
  await withTerritory(opened.database, here.id, (tx) =>
    correctSession(tx, team, { sessionId: corrected, reason: 'Saisie en double' }, AT),
  );
  owner = new pg.Client({ connectionString: opened.ownerUrl });
  await owner.connect();
});
after(async () => {
  await owner.end();
  await opened.close();
});

async function hold(): Promise<SessionId> {
  return withTerritory(opened.database, here.id, async (tx) => {
    const startsAt = NOW.subtract({ hours: 3 });
    const planned = await planSession(
      tx,
      team,
      { matchId: match.id, startsAt, durationMinutes: 210, place: 'Ici', link: '' },
      AT,
    );
    assert.ok(planned.ok);
    await confirmSession(tx, match.giverPerson, { sessionId: planned.value.id, side: 'giver', amount: 210n }, AT);
    const agreed = await confirmSession(
      tx,
      match.receiverPerson,
      { sessionId: planned.value.id, side: 'receiver', amount: 210n },
      AT,
    );
    assert.ok(agreed.ok && agreed.value.outcome === 'agreed');
    return planned.value.id;
  });
}

/** A partner's fee, called and paid in part. */
async function payInstalment(): Promise<void> {
  const made = await makeAgreement(opened.database, here, team, { organisationId: match.giver.id });
  const id = made.instalments[0]!;
  await withTerritory(opened.database, here.id, async (tx) => {
    assert.ok((await callInstalment(tx, team, { id, calledOn: TODAY, today: TODAY }, AT)).ok);
    const payment = { paidOn: TODAY, amountCents: 600_000n, note: '', today: TODAY };
    assert.ok((await receivePayment(tx, team, { id, ...payment }, AT)).ok);
  });
}

test('every check says what must hold, and lawful data keeps them all', async () => {
  assert.ok(checks.length >= 15);
  for (const { name, sentence } of checks) assert.match(sentence, /^\p{Lu}.{20,}\.$/u, name);
  assert.deepEqual(await runChecks(opened.database, checks), []);
});

/** What breaks each check: statements on the lawful data above, $territory and the others named below. */
const BREAKING: Readonly<Record<string, readonly string[]>> = {
  'aid-is-declared-before': [GRANT("'contested'", 20)],
  'aid-of-a-firm-keeps-its-ceiling': [GRANT("'decided'", 10)],
  'aid-windows-hold': [GRANT("'decided'", 10)],
  'bank-movements-hold-what-they-booked': [
    `insert into bank_movements (territory_id, id, statement_id, iban_id, digest, row_number, booked_on, amount_cents)
     select territory_id, id, id, id, 'x', 1, paid_on, amount_cents - 1 from instalment_payments`,
    'insert into bank_bookings (territory_id, movement_id, payment_id) select territory_id, id, id from instalment_payments',
  ],
  'documents-are-numbered-without-gaps': [
    "insert into document_counters (territory_id, kind, year, last) select id, 'receipt', 2026, 2 from territories where id = '$territory'",
    `insert into documents (territory_id, id, kind, year, number, locale, issue_key, facts, paper, sha256, issued_on, issued_at)
     select id, gen_random_uuid(), 'receipt', 2026, 2, 'fr', 'x', '{}', '{}', 'x', '2026-01-02', now() from territories where id = '$territory'`,
  ],
  'entries-have-transfers': ['delete from ledger_transfers'],
  'daily-sums-are-those-of-sealed-entries': ['update ledger_daily_sums set debits = debits + 1'],
  'entries-wait-or-are-sealed': ['delete from ledger_unsealed'],
  'transfers-stay-in-one-book': ["update ledger_accounts set unit = 'eur-cent' where code like 'given:%'"],
  'reversals-mirror-their-entry': [
    'update ledger_transfers set amount = amount + 1 where entry_id in (select id from ledger_entries where reverses_id is not null)',
  ],
  'confirmed-sessions-are-booked': [
    "update ledger_transfers set amount = 209 where entry_id = (select entry_id from sessions where id = '$confirmed')",
  ],
  'session-entries-have-their-session': [
    "update sessions set state = 'planned', entry_id = null, giver_amount = null, giver_confirmed_at = null, giver_confirmed_by = null where id = '$confirmed'",
  ],
  'sessions-confirmed-by-two': [
    "update sessions set receiver_confirmed_by = giver_confirmed_by where id = '$confirmed'",
  ],
  'sessions-stand-on-accepted-matches': ["update matches set state = 'withdrawn' where id = '$match'"],
  'matches-within-offers': ['update offers set capacity = 2'],
  'matches-within-needs': ['update needs set quantity = 2'],
  'matches-join-two-sides': ['update offers set organisation_id = (select organisation_id from needs limit 1)'],
  'published-rounds-have-their-matches': [ROUND('2')],
  'published-runs-are-done': [ROUND('3'), "update round_runs set state = 'failed'"],
  'facts-are-what-changes-say': [
    `insert into organisation_changes (territory_id, id, organisation_id, source, at, before, after)
     select territory_id, gen_random_uuid(), id, 'form', now(), '{"commune": null}', '{"commune": "Riom"}' from organisations limit 1`,
  ],
  'organisations-have-a-part': ["delete from organisation_parts where part = 'startup'"],
  'named-themes-exist': ["update needs set theme_codes = '{inconnu}'"],
  'payments-stay-within-instalments': ['update instalment_payments set amount_cents = 1000001'],
  'dues-are-what-instalments-await': ['update instalments set amount_cents = amount_cents + 1'],
  'people-are-known-by-their-address': ['delete from territory_addresses'],
};

test('each check names the rows that break it', async (context) => {
  assert.deepEqual(
    Object.keys(BREAKING).toSorted(),
    checks.map(({ name }) => name).toSorted(),
    'each check has a row that breaks it',
  );
  // The database itself refuses most of these rows: its constraints are set aside to see the checks work alone.
  await dropConstraints();
  for (const check of checks) {
    await context.test(check.name, async () => {
      const names = await brokenBy(BREAKING[check.name] ?? []);
      assert.ok(names.includes(check.name), `broken: ${names.join(', ')}`);
      assert.deepEqual(await runChecks(opened.database, checks), [], 'and the data is whole again');
    });
  }
});

test('a file that does not begin with its sentence is refused', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'terreau-checks-'));
  await writeFile(path.join(folder, 'silent.sql'), 'select 1');
  await assert.rejects(readChecks(folder), /silent\.sql does not begin with what must always hold/);
  await rm(folder, { recursive: true });
});

/** Copies the tables aside, breaks the data, runs the checks, and puts the data back. */
async function brokenBy(statements: readonly string[]): Promise<string[]> {
  const tables = [
    'ledger_accounts',
    'ledger_entries',
    'ledger_transfers',
    'aid_grants',
    'ledger_unsealed',
    'ledger_daily_sums',
    'sessions',
    'matches',
    'offers',
    'needs',
    'instalments',
    'instalment_payments',
    'organisation_parts',
    'territory_addresses',
    'organisation_changes',
    'rounds',
    'round_runs',
    'bank_movements',
    'bank_bookings',
    'document_counters',
    'documents',
  ];
  for (const table of tables) await owner.query(`create temp table kept_${table} as select * from ${table}`);
  try {
    for (const statement of statements) await owner.query(fill(statement));
    return (await runChecks(opened.database, checks)).map(({ check }) => check.name);
  } finally {
    for (const table of tables) await owner.query(`delete from ${table}`);
    for (const table of tables) await owner.query(`insert into ${table} select * from kept_${table}`);
    for (const table of tables) await owner.query(`drop table kept_${table}`);
  }
}

async function dropConstraints(): Promise<void> {
  await owner.query(`set app.territory = '${here.id}'`);
  const { rows } = await owner.query<{ statement: string }>(
    `select format('alter table %I drop constraint %I cascade', c.conrelid::regclass, c.conname) as statement
     from pg_constraint c join pg_namespace s on s.oid = c.connamespace
     where s.nspname = 'public' and c.contype in ('c', 'f')`,
  );
  for (const { statement } of rows) await owner.query(statement);
  // Rows are put back as they were copied, generated columns too.
  for (const table of ['needs', 'offers']) {
    await owner.query(`alter table ${table} alter column search_text drop expression`);
  }
}

/** A grant of 20 cents under such a ceiling. */
function GRANT(state: string, ceilingCents: number): string {
  return `insert into aid_grants (territory_id, id, firm_id, origin, granted_on, authority, instrument, basis, cents, title, state, window_from, ceiling_cents, legal_version, recorded_at)
    values ('$territory', '$run', '$round', 'decided', '2026-06-01', 'Région', 'grant', 'de-minimis-2023', 20, 'Essai', ${state}, '2023-06-01', ${ceilingCents}, '1', now())`;
}

/** A published round whose plan promises so many units to the need of the match. */
function ROUND(units: string): string {
  return `with run as (
      insert into round_runs (territory_id, id, round_id, number, state, problem, plan, finished_at, created_at)
      values ('$territory', '$run', '$round', 1, 'done',
        jsonb_build_object('needs', jsonb_build_array(jsonb_build_object('id', '$need')), 'offers', jsonb_build_array(jsonb_build_object('id', '$offer'))),
        jsonb_build_object('agreements', jsonb_build_array(jsonb_build_object('need', 0, 'offer', 0, 'units', ${units}))), now(), now())
      returning id
    ), round as (
      insert into rounds (territory_id, id, number, title, starts_on, ends_on, state, published_run_id, published_at, created_at)
      select '$territory', '$round', 1, 'Automne', '2026-10-01', '2027-01-01', 'published', id, now(), now() from run returning id
    )
    update matches set round_id = (select id from round), introduced_by = null where id = '$match'`;
}

const ids = { run: newId(NOW), round: newId(NOW) };

function fill(statement: string): string {
  const values: Record<string, string> = {
    ...ids,
    territory: here.id,
    match: match.id,
    need: match.needId,
    offer: match.offerId,
    confirmed,
  };
  return statement.replaceAll(/\$(\w+)/gu, (_, name: string) => values[name] ?? assert.fail(name));
}
