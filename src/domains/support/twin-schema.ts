/** What programs read of needs, offers and the files that they were loaded from. */
import { z } from 'zod';
import { SUPPORT_UNITS } from '../../lib/quantity.ts';
import { bigWhole, day, id, links, moment } from '../../platform/web/twin.ts';
import { happened } from '../territory/twin-schema.ts';
import { VALUATION_METHODS } from '../alliance/valuation.ts';
import { NEED_STATES, VISIBILITIES } from './need.ts';
import { OFFER_STATES } from './offer.ts';

/** The forms of needs and offers look at the day; their description does not. */
export const DOCUMENTED_DAY = Temporal.PlainDate.from('2026-01-01');

/** The state that was read: another one since is told. */
export const moveForm = z.object({ version: z.coerce.number().int() });

/** Sent as multipart/form-data. */
export const fileForm = z.object({ file: z.file() });
export const nothingForm = z.object({});

const unit = z.enum(SUPPORT_UNITS);
const whole = z.number().int();

const stated = {
  id,
  organisationId: id,
  organisationName: z.string(),
  organisationSlug: z.string(),
  kindCode: z.string(),
  unit,
  title: z.string(),
  body: z.string(),
  visibility: z.enum(VISIBILITIES),
  themeCodes: z.array(z.string()),
  createdAt: moment,
  updatedAt: moment,
  version: whole,
  remaining: whole,
};

export const needTwinItem = z.object({
  ...stated,
  quantity: whole,
  urgency: whole,
  neededBy: day.nullable(),
  state: z.enum(NEED_STATES),
});

const conditions = z.object({
  nafSections: z.array(z.string()),
  regions: z.array(z.string()),
  departments: z.array(z.string()),
  otherPlaces: z.array(z.string()),
  minEmployees: whole.nullable(),
  maxEmployees: whole.nullable(),
  excludesSoleTraders: z.boolean(),
  toVerify: z.array(z.string()),
  availableFrom: day.nullable(),
  availableUntil: day.nullable(),
});

export const offerTwinItem = z.object({
  ...stated,
  capacity: whole,
  minimum: whole,
  conditions,
  state: z.enum(OFFER_STATES),
});

const labels = {
  kinds: z.array(z.object({ code: z.string(), family: z.string(), unit, labelFr: z.string(), labelEn: z.string() })),
  themes: z.array(z.object({ code: z.string(), labelFr: z.string(), labelEn: z.string() })),
};

const proposals = z.array(
  z.object({
    id,
    quantity: whole,
    state: z.string(),
    createdAt: moment,
    otherId: id,
    otherTitle: z.string(),
    organisationName: z.string(),
  }),
);

export const needsTwin = z.object({ needs: z.array(needTwinItem), total: whole, ...labels, links });
export const offersTwin = z.object({ offers: z.array(offerTwinItem), total: whole, ...labels, links });
export const needTwin = z.object({ need: needTwinItem, proposals, history: happened, openOffers: whole, ...labels });
export const offerTwin = z.object({ offer: offerTwinItem, proposals, history: happened, openNeeds: whole, ...labels });

const file = z.object({
  id,
  subject: z.string(),
  fileName: z.string(),
  state: z.string(),
  createdAt: moment,
  loadedAt: moment.nullable(),
});

export const importsTwin = z.object({ files: z.array(file) });

const rowNotes = z.array(
  z.object({
    number: whole,
    notes: z.array(z.object({ code: z.string(), field: z.string().nullable().optional() })),
  }),
);

/** A file that waits: how many rows it would write, and which are refused and why. */
export const importTwin = z.object({
  file,
  preview: z
    .object({ columns: z.array(z.string()), rows: whole, create: whole, already: whole, refused: rowNotes })
    .nullable(),
});

/** The vocabulary as the team tidies it. */
export const themesTwin = z.object({
  themes: z.array(
    z.object({
      code: z.string(),
      labelFr: z.string(),
      labelEn: z.string(),
      organisations: z.number().int(),
      synonyms: z.array(z.string()),
    }),
  ),
  merges: z.array(z.object({ id, from: z.string(), into: z.string() })),
});

/** What one unit of an offer is worth: amounts in cents, the share of public bodies in parts of a million. */
export const offerRatesTwin = z.object({
  offer: z.object({ id, title: z.string(), unit }),
  rates: z.array(
    z.object({
      id,
      validFrom: day,
      method: z.enum(VALUATION_METHODS),
      costCents: bigWhole,
      marketCents: bigWhole,
      paidCents: bigWhole,
      publicSharePerMillion: bigWhole,
      evidence: z.string(),
      by: z.string().nullable(),
      recordedAt: moment,
    }),
  ),
});
