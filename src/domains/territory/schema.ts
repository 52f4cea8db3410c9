/** What the forms of the directory may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { parseDate } from '../../i18n/read.ts';
import { manyOf, optionalText, text } from '../../platform/web/fields.ts';
import { isWebAddress, type FactValues, type Link } from './facts.ts';
import { PARTS } from './organisation.ts';
import { isSiren, isSiret, withoutSpaces } from './siren.ts';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

const siren = z.string().transform(withoutSpaces).refine(isSiren, { error: 'not-a-siren' });

const siret = z.string().transform(withoutSpaces).refine(isSiret, { error: 'not-a-siret' });

/** `6201z` is read as `62.01Z`. */
const nafCode = z
  .string()
  .transform((value) =>
    withoutSpaces(value)
      .toUpperCase()
      .replace(/^(\d{2})(\d{2}[A-Z])$/u, '$1.$2'),
  )
  .pipe(z.string().regex(/^\d{2}\.\d{2}[A-Z]$/u, { error: 'not-a-naf-code' }));

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

/** Degrees as a map writes them, with a point or a comma. */
function degrees(limit: number) {
  return z
    .string()
    .transform((value) => value.trim().replace(',', '.'))
    .pipe(z.string().regex(/^-?\d{1,3}(?:\.\d{1,20})?$/u, { error: 'not-a-number' }))
    .transform(Number)
    .refine((value) => Math.abs(value) <= limit, { error: 'not-a-number' });
}

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
  arrivedOn: optional(day),
  leftOn: optional(day),
  closedOn: optional(day),
  legalName: optionalText({ maximum: 200 }),
  otherNames: optionalText({ maximum: 2000, lines: 'many' }),
  siret: optional(siret),
  nafCode: optional(nafCode),
  address: optionalText({ maximum: 300 }),
  postalCode: optionalText({ maximum: 20 }),
  communeCode: optional(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[0-9AB]{5}$/u, { error: 'not-a-commune-code' }),
  ),
  latitude: optional(degrees(90)),
  longitude: optional(degrees(180)),
  links: optionalText({ maximum: 8000, lines: 'many' }).transform(readLinks),
  isListed: optional(z.enum(['yes', 'no'], { error: 'choose-one' })),
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
    commune: filled(input.commune),
    website: input.website ?? null,
    siren: input.siren ?? null,
    nafSection: input.nafSection ?? null,
    employees: input.employees ?? null,
    foundedOn: input.foundedOn ?? null,
    arrivedOn: input.arrivedOn ?? null,
    leftOn: input.leftOn ?? null,
    closedOn: input.closedOn ?? null,
    legalName: filled(input.legalName),
    otherNames: linesOf(input.otherNames),
    siret: input.siret ?? null,
    nafCode: input.nafCode ?? null,
    address: filled(input.address),
    postalCode: filled(input.postalCode),
    communeCode: input.communeCode ?? null,
    latitude: input.latitude ?? null,
    longitude: input.longitude ?? null,
    links: input.links,
    ...(input.isListed === undefined ? {} : { isListed: input.isListed === 'yes' }),
  };
}

/** One link a line: its address, then its title. */
function readLinks(lines: string, context: z.RefinementCtx): readonly Link[] {
  const links = linesOf(lines).map((line) => {
    const [url = '', ...label] = line.split(/\s+/u);
    return { url, label: label.join(' ') };
  });
  if (links.every(({ url }) => url.length <= 500 && isWebAddress(url))) return links;
  context.addIssue({ code: 'custom', message: 'not-a-website' });
  return z.NEVER;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function filled(text: string): string | null {
  return text === '' ? null : text;
}
