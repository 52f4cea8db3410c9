/** Read again by a reader that knows the published format alone (LPF art. A47 A-1), not the code that writes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { BANK, feesDueFrom, feesOf, grantsOf, SPENDING_NATURES, spentOn } from './account.ts';
import { fecFileName, fecLines, type FecEntry, type FecLine, type OpeningBalance } from './fec.ts';

const ORGANISATION = newId<'organisation'>(Temporal.Instant.from('2026-11-23T08:00:00Z'));
const STARTS = Temporal.PlainDate.from('2026-01-01');
const OWNER = { number: 'michelin', name: 'Michelin' };

/** What the tax code asks of each line; the totals come back. Throws with the first line that breaks it. */
export function readFec(text: string): {
  entries: number;
  debit: bigint;
  credit: bigint;
  byAccount: Map<string, bigint>;
} {
  const NAMES =
    'JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise';
  const [heading = '', ...lines] = text.split('\r\n');
  assert.equal(heading, NAMES.replaceAll(' ', '\t'));
  assert.equal(lines.pop(), '', 'the last line ends');
  const totals = new Map<string, bigint>();
  const byAccount = new Map<string, bigint>();
  let [debit, credit] = [0n, 0n];
  let last = 0;
  let day = '';
  for (const [place, line] of lines.entries()) {
    const where = `line ${place + 2}: ${line}`;
    const fields = line.split('\t');
    assert.equal(fields.length, 18, where);
    const [
      journal,
      journalName,
      number,
      date,
      account,
      accountName,
      ,
      ,
      piece,
      pieceDate,
      label,
      d,
      c,
      letter,
      letterDay,
      valid,
      foreign,
      currency,
    ] = fields as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    assert.ok(journal !== '' && journalName !== '' && accountName !== '' && piece !== '' && label !== '', where);
    assert.match(account, /^[1-7]\d{2,}$/u, where);
    for (const each of [date, pieceDate, valid]) {
      assert.match(each, /^\d{8}$/u, where);
      Temporal.PlainDate.from(`${each.slice(0, 4)}-${each.slice(4, 6)}-${each.slice(6)}`, { overflow: 'reject' });
    }
    assert.ok(Number(number) === last || Number(number) === last + 1, `${where}: numbers follow each other`);
    assert.ok(date >= day, `${where}: days never go back`);
    [last, day] = [Number(number), date];
    assert.deepEqual([letter, letterDay, foreign, currency], ['', '', '', ''], where);
    for (const each of [d, c]) assert.match(each, /^\d+,\d{2}$/u, where);
    assert.ok(d === '0,00' || c === '0,00', `${where}: a line is a debit or a credit`);
    const cents = (written: string) => BigInt(written.replace(',', ''));
    const change = cents(d) - cents(c);
    totals.set(number, (totals.get(number) ?? 0n) + change);
    byAccount.set(account, (byAccount.get(account) ?? 0n) + change);
    debit += cents(d);
    credit += cents(c);
  }
  for (const [number, total] of totals) assert.equal(total, 0n, `entry ${number} balances`);
  return { entries: last, debit, credit, byAccount };
}

const write = async (openings: readonly OpeningBalance[], entries: readonly FecEntry[]) =>
  (await Array.fromAsync(fecLines({ startsOn: STARTS, openings, entries }))).join('');

function entry(day: string, lines: readonly FecLine[], label = 'Cotisation'): FecEntry {
  const on = Temporal.PlainDate.from(day);
  return { reference: 'payment-0001', day: on, documentDay: on, postedOn: on, label, lines };
}
const debit = (code: string, amount: bigint, owner: FecLine['owner'] = null): FecLine => ({
  code,
  owner,
  debit: amount,
  credit: 0n,
});
const credit = (code: string, amount: bigint, owner: FecLine['owner'] = null): FecLine => ({
  code,
  owner,
  debit: 0n,
  credit: amount,
});

test('a year opens with what earlier ones left, and each line has its eighteen fields', async () => {
  const text = await write(
    [
      { code: BANK.code, owner: null, balance: 28_000_000n },
      { code: feesDueFrom(ORGANISATION).code, owner: OWNER, balance: 1_000_000n },
    ],
    [
      entry('2026-02-01', [debit(BANK.code, 1_000_000n), credit(feesOf(ORGANISATION).code, 1_000_000n, OWNER)]),
      entry('2026-03-01', [
        debit(feesDueFrom(ORGANISATION).code, 5n, OWNER),
        credit(feesOf(ORGANISATION).code, 5n, OWNER),
      ]),
    ],
  );
  const read = readFec(text);
  assert.deepEqual([read.entries, read.debit, read.credit], [3, 30_000_005n, 30_000_005n]);
  assert.deepEqual(Object.fromEntries(read.byAccount), {
    512000: 29_000_000n,
    411000: 1_000_005n,
    110000: -29_000_000n,
    756000: -1_000_005n,
  });
  const lines = text.split('\r\n');
  assert.equal(
    lines[1],
    'AN\tÀ nouveaux\t1\t20260101\t512000\tBanques\t\t\tA-NOUVEAUX\t20260101\tÀ nouveaux\t280000,00\t0,00\t\t\t20260101\t\t',
  );
  assert.equal(
    lines[4],
    'BQ\tBanque\t2\t20260201\t512000\tBanques\t\t\tpayment-0001\t20260201\tCotisation\t10000,00\t0,00\t\t\t20260201\t\t',
  );
  assert.match(
    lines[6] ?? '',
    /^AD\tAppels de cotisations et de subventions\t3\t20260301\t411000\t.*\tmichelin\tMichelin\t/u,
  );
});

test('whatever the labels and amounts, the file is read back line by line and balances', async () => {
  const sums = fc.bigInt({ min: 1n, max: 10n ** 14n });
  const made = fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 364 }),
      amount: sums,
      label: fc.string({ unit: 'binary', maxLength: 30 }),
      nature: fc.constantFrom(...SPENDING_NATURES),
    }),
    { maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(made, async (list) => {
      const entries = list
        .toSorted((a, b) => a.day - b.day)
        .map(({ day, amount, label, nature }) =>
          entry(
            STARTS.add({ days: day }).toString(),
            [debit(spentOn(nature).code, amount), credit(BANK.code, amount)],
            `x${label}`,
          ),
        );
      const read = readFec(await write([], entries));
      assert.equal(read.entries, entries.length);
      assert.equal(
        read.debit,
        list.reduce((all, { amount }) => all + amount, 0n),
      );
    }),
  );
});

test('a year in which nothing happened is a heading; an account in kind never enters', async () => {
  assert.equal(readFec(await write([], [])).entries, 0);
  const inKind = entry('2026-02-01', [
    debit(`received:${ORGANISATION as OrganisationId}`, 1n),
    credit(grantsOf(ORGANISATION).code, 1n),
  ]);
  await assert.rejects(write([], [inKind]), /no account of the cash book/u);
});

test('the file is named by the SIREN and the last day of the year', () => {
  assert.equal(fecFileName('356000000', Temporal.PlainDate.from('2026-12-31')), '356000000FEC20261231.txt');
});
