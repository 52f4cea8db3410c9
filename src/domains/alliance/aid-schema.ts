/** What the forms of State aid may send. Messages are keys of `src/platform/web/messages`, or of this domain's own. */
import { z } from 'zod';
import { parseMoney } from '../../i18n/read.ts';
import { parseId } from '../../lib/ids.ts';
import { day, identifier, oneOf, optionalText, percent, text, wholeNumber } from '../../platform/web/fields.ts';
import { isSiren } from '../territory/siren.ts';
import { AID_PURPOSES } from './aid-eligibility.ts';
import { BASES, INSTRUMENTS, LEGAL_BASES } from './aid.ts';
import { FIRM_KINDS, LINK_GROUNDS } from './undertaking.ts';

/** An amount above nothing, at most a billion euros. */
const MOST_CENTS = 100_000_000_000n;

const amount = z.string({ error: 'required' }).transform((value, context): bigint => {
  const read = parseMoney(value);
  if (read.ok && read.value > 0n && read.value <= MOST_CENTS) return read.value;
  context.addIssue({ code: 'custom', message: !read.ok && read.reason === 'empty' ? 'required' : 'error.amount' });
  return z.NEVER;
});

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

const ticked = z.preprocess((value) => value === 'yes', z.boolean());
const nace = z
  .string({ error: 'required' })
  .transform((value) => value.trim().replace(/[A-Za-z]$/u, ''))
  .pipe(z.string().regex(/^\d{2}(\.\d{1,2})?$/u, { error: 'error.nace' }));

/** What may be decided from now on; older bases are only declared. */
export const OPEN_BASES = LEGAL_BASES.filter((basis) => basis !== 'de-minimis-2013');

export const grantForm = z.object({
  organisation: identifier<'organisation'>(),
  grantedOn: day,
  authority: text({ maximum: 200 }),
  instrument: oneOf(INSTRUMENTS),
  basis: oneOf(LEGAL_BASES),
  amount,
  months: optional(wholeNumber({ minimum: 1, maximum: 600 })),
  share: optional(percent),
  nace,
  purpose: oneOf(AID_PURPOSES),
  title: text({ maximum: 200 }),
  judged: ticked,
});
export type GrantFormInput = z.output<typeof grantForm>;

/** How many lines one declaration brings at most; a firm with more declares again. */
export const DECLARED_LINES = [1, 2, 3] as const;

const declaredLine = z.object({
  authority: text({ maximum: 200 }),
  grantedOn: day,
  amount,
  basis: oneOf(LEGAL_BASES).refine((basis) => BASES[basis].isDeMinimis, { error: 'choose-one' }),
  title: text({ maximum: 200 }),
});
type DeclaredField = keyof z.output<typeof declaredLine>;
type DeclaredLine = Omit<z.output<typeof declaredLine>, 'amount'> & { readonly cents: bigint };
const LINE_FIELDS: readonly DeclaredField[] = ['authority', 'grantedOn', 'amount', 'basis', 'title'];

/** Lines travel as `authority1`, `amount1`…; a line without any text is left out. */
const declarationHead = z.looseObject({ complete: z.literal('yes', { error: 'error.complete' }), declaredOn: day });

/** What is wrong with the head and with the lines is told together. */
export const declarationForm = z
  .record(z.string(), z.unknown())
  .transform((fields, context): { declaredOn: Temporal.PlainDate; lines: readonly DeclaredLine[] } => {
    const head = declarationHead.safeParse(fields);
    for (const issue of head.error?.issues ?? []) context.addIssue(customIssue(issue, String(issue.path[0] ?? '')));
    const lines = DECLARED_LINES.flatMap((place) => {
      const given = Object.fromEntries(LINE_FIELDS.map((name) => [name, textOf(fields[`${name}${place}`])]));
      const { basis: _, ...typed } = given;
      if (Object.values(typed).every((value) => value.trim() === '')) return [];
      const read = declaredLine.safeParse(given);
      if (read.success) return [read.data].map(({ amount: cents, ...line }) => ({ ...line, cents }));
      for (const issue of read.error.issues)
        context.addIssue(customIssue(issue, `${String(issue.path[0] ?? 'authority')}${place}`));
      return [];
    });
    return head.success ? { declaredOn: head.data.declaredOn, lines } : z.NEVER;
  });

/** The same refusal beside another field, with the limits that its sentence names. */
function customIssue(issue: z.core.$ZodIssue, field: string) {
  const { message } = issue;
  return {
    code: 'custom' as const,
    message,
    path: [field],
    ...('minimum' in issue ? { minimum: issue.minimum } : {}),
    ...('maximum' in issue ? { maximum: issue.maximum } : {}),
  };
}

export const contestForm = z.object({
  grant: identifier<'grant'>(),
  reason: text({ minimum: 3, maximum: 1000, lines: 'many' }),
});
export const answerForm = z.object({
  grant: identifier<'grant'>(),
  verdict: oneOf(['upheld', 'kept']),
  answer: text({ minimum: 3, maximum: 500, lines: 'many' }),
});
export const withdrawalForm = z.object({
  grant: identifier<'grant'>(),
  withdrawal: text({ minimum: 3, maximum: 500, lines: 'many' }),
});
export const filingForm = z.object({
  grant: identifier<'grant'>(),
  filedOn: day,
  reference: text({ maximum: 120 }),
});

export const firmForm = z.object({
  name: text({ maximum: 200 }),
  siren: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.replace(/[\s\u00a0\u202f]/gu, '') || undefined : undefined),
      z.string().refine(isSiren, { error: 'not-a-siren' }).optional(),
    )
    .transform((value) => value ?? null),
  kind: oneOf(FIRM_KINDS),
  memberState: z
    .string({ error: 'required' })
    .transform((value) => value.trim().toUpperCase())
    .pipe(z.string().regex(/^[A-Z]{2}$/u, { error: 'error.memberState' })),
});

/** A side of a link: an organisation of the territory, or a firm that was named. */
const side = z
  .string({ error: 'required' })
  .refine((value) => /^(organisation|firm):/u.test(value) && parseId(value.split(':')[1] ?? '') !== undefined, {
    error: 'choose-one',
  });

export const linkForm = z.object({
  holder: side,
  held: side,
  ground: oneOf(LINK_GROUNDS),
  votes: optional(percent.pipe(z.number().min(1, { error: 'not-a-percent' }))),
  since: day,
  until: optional(day),
  evidence: optionalText({ maximum: 500 }),
});
export const linkEndForm = z.object({ link: identifier<'link'>(), lastDay: day });

/** Into how many firms one firm goes at most on a form: one is a merger, several are a split. */
export const HEIRS = [1, 2, 3] as const;

const equity = optional(amount);

/** Heirs travel as `heir1`, `equity1`…; what is left empty is no heir. The equity matters where there are several. */
export const successionForm = z
  .object({
    from: side,
    effectiveOn: day,
    heir1: side,
    equity1: equity,
    heir2: optional(side),
    equity2: equity,
    heir3: optional(side),
    equity3: equity,
  })
  .superRefine((given, context) => {
    const isSplit = given.heir2 !== undefined || given.heir3 !== undefined;
    for (const place of HEIRS)
      if (isSplit && given[`heir${place}`] !== undefined && given[`equity${place}`] === undefined)
        context.addIssue({ code: 'custom', message: 'required', path: [`equity${place}`] });
  })
  .transform(({ from, effectiveOn, ...given }) => ({
    from,
    effectiveOn,
    heirs: HEIRS.flatMap((place) => {
      const heir = given[`heir${place}`];
      return heir === undefined ? [] : [{ side: heir, equityCents: given[`equity${place}`] ?? 0n }];
    }),
  }));
export type SuccessionFormInput = z.output<typeof successionForm>;

export const AID_VIEWS = ['entreprises', 'registre'] as const;
export type AidView = (typeof AID_VIEWS)[number];

export function readAidView(query: URLSearchParams): AidView {
  return query.get('vue') === 'registre' ? 'registre' : 'entreprises';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
