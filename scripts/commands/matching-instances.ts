/** Public instances of conferences and of scale, for tests: read beside the project, never copied into it. */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = '../shared/data/matching-instances';

interface Stored {
  readonly nom: string;
  readonly couverture: readonly number[];
  readonly charge_max: readonly number[];
  readonly charge_min: readonly number[] | null;
  /** By reviewer, then by paper; null where they must not meet. */
  readonly scores: readonly (readonly (number | null)[])[];
  readonly optimum_somme: number;
}

export interface Conference {
  readonly name: string;
  /** Of the sum of scores, every paper covered. */
  readonly optimum: number;
  /** Papers want reviewers: CSV files as `bin/terreau plan` reads them. */
  readonly needs: () => string;
  readonly offers: () => string;
  readonly pairs: () => string;
  /** Costs are minus scores, in millionths. */
  readonly dimacs: () => string;
}

export const matchingInstances = {
  skip: existsSync(FOLDER) ? false : `no data at ${FOLDER}`,
  conferences: () => ['conf-ia-1', 'midl-2018', 'sigir-2007'].map(readConference),
  scale(unpack: (file: Uint8Array) => string) {
    const { optimum } = JSON.parse(readFileSync(`${FOLDER}/echelle-yc-techstars.json`, 'utf8')) as { optimum: number };
    const table = unpack(readFileSync(`${FOLDER}/echelle-yc-techstars-aretes.csv.gz`));
    const edges = table
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([need = '', offer = '', score]) => [need, offer, Number(score)] as const);
    return { optimum, table, edges };
  },
};

function readConference(name: string): Conference {
  const stored = JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8')) as Stored;
  const { couverture, charge_max: most, charge_min: least, scores } = stored;
  const pairs = scores.flatMap((row, reviewer) =>
    row.flatMap((score, paper) => (score === null ? [] : [{ reviewer, paper, score }])),
  );
  const csv = (heading: string, lines: readonly string[]) => `${[heading, ...lines].join('\n')}\n`;
  return {
    name,
    optimum: stored.optimum_somme,
    needs: () =>
      csv(
        'id,wanted',
        couverture.map((units, paper) => `paper-${paper},${units}`),
      ),
    offers: () =>
      csv(
        'id,capacity,minimum',
        most.map((units, reviewer) => `reviewer-${reviewer},${units},${least?.[reviewer] ?? 0}`),
      ),
    pairs: () =>
      csv(
        'need,offer,score,cap',
        pairs.map(({ reviewer, paper, score }) => `paper-${paper},reviewer-${reviewer},${score},1`),
      ),
    dimacs: () => dimacsOf(stored, pairs),
  };
}

/** Reviewers take from a source as many papers as they may, at least as many as they must. */
function dimacsOf(
  { couverture, charge_max: most, charge_min: least }: Stored,
  pairs: readonly { readonly reviewer: number; readonly paper: number; readonly score: number }[],
): string {
  const [papers, reviewers] = [couverture.length, most.length];
  const source = papers + reviewers + 1;
  const total = couverture.reduce((sum, units) => sum + units, 0);
  return [
    `p min ${source} ${pairs.length + reviewers}`,
    `n ${source} ${total}`,
    ...couverture.map((units, paper) => `n ${paper + 1} ${-units}`),
    ...pairs.map(
      ({ reviewer, paper, score }) => `a ${papers + reviewer + 1} ${paper + 1} 0 1 ${-Math.round(score * 1e6)}`,
    ),
    ...most.map((units, reviewer) => `a ${source} ${papers + reviewer + 1} ${least?.[reviewer] ?? 0} ${units} 0`),
    '',
  ].join('\n');
}
