/**
 * The pieces that the schemas of forms are made of. Messages are keys of `src/platform/web/messages`, translated at the page.
 *
 * Must always hold: no text with control characters passes (PostgreSQL refuses U+0000, screens hide the others),
 * lone surrogates neither; lengths count UTF-16 units, as the browser's maxlength does.
 */
import { z } from 'zod';
import { parseDate, parseMoney } from '../../i18n/read.ts';
import { parseId, type Id } from '../../lib/ids.ts';

// Control characters other than tab and line feed, separators that break lines unseen, bidirectional overrides.
// oxlint-disable-next-line no-control-regex -- these are the characters that must not pass
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

interface TextLimits {
  readonly minimum?: number;
  readonly maximum: number;
  readonly lines?: 'one' | 'many';
}

/** A required text, trimmed; one line unless said otherwise. */
export function text({ minimum = 1, maximum, lines = 'one' }: TextLimits) {
  return z
    .string({ error: 'required' })
    .transform((value) => (lines === 'one' ? value.replace(/\s+/gu, ' ') : value).trim())
    .pipe(
      z
        .string()
        .refine(isReadable, { error: 'control-characters', abort: true })
        .min(1, { error: 'required', abort: true })
        .min(minimum, { error: 'too-short' })
        .max(maximum, { error: 'too-long' }),
    );
}

/** A text that may be left empty. */
export function optionalText(limits: Omit<TextLimits, 'minimum'>) {
  return z
    .preprocess(
      (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined),
      text(limits).optional(),
    )
    .transform((value) => value ?? '');
}

/** A whole number written by hand: spaces of any width allowed, no sign, no decimals. */
export function wholeNumber({ minimum, maximum }: { minimum: number; maximum: number }) {
  return z
    .string({ error: 'required' })
    .transform((value) => value.replace(/[\s\u00a0\u202f]/gu, ''))
    .pipe(
      z
        .string()
        .min(1, { error: 'required', abort: true })
        .regex(/^\d{1,9}$/u, { error: 'not-a-number', abort: true }),
    )
    .transform(Number)
    .pipe(z.number().min(minimum, { error: 'too-small' }).max(maximum, { error: 'too-large' }));
}

/** A day as people write it, in French or English. */
export const day = z.string({ error: 'required' }).transform((value, context): Temporal.PlainDate => {
  const result = parseDate(value);
  if (result.ok) return result.value;
  context.addIssue({ code: 'custom', message: result.reason === 'empty' ? 'required' : 'not-a-date' });
  return z.NEVER;
});

/** An amount in euros as people write it, two decimals at most, in cents. Above zero unless told. */
export function money({ minimumCents = 1n, maximumCents = 100_000_000_000n } = {}) {
  return z.string({ error: 'required' }).transform((value, context): bigint => {
    const result = parseMoney(value);
    if (result.ok && result.value >= minimumCents && result.value <= maximumCents) return result.value;
    const isEmpty = !result.ok && result.reason === 'empty';
    const isLow = result.ok && result.value < minimumCents;
    context.addIssue({ code: 'custom', message: isEmpty ? 'required' : isLow ? 'not-positive' : 'not-an-amount' });
    return z.NEVER;
  });
}

/** Up to two decimals of a percent between 0 and 100, as ten-thousandths. */
export const percent = z
  .string({ error: 'required' })
  .transform((value) => value.replace(/[%\s\u00a0\u202f]/gu, '').replace(',', '.'))
  .pipe(
    z
      .string()
      .min(1, { error: 'required', abort: true })
      .regex(/^\d{1,3}(\.\d{1,2})?$/u, { error: 'not-a-percent', abort: true }),
  )
  .transform((value) => Math.round(Number(value) * 100))
  .pipe(z.number().max(10_000, { error: 'not-a-percent' }));

/** One of a list of codes. */
export function oneOf<const Codes extends readonly [string, ...string[]]>(codes: Codes) {
  return z.enum(codes, { error: 'choose-one' });
}

/** An identifier chosen from a list on the page. */
export function identifier<Entity extends string>() {
  return z.string({ error: 'required' }).transform((value, context): Id<Entity> => {
    const id = parseId<Entity>(value);
    if (id !== undefined) return id;
    context.addIssue({ code: 'custom', message: 'choose-one' });
    return z.NEVER;
  });
}

/** Any number of codes of a repeated field, at most `maximum`, without repeats. */
export function manyOf(maximum: number) {
  return z
    .preprocess(
      (value) => (value === undefined ? [] : typeof value === 'string' ? [value] : value),
      z
        .array(z.string().max(60, { error: 'choose-one' }).refine(isReadable, { error: 'choose-one' }))
        .max(maximum, { error: 'too-many' }),
    )
    .transform((list) => [...new Set(list)].filter((code) => code !== ''));
}

function isReadable(value: string): boolean {
  return !FORBIDDEN.test(value) && value.isWellFormed();
}
