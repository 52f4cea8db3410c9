import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { bestByDefinition } from '../../src/algorithms/flow/every-plan.ts';
import { scoreText } from './cell-numbers.ts';
import { readDocument } from './document-reader.ts';
import { matchingInstances } from './matching-instances.ts';
import type { PlanDocument } from './plan-document.ts';
import { runScripted, type Script } from './scripted-terminal.ts';
import { digestOf } from './signature.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder({ after });
const FIXTURES = new URL('../../test/fixtures/plan/', import.meta.url).pathname;
const [NEEDS = '', OFFERS = '', PAIRS = ''] = ['needs.csv', 'offers.csv', 'pairs.csv'].map((name) => FIXTURES + name);
const DAY = ['--day', '2026-11-23'];

const plan = (files: readonly string[], options: readonly string[] = [], script: Script = {}) =>
  runScripted(['plan', ...files, ...options], script);
const documentOf = async (files: readonly string[], options: readonly string[] = []): Promise<PlanDocument> => {
  const ran = await plan(files, [...options, '--out', '-']);
  assert.equal(ran.code, 0, ran.said);
  return JSON.parse(ran.output) as PlanDocument;
};
const check = async (document: PlanDocument) =>
  (await runScripted(['check', '-'], { input: JSON.stringify(document) })).output;

test('texts, themes and conditions make a plan that reads in both languages', async () => {
  const document = await documentOf([NEEDS, OFFERS], DAY);
  assert.match(await check(document), /^Accepted: this plan of 5 needs and 4 offers/);
  const given = document.agreements.map(({ need, offer }) => `${need} ← ${offer}`);
  assert.ok(given.includes('ruche ← avocats') && given.includes('data ← metropole'), given.join());
  const [first] = document.agreements;
  assert.match(first?.sentence.fr ?? '', /^«\sCabinet d’avocats\s» donne .*\s: .*textes proches \(.*brevet/);
  assert.match(first?.sentence.en ?? '', /^“Cabinet d’avocats” gives .*: .*close texts \(.*brevet/);
  assert.ok(document.unmet.length > 0);
  for (const { missing, sentence } of document.unmet) assert.ok(missing > 0 && sentence.fr !== sentence.en);
  assert.deepEqual(document.scores.day, '2026-11-23');
  // Only needs of its region may use the metropole's grounds.
  assert.ok(!given.includes('isol ← metropole'));
});

test('the same files give the same bytes; the screen speaks the language asked for', async () => {
  const out = folder.pathOf('twice.json');
  const texts: string[] = [];
  for (const language of ['fr', 'en'] as const) {
    const ran = await plan([NEEDS, OFFERS, PAIRS], ['--out', out, '--language', language], { language: 'en' });
    assert.equal(ran.code, 0, ran.said);
    assert.match(ran.output, language === 'fr' ? /^Qui reçoit quoi$/mu : /^Who gets what$/mu);
    texts.push(readFileSync(out, 'utf8'));
  }
  assert.equal(texts[0], texts[1]);
  assert.match((await plan([NEEDS, OFFERS, PAIRS])).said, /Nothing was written: --out plan\.json/);
});

test('what frees an unmet need does free it, and one more unit serves whom it says', async () => {
  const document = await documentOf([NEEDS, OFFERS, PAIRS]);
  const more = async (offer: string, units: number) => {
    const lines = readFileSync(OFFERS, 'utf8')
      .split('\n')
      .map((line) => {
        const cells = line.split(';');
        return cells[0] === offer ? [cells[0], cells[1], Number(cells[2]) + units, ...cells.slice(3)].join(';') : line;
      });
    return documentOf([NEEDS, folder.write('more.csv', lines.join('\n')), PAIRS]);
  };
  const servedIn = ({ needs, answer }: PlanDocument, need: string | null) =>
    answer.served[needs.findIndex(({ id }) => id === need)] ?? 0;
  const freed = document.unmet.flatMap(({ need, frees }) => (frees === null ? [] : [{ need, ...frees }]));
  assert.ok(freed.length > 0 && document.worth.length > 0);
  for (const { need, offer, units } of freed)
    assert.ok(servedIn(await more(offer, units), need) > servedIn(document, need), `${units} at ${offer} for ${need}`);
  for (const { offer, serves, score } of document.worth) {
    const after = await more(offer, 1);
    assert.equal(after.answer.totalScore - document.answer.totalScore, score);
    if (serves !== null)
      assert.equal(
        after.answer.served.reduce((sum, units) => sum + units, 0),
        12,
      );
  }
});

test('minimums that cannot hold are impossible, with the reason, and nothing is written', async () => {
  const needs = folder.write('n.csv', 'id,wanted\na,2\nb,1\n');
  const offers = folder.write('o.csv', 'id,capacity,minimum\nx,3,3\ny,1,0\n');
  const pairs = folder.write('p.csv', 'need,offer,score,minimum\na,x,1,\nb,y,1,\n');
  const out = folder.pathOf('never.json');
  const ran = await plan([needs, offers, pairs], ['--out', out]);
  assert.deepEqual([ran.code, ran.output, existsSync(out)], [3, '', false]);
  assert.match(ran.said, /Impossible\. x must give one unit more than its pairs allow\.$/);
  const full = folder.write('full.csv', 'need,offer,score,cap\na,x,1,5\nb,y,1,1\n');
  assert.match(
    (await plan([needs, offers, full])).said,
    /x must give one unit more than the needs that it may serve can take \(a\)\.$/,
  );
  const pins = folder.write('pins.csv', 'need,offer,score,cap,minimum\nb,x,1,1,1\nb,y,1,1,1\n');
  assert.match((await plan([needs, offers, pins])).said, /give “b” one unit more than it wants/);
});

test('empty sides, zero quantities and needs that nobody may serve give a plan that says so', async () => {
  const empty = folder.write('empty.csv', 'id,wanted\n');
  const none = folder.write('none.json', '[]');
  const zero = folder.write('zero.csv', 'id,capacity\nx,0\n');
  const needs = folder.write('n.csv', 'id,wanted\na,2\nb,0\n');
  for (const files of [
    [empty, folder.write('some.csv', 'id,capacity\nx,1\n')],
    [none, none],
    [NEEDS, none],
    [needs, zero, folder.write('p.csv', 'need,offer,score\na,x,1\n')],
    [needs, zero, none],
  ]) {
    const ran = await plan(files, DAY);
    assert.deepEqual([ran.code, ran.output.includes('Nothing is given.')], [0, true], ran.said);
    assert.match(await check(await documentOf(files, DAY)), /^Accepted/);
  }
  const { unmet } = await documentOf([needs, zero, none]);
  assert.deepEqual(
    unmet.map(({ why, sentence }) => [why, sentence.en]),
    [['no-pair', '“a” gets nothing of the 2 units that it wants. No offer may serve it.']],
  );
});

test('a cancelled plan says so and leaves nothing; a plan out of time is lawful and says what it is not', async () => {
  const out = folder.pathOf('cancelled.json');
  const cancelled = await plan([NEEDS, OFFERS, PAIRS], ['--out', out], { interrupts: true });
  assert.deepEqual([cancelled.code, cancelled.output, existsSync(out)], [130, '', false]);
  assert.match(cancelled.said, /Cancelled: nothing was written\.$/);
  const late = await plan([NEEDS, OFFERS, PAIRS], ['--out', out, '--time-limit', '0.000001']);
  assert.equal(late.code, 4, late.said);
  assert.match(late.output, /^The time was up: a lawful plan, not proven best\./);
  const { code, output } = await runScripted(['check', out]);
  assert.deepEqual([code, output.startsWith('Accepted as lawful, not as best')], [0, true]);
});

test('options and files that cannot be are refused with a sentence', async () => {
  const refused = async (...options: string[]) => {
    const ran = await plan([NEEDS, OFFERS], options);
    assert.deepEqual([ran.code, ran.output], [2, ''], options.join(' '));
    return ran.said;
  };
  assert.match(await refused('--units', 'two'), /--units is a whole number from 1 to 1000000, not “two”/);
  assert.match(await refused('--time-limit', '-1s'), /--time-limit/);
  assert.match(await refused('--time-limit', 'soon'), /not “soon”/);
  assert.match(await refused('--day', '2026-02-30'), /--day is written YYYY-MM-DD/);
  assert.match(await refused('--weights', 'luck=1'), /--weights is written words=3,themes=1/);
  assert.match(await refused('--language', 'de'), /--language is fr or en/);
  assert.match(await refused('--sign', NEEDS), /no private Ed25519 key/);
  assert.match(await refused('--out', folder.pathOf('no/such/folder.json')), /there is no such file or folder/);
  assert.match((await plan(['-', '-'])).said, /Only one file can be the standard input/);
  assert.match((await plan([NEEDS])).said, /Name the files of needs and of offers/);
});

test(
  'known optima of public conferences are reached, proven, and accepted',
  { skip: matchingInstances.skip },
  async () => {
    for (const { name, optimum, needs, offers, pairs } of matchingInstances.conferences()) {
      const files = [folder.write('n.csv', needs()), folder.write('o.csv', offers()), folder.write('p.csv', pairs())];
      const document = await documentOf(files);
      const units = document.answer.units.reduce((sum, one) => sum + one, 0);
      assert.deepEqual([name, scoreText(document.answer.totalScore, document.scores, units)], [name, String(optimum)]);
      assert.deepEqual(document.unmet, []);
      assert.match(await check(document), /^Accepted: /);
    }
  },
);

test('a real instance of 92,000 pairs is planned and accepted', { skip: matchingInstances.skip }, async () => {
  const { table, edges, optimum } = matchingInstances.scale((file) => gunzipSync(file).toString());
  const side = (place: 0 | 1) => [...new Set(edges.map((edge) => edge[place]))].map((id) => `${id},2`).join('\n');
  const needs = folder.write('n.csv', `id,wanted\n${side(0)}\n`);
  const offers = folder.write('o.csv', `id,capacity\n${side(1)}\n`);
  writeFileSync(folder.pathOf('p.csv'), table);
  const document = await documentOf([needs, offers, folder.pathOf('p.csv')], ['--cap', '1']);
  assert.ok(document.answer.totalScore <= optimum && document.answer.totalScore > 0.9 * optimum);
  assert.match(await check(document), /^Accepted: /);
});

test('small plans from files are the best by definition', async () => {
  const sides = fc.record({
    wanted: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
    capacity: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
    pairs: fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(9), fc.nat(2)), {
      maxLength: 6,
      selector: ([i, j]) => `${i} ${j}`,
    }),
  });
  await fc.assert(
    fc.asyncProperty(sides, async ({ wanted, capacity, pairs }) => {
      const known = pairs.filter(([i, j]) => i < wanted.length && j < capacity.length);
      const document = await documentOf([
        folder.write('n.csv', `id,wanted\n${wanted.map((units, i) => `n${i},${units}`).join('\n')}\n`),
        folder.write('o.csv', `id,capacity\n${capacity.map((units, j) => `o${j},${units}`).join('\n')}\n`),
        folder.write(
          'p.csv',
          `need,offer,score,cap\n${known.map(([i, j, score, cap]) => `n${i},o${j},0.${score},${cap}`).join('\n')}\n`,
        ),
      ]);
      const { problem } = readDocument(document);
      assert.deepEqual([...problem.needs.wanted, ...problem.offers.capacity], [...wanted, ...capacity]);
      assert.equal(document.answer.totalScore, bestByDefinition(problem)?.totalScore);
      assert.match(await check(document), /^Accepted: /);
    }),
    { numRuns: 25 },
  );
});

test('whatever the files, a code and a sentence', async () => {
  const cell = fc.oneof(
    fc.constantFrom('a', 'b', 'x', '1', '2', '-1', 'NaN', '1e9', '9'.repeat(30), '', '"', '3,5'),
    fc.string({ maxLength: 6 }),
  );
  const heading = fc.constantFrom(
    'id,wanted',
    'id;capacity',
    'need,offer,score',
    'id,wanted,weight',
    '{"id":1}',
    '[{"id":"a","wanted":1}',
    'x',
  );
  const table = fc
    .tuple(heading, fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 }))
    .map(([first, rows]) => [first, ...rows.map((cells) => cells.join(','))].join('\n'));
  const file = fc.oneof(
    table,
    fc.uint8Array({ maxLength: 60 }),
    fc.constant('id,capacity\nx,1\n'),
    fc.constant('id,wanted\na,1\n'),
  );
  await fc.assert(
    fc.asyncProperty(file, file, fc.option(file), async (needs, offers, pairs) => {
      const files = [
        folder.write('n', needs),
        folder.write('o', offers),
        ...(pairs === null ? [] : [folder.write('p', pairs)]),
      ];
      const { code, said } = await plan(files);
      assert.ok([0, 2, 3].includes(code) && said !== '', `${code}: ${said}`);
      assert.doesNotMatch(said, /fault of its own|\n\s+at /);
    }),
    { numRuns: 100 },
  );
});

test('the guide shows what the command prints', async () => {
  const guide = readFileSync(new URL('../../docs/guides/plan-your-own-data.md', import.meta.url), 'utf8');
  const shown = await plan([NEEDS, OFFERS, PAIRS], [], { language: 'en' });
  assert.ok(guide.includes(`\n\`\`\`\n${shown.output.replace(/ +$/gmu, '')}\`\`\`\n`), shown.output);
});

test('at most so many partners: kept, said, and checked by the file alone', async () => {
  const names = ['limited-needs.csv', 'limited-offers.csv', 'limited-pairs.csv'].map((name) => folder.pathOf(name));
  const [needs = '', offers = '', pairs = ''] = names;
  writeFileSync(needs, 'id,wanted\na,3\nb,1\n');
  writeFileSync(offers, 'id,capacity,minimum\nx,1,0\ny,1,0\nz,1,0\n');
  writeFileSync(pairs, 'need,offer,score\na,x,5\na,y,4\na,z,3\nb,z,1\n');
  const free = await documentOf([needs, offers, pairs], ['--most-partners', '3']);
  assert.deepEqual([free.answer.status, free.limits], ['optimal', undefined]);
  const limited = await documentOf([needs, offers, pairs], ['--most-partners', '1']);
  assert.deepEqual([limited.answer.status, limited.limits], ['bounded', { mostPartners: 1 }]);
  const given = limited.agreements.map(({ need, offer }) => `${need} ← ${offer}`);
  assert.deepEqual(given.toSorted(), ['a ← x', 'b ← z']);
  assert.match(limited.summary.en[0] ?? '', /^At most one offer per need: by the solver’s word/u);
  assert.match(await check(limited), /^Accepted/u);
  // The same plan under a claim that it does not keep.
  const { digest: _digest, ...content } = free;
  const wrong = { ...content, limits: { mostPartners: 1 } };
  const ran = await runScripted(['check', '-'], { input: JSON.stringify({ ...wrong, digest: digestOf(wrong) }) });
  assert.equal(ran.code, 1);
  assert.match(ran.output, /more than 1 offers/u);
  writeFileSync(offers, 'id,capacity,minimum\nx,1,1\ny,1,1\nz,1,0\n');
  const impossible = await plan([needs, offers, pairs], ['--most-partners', '1', '--language', 'en']);
  assert.equal(impossible.code, 3);
  assert.match(impossible.said, /Impossible\. With at most one offer per need the minimums cannot all hold \(a\)/u);
  assert.equal((await plan([needs, offers, pairs], ['--most-partners', '0'])).code, 2);
});

test('budgets in euros: kept to the cent, said, and checked by the file alone', async () => {
  const [needs = '', offers = ''] = ['budget-needs.csv', 'budget-offers.csv'].map((name) => folder.pathOf(name));
  const pairs = folder.pathOf('budget-pairs.csv');
  writeFileSync(needs, 'id;wanted;budget\na;3;"1 250,50 €"\nb;2;\n');
  writeFileSync(offers, 'id;capacity;value\nx;3;600\ny;3;625,26\n');
  writeFileSync(pairs, 'need,offer,score\na,x,5\na,y,9\nb,x,1\n');
  const limited = await documentOf([needs, offers, pairs], ['--budget']);
  assert.deepEqual(limited.limits, {
    budgets: { limit: [125_050], ofNeed: [0, -1], value: [60_000, 62_526, 60_000] },
  });
  const given = limited.agreements.map(({ need, offer, units }) => `${units} ${need} ← ${offer}`);
  // Two units of y cost two cents too many.
  assert.deepEqual(given.toSorted(), ['1 a ← x', '1 a ← y', '2 b ← x']);
  assert.match(limited.summary.en[0] ?? '', /^Within budgets: by the solver’s word/u);
  assert.match(limited.summary.fr[0] ?? '', /^Dans les budgets/u);
  assert.match(await check(limited), /^Accepted/u);
  const { digest: _digest, ...content } = limited;
  const poorer = { ...content, limits: { budgets: { ...limited.limits?.budgets, limit: [122_525] } } };
  const ran = await runScripted(['check', '-'], { input: JSON.stringify({ ...poorer, digest: digestOf(poorer) }) });
  assert.equal(ran.code, 1);
  assert.match(ran.output, /budget 0 is 122525 cents and 122526 are used/u);
  // Per pair, and where nothing is limited the plan has its proof.
  writeFileSync(pairs, 'need,offer,score,value\na,x,5,1\na,y,9,2\nb,x,1,1\n');
  const free = await documentOf([needs, offers, pairs], ['--budget']);
  assert.deepEqual([free.answer.status, free.limits], ['optimal', undefined]);
  writeFileSync(needs, 'id;wanted;budget\na;3;beaucoup\nb;2;0,001\n');
  const unread = await plan([needs, offers, pairs], ['--budget']);
  assert.equal(unread.code, 2);
  assert.match(unread.said, /budget: “beaucoup” is no amount in euros.*budget: “0,001” is no amount/su);
  writeFileSync(needs, 'id;wanted\na;3\n');
  const missing = await plan([needs, offers, pairs], ['--budget']);
  assert.equal(missing.code, 2);
});
