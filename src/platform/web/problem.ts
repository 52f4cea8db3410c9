/**
 * What went wrong, for programs: problem details (RFC 9457), in the reader's language.
 * Must always hold: a problem has a type that the API's page explains, a title, a status and what to do; a wrong body
 * names each field; nothing of the program's inside is told.
 */
import { translator, type Locale } from '../../i18n/translator.ts';
import en from './messages/problems-en.json' with { type: 'json' };
import fr from './messages/problems-fr.json' with { type: 'json' };

export const PROBLEMS = {
  'bad-json': 400,
  'bad-key': 400,
  'unknown-token': 401,
  'not-signed-in': 401,
  'scope-missing': 403,
  'not-found': 404,
  'no-such-act': 404,
  'method-not-allowed': 405,
  stale: 412,
  'too-large': 413,
  'wrong-type': 415,
  invalid: 422,
  'key-reused': 422,
  'version-needed': 428,
  'too-many-requests': 429,
  broken: 500,
} as const satisfies Record<string, number>;
export type ProblemKind = keyof typeof PROBLEMS;

export interface FieldProblem {
  /** JSON pointer into the body (RFC 6901). */
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemFacts {
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldProblem[];
  readonly facts?: Readonly<Record<string, string | number>>;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export function problemText(locale: Locale) {
  return translator(locale, { fr, en });
}

export function problemOf(kind: ProblemKind, locale: Locale, { detail, errors, facts }: ProblemFacts = {}): Problem {
  const t = problemText(locale);
  return {
    type: `/api#${kind}`,
    title: t(`${kind}.title`),
    status: PROBLEMS[kind],
    detail: detail ?? t(`${kind}.detail`, facts),
    ...(errors !== undefined && { errors }),
  };
}

/** A field's place in a body. */
export function pointerTo(field: string): string {
  return `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
