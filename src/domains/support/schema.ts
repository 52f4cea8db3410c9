/** What the forms of needs and offers may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { parseDate } from '../../i18n/read.ts';
import {
  day as anyDay,
  identifier,
  manyOf,
  money,
  oneOf,
  optionalText,
  percent,
  text,
  wholeNumber,
} from '../../platform/web/fields.ts';
import { VALUATION_METHODS } from '../alliance/valuation.ts';
import { NAF_SECTIONS } from '../territory/naf-sections.ts';
import { MAX_BODY, MAX_NEED_QUANTITY, MAX_TITLE, MIN_TITLE, VISIBILITIES, type Urgency } from './need.ts';
import { MAX_CAPACITY } from './offer.ts';
import { REGIONS } from './places.ts';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

/** A day in French or English habits; without a year it is the next such day, which the page shows back. */
const day = (today: Temporal.PlainDate) =>
  z.string().transform((value, context): Temporal.PlainDate => {
    const result = parseDate(value, { today });
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: 'not-a-date' });
    return z.NEVER;
  });

const employees = wholeNumber({ minimum: 0, maximum: 1_000_000 });
const sections = manyOf(NAF_SECTIONS.length).transform((list) => list.filter((code) => NAF_SECTIONS.includes(code)));
const regionCodes = REGIONS.map((region) => region.code);
const regions = manyOf(regionCodes.length).transform((list) => list.filter((code) => regionCodes.includes(code)));
const code = z
  .string({ error: 'choose-one' })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, { error: 'choose-one' })
  .max(60, { error: 'choose-one' });
const ticked = z.preprocess((value) => value === 'yes' || value === 'on' || value === 'true', z.boolean());

const shared = {
  organisation: identifier<'organisation'>(),
  kind: code,
  title: text({ minimum: MIN_TITLE, maximum: MAX_TITLE }),
  body: optionalText({ maximum: MAX_BODY, lines: 'many' }),
  visibility: oneOf(VISIBILITIES).default('territory'),
  themes: manyOf(20),
  version: z.coerce.number().int().min(0).default(0),
};

export function needForm(today: Temporal.PlainDate) {
  return z.object({
    ...shared,
    quantity: wholeNumber({ minimum: 1, maximum: MAX_NEED_QUANTITY }),
    urgency: oneOf(['1', '2', '3'])
      .default('2')
      .transform((value) => Number(value) as Urgency),
    neededBy: optional(
      day(today).refine((date) => Temporal.PlainDate.compare(date, today) >= 0, { error: 'date-past' }),
    ),
    nafSections: sections,
    region: optional(oneOf(regionCodes as [string, ...string[]])),
    employees: optional(employees),
    soleTrader: optional(oneOf(['yes', 'no'])).transform((value) => (value === undefined ? null : value === 'yes')),
  });
}
export type NeedInput = z.output<ReturnType<typeof needForm>>;

export function offerForm(today: Temporal.PlainDate) {
  return z
    .object({
      ...shared,
      capacity: wholeNumber({ minimum: 1, maximum: MAX_CAPACITY }),
      minimum: optional(wholeNumber({ minimum: 0, maximum: MAX_CAPACITY })).transform((value) => value ?? 0),
      availableFrom: optional(day(today)),
      /** The last day, as people say it; the table keeps the day after. */
      availableTo: optional(day(today)),
      nafSections: sections,
      regions,
      minEmployees: optional(employees),
      maxEmployees: optional(employees),
      excludesSoleTraders: ticked,
      /** One condition a line. */
      toVerify: optionalText({ maximum: 2000, lines: 'many' }).transform((value) =>
        value
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      ),
    })
    .superRefine((offer, context) => {
      if (offer.minimum > offer.capacity)
        context.addIssue({ code: 'custom', path: ['minimum'], message: 'more-than-capacity' });
      if (
        offer.availableFrom &&
        offer.availableTo &&
        Temporal.PlainDate.compare(offer.availableFrom, offer.availableTo) > 0
      ) {
        context.addIssue({ code: 'custom', path: ['availableTo'], message: 'end-before-start' });
      }
      if (
        offer.minEmployees !== undefined &&
        offer.maxEmployees !== undefined &&
        offer.minEmployees > offer.maxEmployees
      ) {
        context.addIssue({ code: 'custom', path: ['maxEmployees'], message: 'range-backwards' });
      }
    });
}
export type OfferInput = z.output<ReturnType<typeof offerForm>>;

/** What something given is worth, as a form tells it: of one unit of an offer, or of one entry of the books. */
export const worthFields = {
  method: oneOf(VALUATION_METHODS),
  cost: money({ minimumCents: 0n }),
  market: money({ minimumCents: 0n }),
  paid: money({ minimumCents: 0n }),
  share: percent.transform((perMyriad) => BigInt(perMyriad) * 100n),
  evidence: text({ minimum: 3, maximum: 1000, lines: 'many' }),
};

/** What one unit of an offer is worth, from a day on. */
export const rateForm = z.object({ validFrom: anyDay, ...worthFields });
