import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readInputTable } from './input-table.ts';
import { readPairs } from './listed-pairs.ts';
import { readNeeds, readOffers } from './parties.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal();
const options = { told: [] as string[], units: 1, day: Temporal.PlainDate.from('2026-11-23') };
type TestContext = Parameters<typeof temporaryFolder>[0];

const tableOf = async (t: TestContext, text: string | Uint8Array, name = 'table.csv') => {
  const table = await readInputTable(temporaryFolder(t).write(name, text), terminal);
  return { ...table, file: name };
};
const needsOf = async (t: TestContext, text: string | Uint8Array, told: string[] = []) =>
  readNeeds(await tableOf(t, text), { ...options, told }).entries;
const refusal = (work: () => Promise<unknown>) =>
  work().then(
    () => 'read',
    (error: Error) => error.message,
  );

test('plain columns are recognised in both languages, every separator, encoding and format', async (t) => {
  const french = 'id;nom;demande;poids;texte;thèmes\na1;Ruche;3;2;des capteurs;agriculture|bois\nb2;Vélo;1;1;;\n';
  const variants = [
    french,
    french.replaceAll(';', '\t'),
    Uint8Array.from(Buffer.from(`\ufeff${french}`, 'utf16le')),
    Uint8Array.from(french, (letter) => letter.charCodeAt(0)),
    '{"id":"a1","name":"Ruche","wanted":3,"weight":2,"text":"des capteurs","themes":["agriculture","bois"]}\n{"id":"b2","name":"Vélo","wanted":1,"weight":1}\n',
    '[{"id":"a1","title":"Ruche","quantity":"3","weight":2,"text":"des capteurs","themes":["agriculture","bois"]},{"id":"b2","title":"Vélo","quantity":1,"weight":1}]',
  ];
  for (const text of variants) {
    const needs = await needsOf(t, text);
    assert.deepEqual(
      needs.map(({ id, name, wanted, weight }) => [id, name, wanted, weight]),
      [
        ['a1', 'Ruche', 3, 2],
        ['b2', 'Vélo', 1, 1],
      ],
    );
    assert.deepEqual([needs[0]?.item.body, needs[0]?.item.themes], ['des capteurs', ['agriculture', 'bois']]);
  }
});

test('the person may say which column is which; ids and units may be missing', async (t) => {
  const [need] = await needsOf(t, 'Code projet;Jours souhaités;Sujet du besoin\nX;4;Un brevet à déposer\n', [
    'id=Code projet',
    'wanted=Jours souhaités',
  ]);
  assert.deepEqual([need?.id, need?.wanted], ['X', 4]);
  const nameless = await needsOf(t, 'text\nun avocat pour relire un contrat\nun stand de salon à Lyon\n');
  assert.deepEqual(
    nameless.map(({ id, wanted }) => [id, wanted]),
    [
      ['need-1', 1],
      ['need-2', 1],
    ],
  );
  assert.match(
    await refusal(() => needsOf(t, 'id\na\n', ['wanted=nb'])),
    /table\.csv has no column “nb”\. It has “id”\./,
  );
  assert.match(
    await refusal(() => needsOf(t, 'id\na\n', ['capacity=id'])),
    /--need-column “capacity=id”: write FIELD=COLUMN/,
  );
});

test('urgency weighs as in rounds; periods, sizes, sectors and places become conditions', async (t) => {
  const needs = await needsOf(t, 'id,wanted,urgency\na,1,1\nb,1,2\nc,1,urgent\n');
  assert.deepEqual(
    needs.map(({ weight }) => weight),
    [2, 3, 4],
  );
  const table = await tableOf(t, 'id;capacité;régions;effectif max;fin\na;2;Bretagne;10;31/12/2026\n');
  const [offer] = readOffers(table, options).entries;
  assert.deepEqual([offer?.capacity, offer?.conditions.regions, offer?.conditions.maxEmployees], [2, ['53'], 10]);
  assert.equal(offer?.conditions.availableUntil?.toString(), '2027-01-01');
});

test('every fault is told with its file, row, field and reason', async (t) => {
  const told = await refusal(() => needsOf(t, 'id,wanted,weight\na,NaN,1\nb,-2,1\n,3,1\na,,0\nc,99999999,1\n'));
  assert.deepEqual(told.split('\n'), [
    'table.csv, row 2, wanted: “NaN” is not a whole number of 0 or more.',
    'table.csv, row 3, wanted: “-2” is not a whole number of 0 or more.',
    'table.csv, row 4, id: this cell is empty.',
    'table.csv, row 5, wanted: this cell is empty: write a whole number.',
    'table.csv, row 5, weight: 0 is out of range, 1 to 67108864.',
    'table.csv, row 6, wanted: 99999999 is out of range, 0 to 67108864.',
    'table.csv, row 5, id: “a” is also the id of row 2.',
  ]);
  const offers = async () => readOffers(await tableOf(t, 'id,capacity,minimum\na,1,2\n'), options);
  assert.match(await refusal(offers), /row 2, minimum: 2 is above the capacity, 1\./);
  assert.match(await refusal(() => needsOf(t, '{"id":1}\nnot json\n')), /table\.csv, line 2: this line is not JSON\./);
  assert.match(await refusal(() => needsOf(t, `id,wanted\n${'x,?\n'.repeat(50)}`)), /… and \d+ more\.$/);
  assert.match(
    await refusal(() => needsOf(t, 'a;b\n1;"2\n')),
    /a quotation mark that opens near line \d+ never closes/,
  );
  assert.match(await refusal(() => needsOf(t, Uint8Array.of(0x50, 0x4b, 3, 4))), /this is a spreadsheet/);
});

test('pairs name needs and offers, stand once, and keep their decimals', async (t) => {
  const needs = await needsOf(t, 'id,wanted\na,2\nb,1\n');
  const offers = readOffers(await tableOf(t, 'id,capacity\nx,3\ny,1\n'), options).entries;
  const read = async (text: string) => readPairs(await tableOf(t, text, 'pairs.csv'), needs, offers, Infinity);
  const list = await read('besoin;offre;score;cap;minimum\na;x;0,125;;1\nb;x;1;1;\na;y;1e-2;5;\n');
  assert.deepEqual(list.pairs, {
    need: Int32Array.of(0, 1, 0),
    offer: Int32Array.of(0, 0, 1),
    score: Int32Array.of(125, 1000, 10),
    cap: Int32Array.of(2, 1, 5),
    minimum: Int32Array.of(1, 0, 0),
  });
  assert.equal(list.decimals, 3);
  const rounded = await read('need,offer,score\na,x,0.12345678912\nb,x,10\n');
  assert.deepEqual([rounded.decimals, rounded.pairs.score[0]], [6, 123457]);
  assert.match(rounded.notes.join(), /rounded to 6 decimals/);
  const lifted = await read('need,offer,score\na,x,-0.5\nb,x,0.25\n');
  assert.deepEqual([lifted.lift, ...lifted.pairs.score], [50, 0, 75]);
  assert.match(lifted.notes.join(), /all are lifted by 0\.5 while planning/);
  const told = await refusal(() =>
    read('need,offer,score,cap,minimum\nz,x,1,,\na,x,NaN,,\na,x,-1,,\nb,y,1,1,2\nb,,20000000,-1,\n'),
  );
  assert.deepEqual(told.split('\n'), [
    'pairs.csv, row 2, need: “z” is not the id of a need.',
    'pairs.csv, row 3, score: “NaN” is not a number.',
    'pairs.csv, row 5, minimum: 2 is above the cap, 1.',
    'pairs.csv, row 6, offer: an empty cell is not the id of an offer.',
    'pairs.csv, row 6, cap: “-1” is not a whole number of 0 or more.',
    'pairs.csv, row 6, score: “20000000” is beyond 8388608.',
    'pairs.csv, row 4: this pair stands already in row 3.',
  ]);
  assert.match(
    await refusal(() => read('besoin,apports\na,x\n')),
    /no column is named “offer”\. There are “besoin”, “apports”\./,
  );
});
