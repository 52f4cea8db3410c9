/** Public instances with known optima, read beside the project where they are (`../shared/data`), never copied. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packProblem, type AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import type { SideConstraints } from '../../src/algorithms/flow/side-constraints.ts';

const DATA = '../shared/data';
export const FOLDERS = { matching: `${DATA}/matching-instances`, assignment: `${DATA}/optim-affectation` } as const;

export interface PublicInstance {
  readonly name: string;
  readonly problem: AllocationProblem;
  readonly constraints: SideConstraints;
  /** Whether the least sum of scores counts first. */
  readonly raisesWorst: boolean;
  /** What a total is in the instance's own words: `told = sign × total / scale + shift`. */
  readonly scale: number;
  readonly shift: number;
  readonly sign: 1 | -1;
  /** What each unit was lifted by, as some scores are negative, and the units of a need. */
  readonly lift: number;
  /** The greatest (or least) total that is known, and what is proven about it. */
  readonly known: { readonly best: number; readonly bound: number } | null;
}

export const GRIDGEN = ['gridgen-network1', 'gridgen-network3', 'gridgen-sample'] as const;
const CONFERENCES = ['midl-2018', 'conf-ia-1', 'sigir-2007'] as const;

/** Names in the order of the bench; empty where there is no data. */
export function instanceNames(): string[] {
  return [
    ...(existsSync(FOLDERS.matching)
      ? [...CONFERENCES, 'midl-2018-loads', 'midl-2018-total', 'echelle-yc-techstars']
      : []),
    ...(existsSync(FOLDERS.assignment)
      ? [...lines('gap.jsonl.gz').map(({ nom }) => String(nom)), 'assign500', 'assign700', ...GRIDGEN]
      : []),
  ];
}

export function gridgenText(name: string): string {
  return readFileSync(`${FOLDERS.assignment}/${name}.dmx`, 'utf8');
}

export function gridgenOptimum(name: string): number {
  const row = readFileSync(`${FOLDERS.assignment}/optimums.csv`, 'utf8')
    .split('\n')
    .find((line) => line.startsWith(name));
  return Number(row?.split(',')[1]);
}

export function readInstance(name: string): PublicInstance {
  if (name.startsWith('midl') || CONFERENCES.some((conference) => conference === name)) return conference(name);
  if (name.startsWith('echelle')) return scaleInstance();
  if (name.startsWith('assign')) return assignment(name);
  return generalised(name);
}

function conference(name: string): PublicInstance {
  const file = name.startsWith('midl') ? 'midl-2018' : name;
  const given = JSON.parse(readFileSync(`${FOLDERS.matching}/${file}.json`, 'utf8')) as {
    readonly couverture: readonly number[];
    readonly charge_max: readonly number[];
    readonly charge_min: readonly number[] | null;
    readonly scores: readonly (readonly (number | null)[])[];
    readonly optimum_somme: number;
  };
  const isLoaded = name !== 'midl-2018';
  const lift = Math.max(0, ...given.scores.flat().map((score) => Math.round(-1e6 * (score ?? 0))));
  const problem = packed({
    needs: given.couverture.map((wanted) => ({ wanted })),
    offers: given.charge_max.map((capacity, j) => ({ capacity, minimum: isLoaded ? (given.charge_min?.[j] ?? 0) : 0 })),
    pairs: given.scores.flatMap((row, offer) =>
      row.flatMap((score, need) =>
        score === null ? [] : [{ need, offer, score: Math.round(score * 1e6) + lift, cap: 1 }],
      ),
    ),
  });
  const units = given.couverture.reduce((sum, one) => sum + one, 0);
  const isTotal = name !== 'midl-2018' && name !== 'midl-2018-loads';
  return {
    name,
    problem,
    constraints: {},
    raisesWorst: !isTotal,
    scale: 1e6,
    shift: (-units * lift) / 1e6,
    sign: 1,
    lift,
    known: isTotal ? { best: given.optimum_somme, bound: given.optimum_somme } : null,
  };
}

function scaleInstance(): PublicInstance {
  const name = 'echelle-yc-techstars';
  const facts = JSON.parse(readFileSync(`${FOLDERS.matching}/${name}.json`, 'utf8')) as Record<string, number>;
  const fact = (key: string) => facts[key] ?? 0;
  const table = gunzipSync(readFileSync(`${FOLDERS.matching}/${name}-aretes.csv.gz`)).toString();
  const [needs, offers] = [new Map<string, number>(), new Map<string, number>()];
  const place = (known: Map<string, number>, key: string) => {
    const found = known.get(key) ?? known.size;
    known.set(key, found);
    return found;
  };
  const rows = table.trim().split('\n').slice(1);
  const pairs = rows.map((row) => {
    const [need = '', offer = '', score = ''] = row.split(',');
    return { need: place(needs, need), offer: place(offers, offer), score: Number(score), cap: 1 };
  });
  const problem = packed({
    needs: Array.from(needs, () => ({ wanted: fact('par_demande_max') })),
    offers: Array.from(offers, () => ({ capacity: fact('capacite_offre') })),
    pairs,
  });
  return plain(name, problem, {}, 0, 1, fact('optimum'), fact('optimum'));
}

function assignment(name: string): PublicInstance {
  const { n, couts, optimum } = lines('or-library-assign.jsonl.gz').find((row) => row['nom'] === name) as {
    readonly n: number;
    readonly couts: readonly (readonly number[])[];
    readonly optimum: number;
  };
  const problem = packed({
    needs: couts.map(() => ({ wanted: 1 })),
    offers: couts.map(() => ({ capacity: 1 })),
    pairs: couts.flatMap((row, need) => row.map((cost, offer) => ({ need, offer, score: 1000 - cost, cap: 1 }))),
  });
  return plain(name, problem, {}, 1000 * n, -1, optimum, optimum);
}

/** Agents are needs with a budget each, tasks are offers that must be given. */
function generalised(name: string): PublicInstance {
  const found = lines('gap.jsonl.gz').find((row) => row['nom'] === name) as {
    readonly taches: number;
    readonly capacites: readonly number[];
    readonly couts: readonly (readonly number[])[];
    readonly consommations: readonly (readonly number[])[];
    readonly borne_inf: number;
    readonly borne_sup: number;
  };
  const beyond = Math.max(...found.couts.flat()) + 1;
  const problem = packed({
    needs: found.couts.map(() => ({ wanted: found.taches })),
    offers: Array.from({ length: found.taches }, () => ({ capacity: 1, minimum: 1 })),
    pairs: found.couts.flatMap((row, need) =>
      row.map((cost, offer) => ({ need, offer, score: beyond - cost, cap: 1 })),
    ),
  });
  const budgets = {
    limit: Float64Array.from(found.capacites),
    ofNeed: Int32Array.from(found.capacites.keys()),
    value: Float64Array.from(found.consommations.flat()),
  };
  return plain(name, problem, { budgets }, beyond * found.taches, -1, found.borne_sup, found.borne_inf);
}

function plain(
  name: string,
  problem: AllocationProblem,
  constraints: SideConstraints,
  shift: number,
  sign: 1 | -1,
  best: number,
  bound: number,
): PublicInstance {
  return { name, problem, constraints, raisesWorst: false, scale: 1, shift, sign, lift: 0, known: { best, bound } };
}

function lines(file: string): Record<string, unknown>[] {
  const text = gunzipSync(readFileSync(`${FOLDERS.assignment}/${file}`)).toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function packed(rows: Parameters<typeof packProblem>[0]): AllocationProblem {
  const result = packProblem(rows);
  if (!result.ok) throw new Error(`The instance cannot be read: ${JSON.stringify(result.reason)}`);
  return result.problem;
}
