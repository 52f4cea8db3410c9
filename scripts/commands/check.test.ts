import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { makePool, poolNeed, poolOffer } from '../../test/factories/pool.ts';
import { solveLeximin } from '../../src/algorithms/flow/leximin.ts';
import { makePlan } from '../../src/domains/matching/make-plan.ts';
import { canonicalJson, parseStrictJson } from './canonical-json.ts';
import { judge, type Judgement } from './check.ts';
import { readDocument } from './document-reader.ts';
import { commandText } from './messages.ts';
import { runScripted } from './scripted-terminal.ts';
import { digestOf, type SignedDocument } from './signature.ts';
import { temporaryFolder } from './temporary-folder.ts';

const t = commandText('en');
const FIXTURES = new URL('../../test/fixtures/plan/', import.meta.url).pathname;
const FILES = ['needs.csv', 'offers.csv', 'pairs.csv'].map((name) => FIXTURES + name);

const folder = temporaryFolder({ after });
/** A signed plan, as text and as value. */
let text: string;
before(async () => {
  assert.equal((await runScripted(['key', 'create', folder.pathOf('key')])).code, 0);
  assert.equal((await runScripted(['key', 'create', folder.pathOf('other')])).code, 0);
  const out = folder.pathOf('plan.json');
  const ran = await runScripted(['plan', ...FILES, '--out', out, '--sign', folder.pathOf('key')]);
  assert.equal(ran.code, 0, ran.said);
  text = readFileSync(out, 'utf8');
});

const judged = (document: unknown, wanted?: string): Judgement => {
  try {
    return judge(document, wanted, t, 'plan.json');
  } catch (error) {
    assert.equal((error as Error).name, 'OperatorError');
    return { isAccepted: false, sentence: (error as Error).message };
  }
};

test('a plan is accepted anywhere: as written, otherwise spaced, its keys in another order, from a pipe', async () => {
  const reversed = (_key: string, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value;
  for (const variant of [text, JSON.stringify(JSON.parse(text), null, 3), JSON.stringify(JSON.parse(text, reversed))]) {
    const { code, output } = await runScripted(['check', '-'], { input: variant });
    assert.deepEqual([code, output.split(': ')[0]], [0, 'Accepted'], output);
    assert.match(output, /^Accepted: this plan of 5 needs and 4 offers keeps every limit, .* Signed by SHA256:\S{43};/);
  }
  assert.match(
    (await runScripted(['check', folder.pathOf('plan.json'), '--language', 'fr'])).output,
    /^Accepté\u202f: /,
  );
});

test('a key is private to its owner, never written over, and can be required', async () => {
  const key = folder.pathOf('key');
  assert.equal(statSync(key).mode & 0o777, 0o600);
  const again = await runScripted(['key', 'create', key]);
  assert.deepEqual([again.code, again.said.endsWith('this file exists already.')], [2, true]);
  const check = (...options: string[]) => runScripted(['check', folder.pathOf('plan.json'), ...options]);
  const accepted = await check('--key', `${key}.pub`);
  const fingerprint = /SHA256:\S{43}/.exec(accepted.output)?.[0] ?? '';
  assert.match(accepted.output, /the key you expect/);
  assert.equal((await check('--key', fingerprint)).code, 0);
  const other = await check('--key', folder.pathOf('other.pub'));
  assert.deepEqual([other.code, other.output.startsWith(`Refused: signed by ${fingerprint}, and not by `)], [1, true]);
  assert.match((await check('--key', FILES[0] ?? '')).said, /no public Ed25519 key/);
  const { signature: _, ...unsigned } = JSON.parse(text) as SignedDocument;
  assert.match(judged(unsigned, fingerprint).sentence, /nobody signed/);
  assert.match(judged(unsigned).sentence, /It is not signed\.$/);
});

test('the signed line and the fingerprint are those that OpenSSL makes', (suite) => {
  const document = JSON.parse(text) as SignedDocument & { signature: { publicKey: string; value: string } };
  const { digest: _digest, signature, ...rest } = document;
  const digest = `sha256:${createHash('sha256').update(canonicalJson(rest)).digest('hex')}`;
  assert.equal(document.digest, digest);
  const line = folder.write('line', `terreau-plan 1 ${digest}\n`);
  const value = folder.write('value', Buffer.from(signature.value, 'base64'));
  const openssl = [
    'pkeyutl',
    '-verify',
    '-rawin',
    '-pubin',
    '-inkey',
    folder.pathOf('key.pub'),
    '-in',
    line,
    '-sigfile',
    value,
  ];
  const { error, status } = spawnSync('openssl', openssl);
  if (error) return suite.skip('OpenSSL is not on this machine');
  assert.equal(status, 0);
});

type Path = readonly (string | number)[];
const leavesOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : [path];
const changed = (document: unknown, path: Path, change: (leaf: unknown) => unknown): unknown => {
  const copy = structuredClone(document) as Record<string | number, unknown>;
  let inner = copy;
  for (const step of path.slice(0, -1)) inner = inner[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  inner[last] = change(inner[last]);
  return copy;
};
const changes: fc.Arbitrary<(leaf: unknown) => unknown> = fc
  .tuple(
    fc.constantFrom(1, -1, 2, 2 ** 32, 0.5, 1e300),
    fc.constantFrom<unknown>(null, '1', [], {}, undefined),
    fc.boolean(),
    fc.nat(),
  )
  .map(([by, other, isOther, at]) => (leaf) => {
    if (isOther) return leaf === null && other === null ? 0 : other;
    if (typeof leaf === 'number') return leaf + by;
    if (typeof leaf !== 'string') return 'something';
    const place = at % (leaf.length + 1);
    return `${leaf.slice(0, place)}${leaf[place] === 'x' ? 'y' : 'x'}${leaf.slice(place + 1)}`;
  });

test('any changed leaf of a signed plan is refused, signature and digest included', () => {
  const document = JSON.parse(text) as unknown;
  const leaves = leavesOf(document);
  fc.assert(
    fc.property(fc.constantFrom(...leaves), changes, (path, change) => {
      const mutant = JSON.parse(JSON.stringify(changed(document, path, change))) as unknown;
      assert.notEqual(canonicalJson(mutant), canonicalJson(document));
      assert.ok(!judged(mutant).isAccepted, path.join('.'));
    }),
    { numRuns: 1000 },
  );
});

test('any changed byte of the file is refused, or changes nothing that is said', () => {
  const bytes = new TextEncoder().encode(text);
  const same = canonicalJson(JSON.parse(text));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, byte) => {
      const mutant = bytes.with(place, byte);
      let document: unknown;
      try {
        document = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(mutant), 'plan.json');
      } catch {
        return;
      }
      assert.equal(judged(document).isAccepted, canonicalJson(document) === same);
    }),
    { numRuns: 1000 },
  );
});

const resealed = (document: unknown) => {
  const { signature: _, ...rest } = document as SignedDocument;
  return { ...rest, digest: digestOf(rest) };
};

test('who changes figures and makes the digest anew is refused all the same', () => {
  const document = JSON.parse(text) as unknown;
  const figures = leavesOf(document).filter(([top, name]) => top === 'answer' && name !== 'certificate');
  assert.ok(figures.length > 30);
  fc.assert(
    fc.property(fc.constantFrom(...figures), changes, (path, change) => {
      const mutant = JSON.parse(JSON.stringify(changed(document, path, change))) as unknown;
      assert.ok(!judged(resealed(mutant)).isAccepted, path.join('.'));
    }),
    { numRuns: 1000 },
  );
});

test('a plan sealed anew after any change is accepted only when it is the best of what it states', async () => {
  const document = JSON.parse(text) as unknown;
  const stated = leavesOf(document).filter(
    ([top, name]) => top === 'problem' || (top === 'answer' && name === 'certificate'),
  );
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...stated), fc.constantFrom(1, -1, 5, 2 ** 31), async (path, by) => {
      const mutant = changed(document, path, (leaf) => Number(leaf) + by);
      if (!judged(resealed(mutant)).isAccepted) return;
      accepted++;
      const { problem, answer } = readDocument(mutant);
      const best = await solveLeximin(problem);
      assert.ok('totalScore' in answer && 'totalScore' in best);
      assert.deepEqual([answer.totalScore, answer.levels], [best.totalScore, best.levels]);
    }),
    { numRuns: 500 },
  );
  assert.ok(accepted > 0, 'some changes make another true statement');
});

test('what a plan tells in ids is held against its figures', () => {
  const refused = (path: Path, change: (leaf: unknown) => unknown) => {
    const { isAccepted, sentence } = judged(resealed(changed(JSON.parse(text), path, change)));
    assert.ok(!isAccepted, path.join('.'));
    return sentence;
  };
  assert.match(
    refused(['agreements', 0, 'offer'], () => 'export'),
    /agreements\[0\] does not say what pair 0 says/,
  );
  assert.match(
    refused(['agreements', 0, 'units'], (units) => Number(units) + 1),
    /agreements\[0\]/,
  );
  assert.match(
    refused(['agreements'], (list) => (list as unknown[]).slice(1)),
    /agreements must be/,
  );
  assert.match(
    refused(['unmet', 0, 'missing'], () => 9),
    /unmet\[0\] must be need/,
  );
  assert.match(
    refused(['unmet'], () => []),
    /unmet must name/,
  );
  assert.match(
    refused(['unmet', 0, 'frees'], () => ({ offer: 'nobody', units: 1 })),
    /names no known offer/,
  );
  assert.match(
    refused(['worth', 0, 'serves'], () => 'nobody'),
    /worth\[0\] names no known need/,
  );
  assert.match(
    refused(['needs', 1, 'id'], () => 'ruche'),
    /an id stands twice in needs/,
  );
});

test('numbers that would wrap around in 32 bits, doubled pairs and doubled keys are no way in', () => {
  const doubled = text.replace('"version": 1,', '"version": 2,\n"version": 1,');
  assert.throws(() => parseStrictJson(doubled, 'plan.json'), /a key stands twice/);
  const document = JSON.parse(text) as unknown;
  const units = changed(document, ['answer', 'units', 0], (leaf) => Number(leaf) + 2 ** 32);
  assert.match(judged(resealed(units)).sentence, /answer\.units\[0\] must be a whole number from 0 to/);
  const offer = readDocument(document).problem.pairs.offer[0];
  const repeated = changed(
    changed(document, ['problem', 'pairs', 'need', 1], () => 0),
    ['problem', 'pairs', 'offer', 1],
    () => offer,
  );
  assert.match(judged(resealed(repeated)).sentence, /the pair of need 0 and offer 0 stands twice/);
});

test('the certificate of a plan made on an instance is checked by the same command', async () => {
  const pool = makePool({
    needs: [0, 1, 2, 3].map((place) => poolNeed(place)),
    offers: [0, 1].map((place) => poolOffer(place)),
  });
  const made = await makePlan(pool, { solve: solveLeximin });
  assert.ok(made.kind === 'made');
  const { proof } = made.plan;
  const certificate = {
    format: 'terreau-plan-certificate',
    version: 1,
    territory: 'clermont-auvergne',
    needs: pool.needs.map(({ id, title, unit }) => ({ id, title, unit })),
    offers: pool.offers.map(({ id, title, unit }) => ({ id, title, unit })),
    problem: { needs: proof.needs, offers: proof.offers, pairs: proof.pairs },
    answer: proof.answer,
    verdict: made.plan.verdict,
  };
  const { code, output } = await runScripted(['check', '-'], { input: JSON.stringify(certificate) });
  assert.deepEqual([code, output.startsWith('Accepted: this plan of 4 needs and 2 offers')], [0, true], output);
  const given = proof.answer?.units.findIndex((units) => units > 0) ?? -1;
  assert.ok(given >= 0);
  assert.match(
    judged(changed(certificate, ['answer', 'units', given], (leaf) => Number(leaf) - 1)).sentence,
    /^Refused: /,
  );
  assert.match(judged({ ...certificate, answer: null }).sentence, /holds no plan/);
  assert.match(judged({ ...certificate, digest: 'sha256:0' }).sentence, /was changed after it was written/);
});

test('the limits of a round are checked with its certificate', async () => {
  const pool = makePool({
    needs: [poolNeed(0, { left: 3 })],
    offers: [poolOffer(0, { left: 1, valueCents: 100 }), poolOffer(1, { left: 1, valueCents: 100 })],
    mostPartners: 2,
  });
  const organisations = pool.organisations.map((one) => ({ ...one, headroomCents: 200 }));
  const made = await makePlan({ ...pool, organisations }, { solve: solveLeximin });
  assert.ok(made.kind === 'made');
  const { answer, limits, ...problem } = made.plan.proof;
  const certificate = {
    format: 'terreau-plan-certificate',
    version: 1,
    needs: pool.needs.map(({ id }) => ({ id })),
    offers: pool.offers.map(({ id }) => ({ id })),
    problem,
    limits,
    answer,
  };
  assert.ok(judged(certificate).isAccepted, judged(certificate).sentence);
  const fewer = judged({ ...certificate, limits: { ...limits, mostPartners: 1 } });
  assert.match(fewer.sentence, /has more than 1 offers/u);
  const poorer = judged({ ...certificate, limits: { budgets: { ...limits?.budgets, limit: [199] } } });
  assert.match(poorer.sentence, /budget 0 is 199 cents and 200 are used/u);
  const unread = judged({ ...certificate, limits: { budgets: { ...limits?.budgets, ofNeed: [] } } });
  assert.match(unread.sentence, /ofNeed must have 1 numbers/u);
});

test('whatever the file, a code and a sentence', async () => {
  const small = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({
        format: fc.constant('terreau-plan'),
        version: fc.constant(1),
        needs: fc.jsonValue(),
        problem: fc.jsonValue(),
      })
      .map((value) => JSON.stringify(value)),
    fc.uint8Array(),
    fc.nat().map((at) => text.slice(0, at % text.length)),
  );
  await fc.assert(
    fc.asyncProperty(small, async (input) => {
      const { code, output, said } = await runScripted(['check', '-'], { input });
      assert.ok(code === 1 ? output.startsWith('Refused: ') : code === 2 && said !== '', `${code} ${output} ${said}`);
    }),
    { numRuns: 500 },
  );
});
