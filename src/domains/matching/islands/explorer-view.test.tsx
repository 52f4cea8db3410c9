/** The explorer as the server draws it: complete without a script, and light even for a large territory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { renderToString } from 'preact-render-to-string';
import { territory } from '../../../algorithms/flow/make-territory.ts';
import { startSession } from '../../../algorithms/flow/leximin.ts';
import { EMPTY_FORM } from '../../../lib/form-state.ts';
import { embeddedJson, readExplorerData, type ExplorerData } from '../explorer-problem.ts';
import { NOTHING_CHANGED, withCapacity, type WhatIf } from '../what-if.ts';
import { explorerText, find } from './explorer-props.ts';
import { ExplorerView } from './explorer-view.tsx';

const NEEDS = 120;
const OFFERS = 80;
/** Beside the style sheet and the scripts, 41 kB together, of the 100 kB that a working page may weigh. */
const MOST_BYTES = 55_000;

/** Every offer may serve nearly every need, and there is too little of everything. */
function crowded(): ExplorerData {
  const problem = territory({ needs: NEEDS, offers: OFFERS, pairsPerNeed: NEEDS, seed: 3, greatestCapacity: 5 });
  const lists = (values: Int32Array) => {
    const rows: number[][] = Array.from({ length: NEEDS }, () => []);
    problem.pairs.need.forEach((need, pair) => rows[need]?.push(values[pair] ?? 0));
    return rows;
  };
  const { allocation } = startSession({
    ...problem,
    pairs: { ...problem.pairs, cap: problem.pairs.need.map((need) => problem.needs.wanted[need] ?? 0) },
  });
  assert.ok(allocation.status === 'optimal');
  return {
    organisations: Array.from({ length: NEEDS + OFFERS }, (_, place) => `Organisation de la rue ${place * 7919}`),
    kinds: [
      { label: 'Expertise', unit: 'half-day' },
      { label: 'Réseau', unit: 'introduction' },
    ],
    needs: Array.from({ length: NEEDS }, (_, need) => [`Trouver le client ${need * 104_729}`, need, 0]),
    offers: Array.from({ length: OFFERS }, (_, offer) => [`Atelier ${offer * 1_299_709}`, NEEDS + offer, 0]),
    wanted: [...problem.needs.wanted],
    weight: [...problem.needs.weight],
    capacity: [...problem.offers.capacity],
    minimum: [...problem.offers.minimum],
    offersOf: lists(problem.pairs.offer),
    scoresOf: lists(problem.pairs.score),
    pins: [],
    plan: [...allocation.units].flatMap((units, pair) => (units > 0 ? [[pair, units] as const] : [])),
  };
}

test('a plan of 120 needs and 80 offers is drawn whole, sent light, and asks for no script', () => {
  const data = crowded();
  const problem = readExplorerData(data);
  const draw = (locale: 'fr' | 'en', whatIf: WhatIf) => {
    const page = {
      locale,
      address: '/t/plans/1/essais/2/explorer',
      number: 2,
      mayDecide: true,
      key: '',
      form: EMPTY_FORM,
    };
    const sight = { need: 7, flow: '' };
    return renderToString(
      <ExplorerView {...find(problem, whatIf)} page={page} problem={problem} sight={sight} t={explorerText(locale)} />,
    );
  };
  const html = draw('fr', NOTHING_CHANGED);
  assert.equal(html.match(/type="number" id="[ab]\d+"/gu)?.length, NEEDS + OFFERS);
  assert.ok(!html.includes('type="range"'), 'a slider without a script shows no number');
  assert.match(html, /Rien n’est changé/u);
  const bytes = gzipSync(html + embeddedJson(data)).length;
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
  const changed = draw('en', withCapacity(NOTHING_CHANGED, problem, 0, (data.capacity[0] ?? 0) + 9));
  assert.match(changed, /needs? gains?/u);
  assert.ok(!/undefined|NaN/u.test(html + changed));
});
