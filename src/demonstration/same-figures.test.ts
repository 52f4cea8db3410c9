/** The same money, read four ways, to the cent: where it goes, the trial balance, the general ledger as XLSX, the FEC. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../test/database.ts';
import { moneyOf } from '../domains/alliance/money-queries.server.ts';
import { amountFigure } from '../domains/ledger/amount.ts';
import { fecLines } from '../domains/ledger/fec.ts';
import { cashEntries, openingBalances } from '../domains/ledger/fec-queries.server.ts';
import { everyLedgerLine, type LedgerLine } from '../domains/ledger/general-ledger.server.ts';
import { programmeLines, sumOfYears } from '../domains/ledger/programme-queries.server.ts';
import { trialBalance } from '../domains/ledger/queries.server.ts';
import type { TerritoryId } from '../lib/ids.ts';
import { streamWorkbook } from '../platform/files/stream-workbook.ts';
import { writeWorkbook } from '../platform/files/workbook-writer.ts';
import { withTerritory, type TerritoryTransaction } from '../platform/postgres/database.ts';
import { MONEY_YEARS, PROGRAMME } from './agreements.ts';
import { loadDemonstration } from './load.ts';

const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');

let opened: TestDatabase;
let territoryId: TerritoryId;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terreau-figures-'));
  opened = await openTestDatabase();
  territoryId = (await loadDemonstration(opened.database, { now: NOW })).territoryId;
});
after(async () => {
  await opened?.close();
  await rm(folder, { recursive: true, force: true });
});

const inside = <T>(work: (tx: TerritoryTransaction) => Promise<T>) =>
  withTerritory(opened.database, territoryId, work, { readOnly: true });
const yearOf = (year: number) => ({
  from: new Temporal.PlainDate(year, 1, 1),
  until: new Temporal.PlainDate(year, 12, 31),
});

interface Sums {
  readonly income: bigint;
  readonly spent: bigint;
}

/** From the file of the tax code alone: classes 7 and 6, in its own decimals. */
async function readFec(year: number): Promise<Sums> {
  const startsOn = new Temporal.PlainDate(year, 1, 1);
  const text = await inside(async (tx) => {
    const openings = await openingBalances(tx, { startsOn });
    const entries = cashEntries(tx, { startsOn, endsOn: yearOf(year).until }, 'Europe/Paris');
    return (await Array.fromAsync(fecLines({ startsOn, openings, entries }))).join('');
  });
  const [head = '', ...rows] = text.split(/\r?\n/u).filter((row) => row !== '');
  const separator = head.includes('\t') ? '\t' : '|';
  const names = head.split(separator);
  const [account, debit, credit] = ['CompteNum', 'Debit', 'Credit'].map((name) => names.indexOf(name));
  assert.ok([account, debit, credit].every((place) => place !== undefined && place >= 0));
  const sums = { income: 0n, spent: 0n };
  for (const row of rows) {
    const cells = row.split(separator);
    const moved = centsOf(cells[debit ?? 0] ?? '') - centsOf(cells[credit ?? 0] ?? '');
    if (cells[account ?? 0]?.startsWith('7')) sums.income -= moved;
    if (cells[account ?? 0]?.startsWith('6')) sums.spent += moved;
  }
  return sums;
}

/** From the workbook alone, read back cell by cell. */
async function readWorkbook(year: number): Promise<Sums> {
  const columns = [
    { label: 'Code', cell: ({ account }: LedgerLine) => account.code },
    { label: 'Débit', cell: ({ account, debit }: LedgerLine) => amountFigure(account.unit, debit) },
    { label: 'Crédit', cell: ({ account, credit }: LedgerLine) => amountFigure(account.unit, credit) },
  ];
  const lines = everyLedgerLine(inside, { ...yearOf(year), unit: 'eur-cent' }, 37);
  const path = join(folder, `${year}.xlsx`);
  await writeFile(path, writeWorkbook('Grand livre', columns, lines, NOW));
  const sums = { income: 0n, spent: 0n };
  for await (const event of streamWorkbook(path)) {
    assert.ok(event.kind === 'row');
    const [code = '', debit = '', credit = ''] = ['Code', 'Débit', 'Crédit'].map((name) =>
      String(event.cells.get(name) ?? ''),
    );
    const moved = centsOf(debit) - centsOf(credit);
    if (/^cash-(fee|grant):/u.test(code)) sums.income -= moved;
    if (code.startsWith('cash-spent')) sums.spent += moved;
  }
  return sums;
}

function centsOf(written: string): bigint {
  const [, whole = '0', cents = ''] =
    /^(\d*)[.,]?(\d{0,2})$/u.exec(written) ?? assert.fail(`not an amount: ${written}`);
  return BigInt(whole || '0') * 100n + BigInt(cents.padEnd(2, '0'));
}

test('the page, the trial balance, the workbook and the file of accounting entries say the same of each year', async () => {
  const totals = { income: 0n, spent: 0n };
  for (const year of MONEY_YEARS) {
    const page = await inside((tx) => moneyOf(tx, yearOf(year)));
    const lines = (await inside((tx) => trialBalance(tx, yearOf(year)))).filter(({ unit }) => unit === 'eur-cent');
    const sum = (isOf: (code: string) => boolean) =>
      lines.reduce((all, { code, debits, credits }) => (isOf(code) ? all + debits - credits : all), 0n);
    const said: Sums = { income: page.incomeCents, spent: page.spentCents };
    assert.ok(said.income > 0n && said.spent > 0n, String(year));
    assert.deepEqual(
      { income: -sum((code) => /^cash-(fee|grant):/u.test(code)), spent: sum((code) => code.startsWith('cash-spent')) },
      said,
    );
    assert.deepEqual(await readWorkbook(year), said, `workbook ${year}`);
    assert.deepEqual(await readFec(year), said, `FEC ${year}`);
    totals.income += said.income;
    totals.spent += said.spent;
  }
  assert.equal(totals.income, 345_000_000n, 'EUR 3,000,000 public and EUR 450,000 private');
});

test('the programme that all money names has the figures of the whole, and what its partners gave in kind', async () => {
  const whole = await inside((tx) => moneyOf(tx, {}));
  const [programme, ...others] = await inside((tx) => programmeLines(tx));
  assert.ok(programme?.code === PROGRAMME && others.length === 0);
  const sums = sumOfYears(programme.years);
  assert.deepEqual(
    [sums.incomeCents, sums.awaitedCents, sums.spentCents],
    [whole.incomeCents, whole.awaitedCents, whole.spentCents],
  );
  assert.ok(sums.delivered.some(({ unit, amount }) => unit === 'minute' && amount > 0n));
});

test('the general ledger has every line once, however it is paged, and its sums are those of the trial balance', async () => {
  const keys: string[][] = [];
  for (const step of [7, 1000]) {
    const lines = (await Array.fromAsync(everyLedgerLine(inside, { programme: PROGRAMME }, step))).flat();
    keys.push(lines.map(({ account, entryId, position }) => `${account.accountId} ${entryId} ${position}`));
    const sums = Map.groupBy(lines, ({ account }) => account.accountId);
    for (const line of await inside((tx) => trialBalance(tx, { programme: PROGRAMME }))) {
      const own = sums.get(line.accountId) ?? [];
      assert.equal(
        own.reduce((sum, { debit }) => sum + debit, 0n),
        line.debits,
      );
      assert.equal(
        own.reduce((sum, { credit }) => sum + credit, 0n),
        line.credits,
      );
    }
  }
  assert.deepEqual(keys[0], keys[1]);
  assert.equal(new Set(keys[0]).size, keys[0]?.length);
});
