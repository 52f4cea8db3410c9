/** What the forms of the directory may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { parseDate } from '../../i18n/read.ts';
import { manyOf, optionalText, text } from '../../platform/web/fields.ts';
import type { FactValues } from './facts.ts';
import { PARTS } from './organisation.ts';
import { isSiren, withoutSpaces } from './siren.ts';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

const siren = z.string().transform(withoutSpaces).refine(isSiren, { error: 'not-a-siren' });

const website = z
  .string()
  .trim()
  .max(300, { error: 'too-long' })
  .transform((value) => (/^https?:\/\//iu.test(value) ? value : `https://${value}`))
  .refine(
    (value) =>
      URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol) && new URL(value).hostname.includes('.'),
    { error: 'not-a-website' },
  );

const day = z.string().transform((value, context): Temporal.PlainDate => {
  const result = parseDate(value);
  if (result.ok) return result.value;
  context.addIssue({ code: 'custom', message: 'not-a-date' });
  return z.NEVER;
});

const employees = z
  .string()
  .transform((value) => value.replace(/[\s\u00a0\u202f]/gu, ''))
  .pipe(z.string().regex(/^\d{1,7}$/u, { error: 'not-a-number' }))
  .transform(Number);

export const organisationForm = z.object({
  name: text({ maximum: 160 }),
  parts: manyOf(PARTS.length).pipe(z.array(z.enum(PARTS, { error: 'choose-one' })).min(1, { error: 'choose-one' })),
  themes: manyOf(20),
  summaryFr: optionalText({ maximum: 2000, lines: 'many' }),
  summaryEn: optionalText({ maximum: 2000, lines: 'many' }),
  commune: optionalText({ maximum: 80 }),
  website: optional(website),
  siren: optional(siren),
  nafSection: optional(z.string().regex(/^[A-U]$/u, { error: 'choose-one' })),
  employees: optional(employees),
  foundedOn: optional(day),
  version: z.coerce.number().int().min(0).default(0),
});

/** What a form says of an organisation, as facts: an empty field says that the fact is unknown. */
export function factsOfForm(input: z.output<typeof organisationForm>): FactValues {
  return {
    name: input.name,
    parts: input.parts,
    themes: input.themes,
    summaryFr: input.summaryFr,
    summaryEn: input.summaryEn,
    commune: input.commune === '' ? null : input.commune,
    website: input.website ?? null,
    siren: input.siren ?? null,
    nafSection: input.nafSection ?? null,
    employees: input.employees ?? null,
    foundedOn: input.foundedOn ?? null,
  };
}
