/* oxlint-disable typescript/no-non-null-assertion -- tables whose rows and columns are made together. */
/**
 * `npm run bench -- affinity`: what the comparison of texts is worth, against experts' judgements, beside
 * BM25 and published systems, and how fast it is. `quality` or `speed` alone; `--weights` also prints the weights
 * to ship.
 *
 * Every learnt row is cross-validated: weights are fitted on other projects than those they are measured on.
 * Rows that lose stay in the table.
 */
import { combine, TEXT_FEATURES } from '../../src/algorithms/text/affinity-weights.ts';
import { crossValidate, fitOnAll, measurePool, type MeasuredPool } from '../../src/algorithms/text/cross-validation.ts';
import { DEFAULT_WEIGHTS } from '../../src/algorithms/text/default-weights.ts';
import { FEATURES, featureRow, type Feature } from '../../src/algorithms/text/features.ts';
import { createOfferIndex, putOffer, removeOffer } from '../../src/algorithms/text/offer-index.ts';
import { meanOfNearest } from '../../src/algorithms/text/profile.ts';
import {
  discountedGain,
  drawFolds,
  expertiseLoss,
  mean,
  pairedTest,
  standardError,
} from '../../src/algorithms/text/ranking-quality.ts';
import { nearestOffers } from '../../src/algorithms/text/nearest-offers.ts';
import { similarities } from '../../src/algorithms/text/similarity.ts';
import { readEntry, type TextItem } from '../../src/algorithms/text/text-item.ts';
import { fitSpace, placeText } from '../../src/algorithms/text/text-space.ts';
import { seededRandom } from '../../src/lib/seeded-random.ts';
import {
  PUBLISHED,
  readExpertise,
  readProjectsAndAids,
  readWordVectors,
  type Expertise,
} from '../../test/judged-sets.ts';

const SEED = 20_261_123;
const TEXT: readonly Feature[] = ['words', 'grams', 'latent'];
const COLD: readonly Feature[] = [...TEXT, 'themes', 'sector'];
const ALL: readonly Feature[] = [...COLD, 'history'];

/** `options`: `quality` or `speed` alone; `--weights` also prints the weights to ship. */
export async function benchAffinity(options: readonly string[]): Promise<void> {
  const [only] = options.filter((option) => !option.startsWith('--'));
  const projects = readProjectsAndAids();
  const expertise = readExpertise();
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}\n`);
  if (!projects || !expertise) console.log('No data at ../shared/data: what needs it is skipped.');
  if (only !== 'speed') {
    if (projects) rankingTable(projects, measurePool(projects), options.includes('--weights'));
    if (expertise) expertiseTable(expertise);
  }
  if (only !== 'quality') {
    if (projects) speedOfPairs(projects.needs, projects.offers);
    speedOfThousands(10_000, 3000, 50);
  }
}

function rankingTable(
  { needs, offers }: { needs: readonly TextItem[]; offers: readonly TextItem[] },
  pool: MeasuredPool,
  showsWeights: boolean,
) {
  const vectors = readWordVectors();
  const measured = vectors ? withVectors(pool, needs, offers, vectors) : pool;
  const each = needs.map((_, need) => need);
  const bm25 = gainsBy(measured, ['words']);
  console.log(
    `French projects × aids: nDCG@10 over the ${bm25.length} projects that experts judged, of ${needs.length}`,
  );
  console.log('                                                nDCG@10    ± se   − BM25    ± se         p');
  const row = (name: string, gains: readonly (number | null)[]) => {
    const judged = gains.filter((gain) => gain !== null);
    const test = pairedTest(judged, bm25, SEED);
    const figures = [mean(judged), standardError(judged), test.difference, test.standardError];
    const p = judged === gains ? '' : test.p.toFixed(4);
    console.log(
      `${name.padEnd(46)} ${figures.map((figure) => figure.toFixed(3).padStart(8)).join('')} ${p.padStart(9)}`,
    );
  };
  row('BM25, title twice (nothing fitted)', gainsBy(measured, ['words'], true));
  row('BM25, one bag of words', bagOfWords(needs, offers, pool));
  for (const feature of [...FEATURES].filter((one) => measured.rows.some((line) => !line[one].every(Number.isNaN)))) {
    if (feature !== 'words') row(`${feature} alone`, gainsBy(measured, [feature], true));
  }
  const learnt = (name: string, features: readonly Feature[], folds: number[], ridge?: number) =>
    row(name, crossValidate(measured, features, folds, ridge).gains);
  learnt('words + themes, leave one out', ['words', 'themes'], each);
  learnt('words + grams + latent, leave one out', TEXT, each);
  learnt('  + themes', [...TEXT, 'themes'], each);
  learnt('  + themes + sector  (default, no past)', COLD, each);
  for (let draw = 0; draw < 3; draw++)
    learnt(`  same, 5 folds, draw ${draw + 1}`, COLD, drawFolds(needs.length, 5, SEED + draw));
  for (const ridge of [0.1, 0.3, 3]) learnt(`  same, leave one out, ridge ${ridge}`, COLD, each, ridge);
  if (vectors) learnt('  + word vectors', [...COLD, 'embedding'], each);
  learnt('history alone, leave one out', ['history'], each);
  learnt('all with history  (default with a past)', ALL, each);
  learnt('  same, 5 folds', ALL, drawFolds(needs.length, 5, SEED));
  if (showsWeights) {
    console.log(JSON.stringify({ cold: fitOnAll(pool, COLD), history: fitOnAll(pool, ALL) }, null, 1));
  }
}

function gainsBy({ rows, chosen }: MeasuredPool, features: readonly Feature[], keepUnjudged?: false): number[];
function gainsBy(pool: MeasuredPool, features: readonly Feature[], keepUnjudged: true): (number | null)[];
function gainsBy({ rows, chosen }: MeasuredPool, features: readonly Feature[], keepUnjudged = false) {
  const weights = Object.fromEntries(features.map((feature) => [feature, { weight: 1, typical: 0 }]));
  const gains = rows.map((row, need) => discountedGain(combine(row, weights), chosen[need]!));
  return keepUnjudged ? gains : gains.filter((gain) => gain !== null);
}

/** The plain BM25 that everybody knows: titles and texts in one field. */
function bagOfWords(needs: readonly TextItem[], offers: readonly TextItem[], { chosen }: MeasuredPool) {
  const bag = (item: TextItem): TextItem => ({ ...item, title: '', body: `${item.title} ${item.body}`, themes: [] });
  const { rows } = measurePool({ needs: needs.map(bag), offers: offers.map(bag), chosen });
  return gainsBy({ rows, chosen, past: [] }, ['words'], true);
}

function withVectors(
  pool: MeasuredPool,
  needs: readonly TextItem[],
  offers: readonly TextItem[],
  vectorOf: (text: string) => Float32Array,
): MeasuredPool {
  const read = ({ title, body }: TextItem) => vectorOf(`${title} ${body}`);
  const targets = offers.map(read);
  const found = similaritiesOfVectors(needs.map(read), targets);
  return { ...pool, rows: pool.rows.map((row, need) => ({ ...row, embedding: found[need]! })) };
}

function similaritiesOfVectors(needs: readonly Float32Array[], offers: readonly Float32Array[]): Float64Array[] {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, k) => sum + value * y[k]!, 0);
  return needs.map((need) =>
    Float64Array.from(offers, (offer) =>
      Math.max(0, dot(need, offer) / Math.sqrt(dot(need, need) * dot(offer, offer))),
    ),
  );
}

function expertiseTable({ articles, reviewers }: Expertise) {
  console.log(
    '\nReviewers’ stated expertise: loss (lower is better; 0.5 is chance), mean of the 3 nearest publications',
  );
  const judged = reviewers.flatMap((reviewer) => reviewer.judged).length;
  console.log(
    `${reviewers.length} reviewers, ${judged} judgements; weights learnt on the French set alone     loss    ± se`,
  );
  const entries = articles.map(readEntry);
  const space = fitSpace(entries);
  const index = createOfferIndex(space);
  articles.forEach((article, place) => putOffer(index, String(place), article, entries[place]));
  const rows = new Map(
    reviewers.flatMap(({ publications }) =>
      publications.map((one) => [
        one,
        featureRow(index, { entry: entries[one]!, vector: placeText(space, entries[one]!) }),
      ]),
    ),
  );
  const row = (name: string, score: (reviewer: Expertise['reviewers'][number], article: number) => number) => {
    const judges = reviewers.map((reviewer) =>
      reviewer.judged.map(({ article, expertise }) => ({ expertise, score: score(reviewer, article) })),
    );
    report(name, judges);
  };
  PUBLISHED.forEach((name, place) =>
    row(
      `${name}, published`,
      ({ judged }, article) => judged.find((one) => one.article === article)!.published[place]!,
    ),
  );
  const nearest = (features: readonly Feature[], weights = DEFAULT_WEIGHTS) => {
    const sums = new Map([...rows].map(([one, line]) => [one, combine(line, weights, features)]));
    return ({ publications }: Expertise['reviewers'][number], article: number) =>
      meanOfNearest(publications.filter((one) => one !== article).map((one) => sums.get(one)![article]!));
  };
  const flat = Object.fromEntries(FEATURES.map((feature) => [feature, { weight: 1, typical: 0 }]));
  row('BM25', nearest(['words'], flat));
  row('grams', nearest(['grams'], flat));
  row('latent', nearest(['latent'], flat));
  row('words + grams + latent  (default)', nearest(TEXT_FEATURES));
}

type Judges = Parameters<typeof expertiseLoss>[0];

/** Standard error by drawing reviewers again, with replacement. */
function report(name: string, judges: Judges) {
  const random = seededRandom(SEED);
  const draws = Array.from({ length: 500 }, () => expertiseLoss(judges.map(() => random.pick(judges))));
  const error = standardError(draws) * Math.sqrt(draws.length);
  console.log(`${name.padEnd(72)} ${expertiseLoss(judges).toFixed(3)}   ${error.toFixed(3)}`);
}

function speedOfPairs(needs: readonly TextItem[], offers: readonly TextItem[]) {
  console.log(
    `\n${needs.length} × ${offers.length}, every pair, 15 runs (ms)                             least   median  processor`,
  );
  timed('texts to every value: read, fit, compare', () => void similarities(needs, offers));
  const entries = needs.map(readEntry);
  const space = fitSpace([...entries, ...offers.map(readEntry)]);
  const index = createOfferIndex(space);
  offers.forEach((offer, place) => putOffer(index, String(place), offer));
  const read = entries.map((entry) => ({ entry, vector: placeText(space, entry) }));
  timed('every feature of every pair, index standing', () => {
    for (const need of read) combine(featureRow(index, need), DEFAULT_WEIGHTS);
  });
  timed('one offer replaced, then one need answered', () => {
    putOffer(index, '0', offers[0]!);
    nearestOffers(index, read[0]!, 10, DEFAULT_WEIGHTS);
  });
}

/** Processor time beside the clock: on a busy machine the clock counts the others too. */
function timed(name: string, work: () => void) {
  const runs = Array.from({ length: 15 }, () => {
    const [start, spent] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(spent);
    return { clock: performance.now() - start, processor: (user + system) / 1000 };
  });
  const clock = runs.map((run) => run.clock).toSorted((x, y) => x - y);
  const processor = runs.map((run) => run.processor).toSorted((x, y) => x - y);
  const figures = [clock[0]!, clock[7]!, processor[7]!].map((figure) => figure.toFixed(1).padStart(9));
  console.log(`${name.padEnd(52)} ${figures.join('')}`);
}

function speedOfThousands(needCount: number, offerCount: number, count: number) {
  console.log(
    `\n${needCount} needs × ${offerCount} offers of about 60 words, the ${count} nearest of each (one run, s)`,
  );
  const random = seededRandom(SEED);
  const vocabulary = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 2 + random.whole(4) }, () =>
      random.pick(['ra', 'to', 'mi', 'cla', 'ver', 'son', 'tion', 'pe', 'lu']),
    ).join(''),
  );
  const word = () => vocabulary[Math.floor(vocabulary.length * (random.whole(1000) / 1000) ** 4)]!;
  const text = (words: number) => Array.from({ length: words }, word).join(' ');
  const item = (): TextItem => ({ title: text(5), body: text(55), themes: [`t${random.whole(20)}`], language: 'fr' });
  const needs = Array.from({ length: needCount }, item);
  const offers = Array.from({ length: offerCount }, item);
  let start = performance.now();
  let spent = process.cpuUsage();
  const lap = (name: string) => {
    const { user, system } = process.cpuUsage(spent);
    const figures = [(performance.now() - start) / 1000, (user + system) / 1e6];
    console.log(`${name.padEnd(61)} ${figures.map((figure) => figure.toFixed(1).padStart(9)).join('')}`);
    start = performance.now();
    spent = process.cpuUsage();
  };
  const entries = needs.map(readEntry);
  const offerEntries = offers.map(readEntry);
  lap('texts read');
  const space = fitSpace([...entries, ...offerEntries]);
  lap('space fitted');
  const index = createOfferIndex(space);
  offers.forEach((offer, place) => putOffer(index, String(place), offer, offerEntries[place]));
  lap('offers placed');
  for (const entry of entries) nearestOffers(index, { entry, vector: placeText(space, entry) }, count, DEFAULT_WEIGHTS);
  lap('needs answered');
  for (let place = 0; place < 100; place++) {
    removeOffer(index, String(place));
    putOffer(index, String(place), offers[place]!);
  }
  lap('100 offers taken out and put back');
}
