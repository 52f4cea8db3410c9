/**
 * Sets that people have judged, read where they lie; nothing of them is part of the project. Each reader
 * answers null when its folder is absent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fold } from '../src/algorithms/text/analyse.ts';
import type { JudgedPool } from '../src/algorithms/text/cross-validation.ts';
import type { TextItem } from '../src/algorithms/text/text-item.ts';

const DATA = '../shared/data';

export type Expertise = {
  readonly articles: readonly TextItem[];
  /** Per reviewer: places of own publications, and judged articles with the five published similarities. */
  readonly reviewers: readonly { readonly publications: number[]; readonly judged: JudgedArticle[] }[];
};
export type JudgedArticle = {
  readonly article: number;
  readonly expertise: number;
  readonly published: readonly number[];
};
export const PUBLISHED = ['TPMS', 'ACL', 'SPECTER', 'SPECTER+MFR', 'ELMo'] as const;

/** 46 projects, 164 public aids, and the aids that experts attached to each project. */
export function readProjectsAndAids(): JudgedPool | null {
  const folder = `${DATA}/aides-transition-ecologique`;
  if (!existsSync(folder)) return null;
  const projects = jsonLines(readFileSync(`${folder}/projets.jsonl`, 'utf8'));
  const aids = jsonLines(readFileSync(`${folder}/aides.jsonl`, 'utf8'));
  const links = csvRows(readFileSync(`${folder}/liens_projet_aide.csv`, 'utf8'));
  const linked = new Set(links.map(([project, aid]) => `${project} ${aid}`));
  return {
    needs: projects.map((project) => ({
      title: project.title,
      body: `${project.shortDescription} ${project.longDescription}`,
      themes: project.themes,
      sectors: project.sectors,
      language: 'fr',
    })),
    offers: aids.map((aid) => ({
      title: `${aid.titre} ${aid.promesse}`,
      body: `${aid.description} ${aid['description longue'] ?? ''}`,
      themes: aid.eligibilityData.priorityObjectives ?? [],
      sectors: aid.eligibilityData.company.allowedNafSections,
      language: 'fr',
    })),
    chosen: projects.map((project) => aids.map((aid) => linked.has(`${project.slug} ${aid.id}`))),
  };
}

/** 35 reviewers with their publications, who stated their expertise on 284 articles. */
export function readExpertise(): Expertise | null {
  const folder = `${DATA}/expertise-gold-standard`;
  if (!existsSync(folder)) return null;
  const articles = jsonLines(gunzipSync(readFileSync(`${folder}/articles.jsonl.gz`)).toString());
  const places = new Map<string, number>(articles.map((article, place) => [article.id, place]));
  const rows = csvRows(readFileSync(`${folder}/evaluations.csv`, 'utf8'));
  const reviewers = jsonLines(readFileSync(`${folder}/evaluateurs.jsonl`, 'utf8'));
  return {
    articles: articles.map((article) => ({
      title: article.titre,
      body: article.resume ?? '',
      themes: [],
      language: 'en',
    })),
    reviewers: reviewers.map(({ id, publications }) => ({
      publications: publications.flatMap((publication: string) => places.get(publication) ?? []),
      judged: rows
        .filter(([reviewer]) => reviewer === id)
        .map(([, article = '', expertise, ...published]) => ({
          article: places.get(article)!,
          expertise: Number(expertise),
          published: published.map(Number),
        })),
    })),
  };
}

/** A text to its vector, by 20,000 French word vectors: the weighted mean of its words, as their file says. */
export function readWordVectors(): ((text: string) => Float32Array) | null {
  const folder = `${DATA}/vecteurs-fr`;
  if (!existsSync(folder)) return null;
  const about = JSON.parse(readFileSync(`${folder}/meta.json`, 'utf8'));
  const size: number = about.dimensions;
  const numbers = new Int8Array(gunzipSync(readFileSync(`${folder}/vecteurs.i8.gz`)));
  const scales = new Float32Array(new Uint8Array(gunzipSync(readFileSync(`${folder}/echelles.f32.gz`))).buffer);
  const lines = readFileSync(`${folder}/vocabulaire.tsv`, 'utf8').trim().split('\n');
  const words = new Map(
    lines.map((line, row) => {
      const [word = '', often] = line.split('\t');
      return [word, { row, weight: 0.001 / (0.001 + Number(often) / about.jetons_corpus) }];
    }),
  );
  const add = (sum: Float32Array, word: string) => {
    const found = words.get(word);
    if (!found) return;
    const by = found.weight * scales[found.row]!;
    for (let k = 0; k < size; k++) sum[k]! += by * numbers[found.row * size + k]!;
  };
  return (text) => {
    const sum = new Float32Array(size);
    const found = text.toLowerCase().match(/\p{L}+/gu) ?? [];
    for (const word of found) add(sum, words.has(word) ? word : fold(word));
    const centred = sum.map((value, k) => value / Math.max(1, found.length) - about.moyenne[k]);
    const along = centred.reduce((dot, value, k) => dot + value * about.axe_principal[k], 0);
    return centred.map((value, k) => value - along * about.axe_principal[k]);
  };
}

// oxlint-disable-next-line typescript/no-explicit-any -- the files are described by their README, not by types.
function jsonLines(text: string): any[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** These files quote nothing. */
function csvRows(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}
