/**
 * An import: files that somebody brings to the directory, from their arrival to what they changed.
 *
 * Must always hold: nothing of the directory changes before a person has seen what would; what an import did is there
 * whole or not at all; it can be taken back as one act while nothing depends on it.
 */
import type { Id } from '../../lib/ids.ts';

export type ImportId = Id<'import'>;
export const IMPORT_STATES = [
  'reading',
  'mapping',
  'staging',
  'previewed',
  'applying',
  'applied',
  'undoing',
  'undone',
  'abandoned',
  'failed',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Of all the files of one import. */
export const MAX_IMPORT_BYTES = 200 * 1024 * 1024;
export const MAX_IMPORT_FILES = 12;

/** So long after its end an import can be taken back and its rows be read again; then its files are forgotten. */
export const KEPT_DAYS = 90;

export interface ImportCounts {
  readonly create: number;
  readonly change: number;
  readonly same: number;
  readonly ask: number;
  readonly refuse: number;
  readonly people: number;
  readonly peopleSame: number;
  readonly phases: number;
  readonly ties: number;
  readonly affiliations: number;
  readonly linksThere: number;
  readonly linksUnknown: number;
  readonly problems: number;
  /** Rows of the files that are about an organisation or person which another row is about too. */
  readonly joined: number;
}

export const NO_COUNTS: ImportCounts = {
  create: 0,
  change: 0,
  same: 0,
  ask: 0,
  refuse: 0,
  people: 0,
  peopleSame: 0,
  phases: 0,
  ties: 0,
  affiliations: 0,
  linksThere: 0,
  linksUnknown: 0,
  problems: 0,
  joined: 0,
};

export interface Import {
  readonly id: ImportId;
  readonly source: string;
  readonly state: ImportState;
  readonly stepDone: number;
  readonly stepTotal: number;
  readonly stepStartedAt: Temporal.Instant | null;
  readonly cancelRequested: boolean;
  readonly failure: string | null;
  readonly counts: ImportCounts;
  readonly createdAt: Temporal.Instant;
  readonly appliedAt: Temporal.Instant | null;
  readonly undoneAt: Temporal.Instant | null;
  /** When its files and rows were forgotten: it can no longer be taken back. */
  readonly forgottenAt: Temporal.Instant | null;
  readonly createdBy: string | null;
  readonly fileNames: readonly string[];
}

export function isUnderWay(state: ImportState): boolean {
  return state === 'reading' || state === 'staging' || state === 'applying' || state === 'undoing';
}

/** Seconds until the step ends, at the pace so far; nothing is said of the first moments. */
export function secondsLeft(
  { stepDone, stepTotal, stepStartedAt }: Pick<Import, 'stepDone' | 'stepTotal' | 'stepStartedAt'>,
  now: Temporal.Instant,
): number | undefined {
  if (stepStartedAt === null || stepDone === 0 || stepTotal === 0) return undefined;
  const elapsed = now.since(stepStartedAt).total('seconds');
  return elapsed < 1 ? undefined : Math.max(1, Math.round((elapsed * (stepTotal - stepDone)) / stepDone));
}

/** The name under which keys of these files are kept: without endings, days and numbers, so that the next year's is the same. */
export function sourceOf(fileNames: readonly string[]): string {
  const bare = fileNames.map((name) =>
    name
      .replace(/^.*[\\/]/u, '')
      .replace(/(\.(csv|tsv|txt|jsonl|ndjson|json|gz|xlsx))+$/iu, '')
      .replaceAll(
        /[-_ .]?(\d{4}([-_.]\d{1,2}){0,2}|v?\d{1,3}|\(\d+\)|copie|copy|export|final|a-corriger)(?=[-_ .(]|$)/giu,
        '',
      ),
  );
  return (bare.length > 3 ? `${bare.slice(0, 3).join(' + ')}…` : bare.join(' + ')).slice(0, 80).trim() || 'fichier';
}
