/** Statements as banks give them: versions of camt.053, CSV of every habit, and what is refused with its row. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { statementXml, type StatedEntry } from '../../../../test/factories/statements.ts';
import { readAmount } from './bank-amount.ts';
import { ibanOf, parseIban, writeIban } from './iban.ts';
import { identitiesOf, type ReadMovement } from './movement.ts';
import { readStatementFile } from './statement-file.server.ts';

const IBAN = 'FR7630006000011234567890189';
const DEBTOR = ibanOf('DE', '370400440532013000');
const read = (text: string) => readStatementFile(new TextEncoder().encode(text));

async function movementsOf(text: string | Uint8Array): Promise<readonly ReadMovement[]> {
  const answer = typeof text === 'string' ? await read(text) : await readStatementFile(text);
  assert.ok(answer.ok, answer.ok ? '' : answer.reason);
  return answer.value.statements.flatMap(({ movements }) => movements);
}

async function faultsOf(text: string): Promise<string[]> {
  const answer = await read(text);
  assert.ok(!answer.ok && 'faults' in answer);
  return answer.faults.map(({ row, field, reason }) => `${row} ${field} ${reason}`);
}

const entry = (given: Partial<StatedEntry>): StatedEntry => ({ amount: '100.00', bookedOn: '2026-11-18', ...given });

test('three versions of camt.053 say the same', async () => {
  const entries = [
    entry({
      amount: '10000.00',
      valueOn: '2026-11-19',
      reference: 'BK1',
      parts: [
        { name: 'Un & Deux', iban: DEBTOR, endToEndId: 'E2E-1', text: 'CP-2025-01', structured: 'RF18539007547034' },
      ],
    }),
    entry({ amount: '12.5', isDebit: true, parts: [{ name: 'Fournisseur' }] }),
    entry({ amount: '40.00', isDebit: true, isReversal: true }),
    entry({ amount: '7.00', status: 'PDNG' }),
  ];
  const [first, ...others] = await Promise.all(
    ([2, 4, 8] as const).map((each) => movementsOf(statementXml(IBAN, entries, each))),
  );
  for (const other of others) assert.deepEqual(other, first);
  assert.deepEqual(
    first?.map(({ cents, isReversal }) => [cents, isReversal]),
    [
      [1_000_000n, false],
      [-1250n, false],
      [-4000n, true],
    ],
    'what is not booked yet is not read; a reversal keeps the sign that the bank gives it',
  );
  const [{ row, bookedOn, valueOn, ...words } = assert.fail()] = first ?? [];
  assert.deepEqual([bookedOn.toString(), valueOn?.toString()], ['2026-11-18', '2026-11-19']);
  assert.equal(row, 5);
  assert.deepEqual(
    [words.counterparty, words.counterpartyIban, words.endToEndId, words.remittance, words.bankReference],
    ['Un & Deux', DEBTOR, 'E2E-1', 'CP-2025-01 / RF18539007547034', 'BK1'],
  );
});

test('an entry of several transfers is one movement for each when they add up, else it stays one', async () => {
  const parts = [
    { amount: '60.00', name: 'A' },
    { amount: '40.00', name: 'B' },
  ];
  for (const version of [2, 8] as const) {
    const split = await movementsOf(statementXml(IBAN, [entry({ parts })], version));
    assert.deepEqual(
      split.map(({ cents, counterparty }) => [cents, counterparty]),
      [
        [6000n, 'A'],
        [4000n, 'B'],
      ],
    );
  }
  const whole = await movementsOf(statementXml(IBAN, [entry({ amount: '99.00', parts })]));
  assert.deepEqual(
    whole.map(({ cents }) => cents),
    [9900n],
  );
});

test('what is wrong in a camt.053 is told with its line, its field and its reason', async () => {
  const faults = await faultsOf(
    statementXml(IBAN, [
      entry({ amount: '10.005' }),
      entry({ bookedOn: '2026-02-30' }),
      entry({ currency: 'CHF' }),
      entry({ amount: 'dix' }),
      entry({ bookedOn: '18/11/2026' }),
    ]),
  );
  assert.deepEqual(faults, [
    '5 Amt too-many-decimals',
    '6 BookgDt impossible-date',
    '6 ValDt impossible-date',
    '7 Amt/Ccy not-euro',
    '8 Amt not-an-amount',
    '9 BookgDt not-a-date',
    '9 ValDt not-a-date',
  ]);
  assert.deepEqual(await faultsOf(statementXml('FR7630006000011234567890188', [entry({})])), [
    '4 Acct/Id/IBAN not-an-iban',
  ]);
});

test('XML that is broken, that defines entities, or that is no statement is refused', async () => {
  const whole = statementXml(IBAN, [entry({})]);
  const reasonOf = async (text: string) => {
    const answer = await read(text);
    return answer.ok ? 'done' : answer.reason;
  };
  assert.equal(await reasonOf(whole.slice(0, -40)), 'not-xml');
  const bomb = whole
    .replace('<Document', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<Document')
    .replace('<Id>1</Id>', '<Id>&a;</Id>');
  assert.equal(await reasonOf(bomb), 'has-doctype');
  assert.equal(await reasonOf(whole.replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn')), 'not-a-statement');
  assert.equal(await reasonOf(statementXml(IBAN, [])), 'no-movements');
  assert.equal(await reasonOf(`<?xml version="1.0"?>${'<a>'.repeat(2000)}`), 'not-xml');
  assert.equal(await reasonOf(''), 'file-empty');
  assert.equal(await reasonOf('%PDF-1.7'), 'not-a-statement');
  assert.equal(await reasonOf('Nom;SIREN\nUne fabrique;1\n'), 'no-columns');
});

test('CSV is read in the habits of French banks', async () => {
  const debitCredit = [
    'Numéro Compte;0123456X',
    'Solde;1 234,56',
    '',
    'Date comptable;Date de valeur;Libellé simplifié;Référence;Informations complémentaires;Débit;Crédit',
    '18/11/2026;19/11/2026;VIR MICHELIN;REF1;CP-2025-01;;10 000,00',
    '17/11/2026;17/11/2026;PRLV LOYER;REF2;;-1 250,5;',
    ';;Total;;;;',
  ].join('\r\n');
  const french = await movementsOf(debitCredit);
  assert.deepEqual(
    french.map(({ row, cents, remittance, bankReference }) => [row, cents, remittance, bankReference]),
    [
      [5, 1_000_000n, 'VIR MICHELIN / CP-2025-01', 'REF1'],
      [6, -125_050n, 'PRLV LOYER', 'REF2'],
    ],
  );
  const latin = Buffer.from(debitCredit, 'latin1');
  assert.deepEqual(await movementsOf(latin), french, 'Windows-1252 and UTF-8 say the same');
  const signed = await movementsOf(
    '"Date","Description","Amount","Currency"\n"2026-11-18","Fee, yearly","10,000.00","EUR"\n"20261117","Rent","-12.50","EUR"\n',
  );
  assert.deepEqual(
    signed.map(({ bookedOn, cents }) => [bookedOn.toString(), cents]),
    [
      ['2026-11-18', 1_000_000n],
      ['2026-11-17', -1250n],
    ],
  );
});

test('what is wrong in a CSV is told with its row, its heading and its reason', async () => {
  const faults = await faultsOf(
    [
      'Date;Libellé;Débit;Crédit;Devise',
      '18/11/2026;trois décimales;;10,005;EUR',
      '31/02/2026;jamais;;10,00;EUR',
      '18/11/2026;deux côtés;1,00;2,00;EUR',
      '18/11/2026;franc;;3,00;CHF',
      ';sans jour;;3,00;',
      '18/11/2026;sans montant;;;',
    ].join('\n'),
  );
  assert.deepEqual(faults, [
    '2 Crédit too-many-decimals',
    '3 Date impossible-date',
    '4 Débit both-sides',
    '5 Devise not-euro',
    '6 Date missing',
    '7 Crédit missing',
  ]);
  assert.deepEqual(
    await faultsOf('Date;Montant\n18/11/2026;10,000\n'),
    ['2 Montant too-many-decimals'],
    'no other amount tells what the comma means',
  );
});

test('an amount reads back to the cent whatever the marks, and never with a third decimal', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -100_000_000_000n, max: 100_000_000_000n }),
      fc.constantFrom(',' as const, '.' as const),
      (cents, mark) => {
        const size = cents < 0n ? -cents : cents;
        const whole = String(size / 100n).replaceAll(/\B(?=(\d{3})+$)/gu, mark === ',' ? '\u202f' : ',');
        const text = `${cents < 0n ? '\u2212' : ''}${whole}${mark}${String(size % 100n).padStart(2, '0')}`;
        assert.deepEqual(readAmount(text, mark), { ok: true, value: cents });
        assert.equal(readAmount(`${text}0`, mark).ok, false);
      },
    ),
  );
});

test('an IBAN with one wrong sign is none', () => {
  assert.equal(parseIban('fr76 3000 6000 0112 3456 7890 189'), IBAN);
  assert.equal(writeIban(IBAN).replaceAll('\u00a0', ''), IBAN);
  fc.assert(
    fc.property(fc.stringMatching(/^\d{23}$/u), fc.nat(26), fc.nat(8), (account, place, shift) => {
      const iban = ibanOf('FR', account);
      assert.equal(parseIban(iban), iban);
      const at = place < 2 ? 2 : place;
      const changed = iban.slice(0, at) + String((Number(iban[at]) + shift + 1) % 10) + iban.slice(at + 1);
      assert.equal(parseIban(changed), undefined);
    }),
  );
});

test('two movements that look alike on one day stay two, and their identities do not hang on the rest of the file', async () => {
  const [one, two] = await movementsOf(statementXml(IBAN, [entry({}), entry({})]));
  assert.ok(one && two);
  const both = identitiesOf([one, two]);
  assert.notEqual(both[0], both[1]);
  assert.deepEqual(identitiesOf([{ ...two, cents: 1n, row: 3 }, one, two]).slice(1), both);
});
