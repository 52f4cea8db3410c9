/**
 * The books at a million entries: posting with eight writers, balances, statements, and what each guarantee costs.
 * A throw-away database; each figure is measured in this one run. `ledger small` takes a tenth.
 */
import { cpus } from 'node:os';
import { sql } from 'kysely';
import { openTestDatabase, type TestDatabase } from '../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../test/factories/territory.ts';
import { BANK, feesOf, givenBy, receivedBy } from '../../src/domains/ledger/account.ts';
import { statementOf } from '../../src/domains/ledger/book-queries.server.ts';
import { ensureAccount, postEntry } from '../../src/domains/ledger/commands.server.ts';
import { balanceOf, trialBalance } from '../../src/domains/ledger/queries.server.ts';
import { sealAll, startSealer } from '../../src/domains/ledger/sealer.server.ts';
import { sealBlock } from '../../src/domains/ledger/sealing.server.ts';
import { verifyChain } from '../../src/domains/ledger/verification.server.ts';
import { newId, type OrganisationId } from '../../src/lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../src/platform/postgres/database.ts';
import type { Territory } from '../../src/domains/territory/visit.ts';

const WRITERS = 8;
const ORGANISATIONS = 200;
const YEARS = 10;
const FIRST_DAY = Temporal.PlainDate.from('2017-01-01');
const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const AT = { now: NOW, fillRandom };

interface Bench {
  readonly opened: TestDatabase;
  readonly territory: Territory;
  readonly organisations: readonly OrganisationId[];
  readonly author: string;
}

export async function benchLedger(options: readonly string[]): Promise<void> {
  const entries = options.includes('small') ? 100_000 : 1_000_000;
  const opened = await openTestDatabase({ poolSize: WRITERS + 2 });
  try {
    const territory = await makeTerritory(opened.ownerUrl);
    const organisations = [];
    for (let n = 0; n < ORGANISATIONS; n++) organisations.push((await makeOrganisation(opened.database, territory)).id);
    const author = (await makePerson(opened.database, territory)).personId;
    const bench: Bench = { opened, territory, organisations, author };
    const { rows } = await sql<{ version: string; fsync: string }>`
      select current_setting('server_version') as version, current_setting('fsync') as fsync`.execute(
      opened.database.kysely,
    );
    console.log(
      `Node ${process.version}, PostgreSQL ${rows[0]?.version} (fsync ${rows[0]?.fsync}), ${cpus()[0]?.model}, ${new Date().toISOString()}`,
    );
    await fill(bench, entries);
    await measurePosting(bench);
    await sealAll(opened.database, Temporal.Now.instant);
    await measureReads(bench);
    await measureChain(bench);
    row('\nfloor: bare insert of an entry and a transfer', await postBare(bench));
    console.log(`memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`);
  } finally {
    await opened.close();
  }
}

/** Entries written by sets, as posting would have left them, then sealed by the program itself. */
async function fill(bench: Bench, entries: number): Promise<void> {
  const { territory, organisations, opened } = bench;
  const inside = <T>(work: (tx: TerritoryTransaction) => Promise<T>) =>
    withTerritory(opened.database, territory.id, work);
  const accounts = await inside(async (tx) => {
    const ids: { given: string[]; received: string[] } = { given: [], received: [] };
    for (const id of organisations) {
      ids.given.push(await ensureAccount(tx, { ...givenBy(id), unit: 'minute' }, AT));
      ids.received.push(await ensureAccount(tx, { ...receivedBy(id), unit: 'minute' }, AT));
    }
    return ids;
  });
  const start = performance.now();
  const batch = 20_000;
  for (let from = 0; from < entries; from += batch) {
    // A tenth of all goes through one account, so that a very long statement is measured too.
    await inside((tx) =>
      sql`
        with lines as (
          select gen_random_uuid() as id, n, ${FIRST_DAY}::date + (n % ${365 * YEARS})::integer as day
          from generate_series(${from}::bigint, ${from + batch - 1}::bigint) n
        ), entry as (
          insert into ledger_entries (territory_id, id, key, occurred_on, posted_at, cause_kind, cause_id, memo)
          select ${territory.id}, id, 'bench:' || n, day, now(), 'session', id, '' from lines
        ), queue as (
          insert into ledger_unsealed select ${territory.id}, id from lines
        )
        insert into ledger_transfers (territory_id, entry_id, position, debit_account_id, credit_account_id, unit, amount, occurred_on)
        select ${territory.id}, id, 1, (${accounts.received}::uuid[])[1 + n % ${ORGANISATIONS}],
          (${accounts.given}::uuid[])[case when n % 10 = 0 then 1 else 1 + (n * 7) % ${ORGANISATIONS} end], 'minute', 30 + n % 300, day
        from lines`.execute(tx),
    );
  }
  const filled = performance.now();
  let sealed = 0;
  for (;;) {
    const block = await inside((tx) => sealBlock(tx, Temporal.Now.instant()));
    if (block === undefined) break;
    sealed += block.entries;
  }
  const seconds = (performance.now() - filled) / 1000;
  console.log(`${entries} entries laid down in ${((filled - start) / 1000).toFixed(1)} s`);
  console.log(`sealed ${sealed} entries in ${seconds.toFixed(1)} s: ${Math.round(sealed / seconds)} a second`);
  await analyse(bench);
}

async function analyse({ opened }: Bench): Promise<void> {
  await opened.database.kysely.connection().execute(async (connection) => {
    await sql`set role none`.execute(connection);
    await sql`vacuum analyze ledger_entries, ledger_transfers, ledger_daily_sums, ledger_unsealed, ledger_block_entries, ledger_accounts`.execute(
      connection,
    );
    await sql`set role terreau_app`.execute(connection);
  });
}

async function measurePosting(bench: Bench): Promise<void> {
  console.log(`\nposting, ${WRITERS} writers, one entry a transaction      entries/s   p50 ms   p99 ms`);
  row('as it is, sealing beside', await post(bench, { sealing: true }));
  row('without sealing', await post(bench, { sealing: false }));
  row('one pair of accounts for all, sealing beside', await post(bench, { sealing: true, hot: true }));
}

interface Rate {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function post(bench: Bench, { sealing, hot = false }: { sealing: boolean; hot?: boolean }): Promise<Rate> {
  const { opened, territory, organisations } = bench;
  const sealer = sealing
    ? startSealer({ database: opened.database, now: Temporal.Now.instant, everyMs: 500, onFailure: console.error })
    : undefined;
  const rate = await drive((n) =>
    withTerritory(opened.database, territory.id, async (tx) => {
      const [giver, receiver] = hot ? [0, 1] : [n % ORGANISATIONS, (n * 7 + 1) % ORGANISATIONS];
      await postEntry(
        tx,
        {
          key: `post:${crypto.randomUUID()}`,
          occurredOn: FIRST_DAY.add({ days: n % 3650 }),
          cause: { kind: 'session', id: newId(NOW, fillRandom) },
          author: null,
          memo: '',
          transfers: [
            {
              debit: receivedBy(at(organisations, receiver)),
              credit: givenBy(at(organisations, giver)),
              unit: 'minute',
              amount: 60n,
            },
          ],
        },
        AT,
      );
    }),
  );
  await sealer?.stop();
  return rate;
}

/** The floor: the same rows without keys of accounts, closed years, queue or policies in code; row security as ever. */
async function postBare({ opened, territory, organisations }: Bench): Promise<Rate> {
  const [debit, credit] = await withTerritory(opened.database, territory.id, async (tx) => [
    await ensureAccount(tx, { ...BANK, unit: 'eur-cent' }, AT),
    await ensureAccount(tx, { ...feesOf(at(organisations, 0)), unit: 'eur-cent' }, AT),
  ]);
  return drive(() =>
    withTerritory(opened.database, territory.id, async (tx) => {
      const id = newId<'entry'>(Temporal.Now.instant(), fillRandom);
      await sql`with entry as (
          insert into ledger_entries (territory_id, id, key, occurred_on, posted_at, cause_kind, cause_id)
          values (${territory.id}, ${id}, ${`bare:${id}`}, ${FIRST_DAY}, ${NOW}, 'session', ${id}))
        insert into ledger_transfers (territory_id, entry_id, position, debit_account_id, credit_account_id, unit, amount, occurred_on)
        values (${territory.id}, ${id}, 1, ${debit ?? ''}, ${credit ?? ''}, 'eur-cent', 1, ${FIRST_DAY})`.execute(tx);
    }),
  );
}

const SECONDS = 6;

async function drive(act: (n: number) => Promise<void>): Promise<Rate> {
  const times: number[] = [];
  const start = performance.now();
  const until = start + SECONDS * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (performance.now() < until) {
        const began = performance.now();
        await act((next += 1));
        times.push(performance.now() - began);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50: sorted[sorted.length >> 1] ?? 0,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}

async function measureReads(bench: Bench): Promise<void> {
  const { opened, territory, organisations } = bench;
  const long = await account(bench, 0);
  const usual = await account(bench, 17);
  const middle = { day: FIRST_DAY.add({ days: 1800 }), entryId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', position: 1 };
  console.log('\nreads, in the program, one transaction each          median ms   p99 ms');
  const reads: readonly (readonly [string, (tx: TerritoryTransaction) => Promise<unknown>])[] = [
    [
      'balance of a usual account',
      (tx) => balanceOf(tx, { code: givenBy(at(organisations, 17)).code, unit: 'minute' }),
    ],
    [
      'balance of the longest account',
      (tx) => balanceOf(tx, { code: givenBy(at(organisations, 0)).code, unit: 'minute' }),
    ],
    [
      'balance of the longest account on a day five years ago',
      (tx) => balanceOf(tx, { code: givenBy(at(organisations, 0)).code, unit: 'minute', asOf: middle.day }),
    ],
    ['statement, first page of a usual account', (tx) => statementOf(tx, { accountId: usual }, undefined, 50)],
    ['statement, first page of the longest', (tx) => statementOf(tx, { accountId: long }, undefined, 50)],
    ['statement, in the middle of the longest', (tx) => statementOf(tx, { accountId: long }, middle, 50)],
    ['trial balance of all accounts', (tx) => trialBalance(tx)],
  ];
  for (const [label, read] of reads) {
    const times: number[] = [];
    for (let n = 0; n < 60; n++) {
      await withTerritory(opened.database, territory.id, async (tx) => {
        const began = performance.now();
        await read(tx);
        times.push(performance.now() - began);
      });
    }
    const sorted = times.slice(5).toSorted((a, b) => a - b);
    console.log(`${label.padEnd(56)} ${cell(sorted[sorted.length >> 1])} ${cell(sorted.at(-1))}`);
  }
}

async function measureChain({ opened, territory }: Bench): Promise<void> {
  const began = performance.now();
  const found = await withTerritory(opened.database, territory.id, (tx) => verifyChain(tx), {
    isolation: 'repeatable read',
    readOnly: true,
  });
  const seconds = (performance.now() - began) / 1000;
  const fault = found.faults[0];
  console.log(
    `\nverified ${found.entries} entries in ${found.blocks} blocks in ${seconds.toFixed(1)} s: ${fault === undefined ? 'whole' : JSON.stringify(fault)}`,
  );
}

async function account({ opened, territory, organisations }: Bench, place: number) {
  return withTerritory(opened.database, territory.id, (tx) =>
    ensureAccount(tx, { ...givenBy(at(organisations, place)), unit: 'minute' }, AT),
  );
}

function at(list: readonly OrganisationId[], place: number): OrganisationId {
  const found = list[place];
  if (found === undefined) throw new RangeError(`There is no organisation ${place}.`);
  return found;
}

function row(label: string, { perSecond, p50, p99 }: Rate): void {
  console.log(`${label.padEnd(52)} ${String(Math.round(perSecond)).padStart(9)} ${cell(p50)} ${cell(p99)}`);
}

function cell(value: number | undefined): string {
  return (value ?? 0).toFixed(2).padStart(8);
}
