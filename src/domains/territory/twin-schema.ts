/** What programs read of the directory and of its people. */
import { z } from 'zod';
import { day, id, links, moment } from '../../platform/web/twin.ts';
import { FACETS } from './listing.ts';
import { LIFE_KINDS } from './life.ts';
import { CHANGE_SOURCES, TIE_KINDS } from './organisation-profile.ts';
import { PARTS } from './organisation.ts';
import { MEMBERSHIP_ROLES, ROLES } from './principal.ts';

const theme = z.object({ code: z.string(), labelFr: z.string(), labelEn: z.string() });

export const organisationSummary = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  summaryFr: z.string(),
  summaryEn: z.string(),
  commune: z.string().nullable(),
  foundedOn: day.nullable(),
  parts: z.array(z.enum(PARTS)),
  themes: z.array(z.string()),
});

export const organisationWhole = organisationSummary.extend({
  siren: z.string().nullable(),
  nafSection: z.string().nullable(),
  regionCode: z.string().nullable(),
  employees: z.number().int().nullable(),
  website: z.string().nullable(),
  version: z.number().int(),
});

/** All that is stated of one and may be sent back. */
export const organisationRecord = organisationWhole.extend({
  legalName: z.string().nullable(),
  otherNames: z.array(z.string()),
  siret: z.string().nullable(),
  nafCode: z.string().nullable(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  communeCode: z.string().nullable(),
  arrivedOn: day.nullable(),
  leftOn: day.nullable(),
  closedOn: day.nullable(),
  links: z.array(z.object({ url: z.string(), label: z.string() })),
  isListed: z.boolean(),
});

const facets = z.partialRecord(
  z.enum(FACETS),
  z.array(z.object({ value: z.string(), label: z.string().nullable(), count: z.number().int() })),
);

export const organisationsTwin = z.object({
  organisations: z.array(organisationSummary),
  total: z.number().int(),
  themes: z.array(theme),
  /** How many there would be with each value, all other filters standing: of the page, and of programs that ask `facets=1`. */
  facets: facets.optional(),
  /** `similar`: nothing holds the words, and these names look like them. */
  reading: z.enum(['exact', 'similar']),
  links,
});

export const mapTwin = z.object({
  total: z.number().int(),
  facets,
  places: z.array(
    z.object({
      commune: z.string(),
      label: z.string(),
      count: z.number().int(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
    }),
  ),
});

/** Lines of longitudes and latitudes; absent while nobody has given one. */
export const outlineTwin = z.object({
  outline: z.object({ lines: z.array(z.array(z.tuple([z.number(), z.number()]))), credit: z.string() }).optional(),
});

export const savedViewsTwin = z.object({
  views: z.array(
    z.object({
      id,
      name: z.string(),
      query: z.string(),
      isShared: z.boolean(),
      isOwn: z.boolean(),
      ownerName: z.string(),
      newCount: z.number().int(),
    }),
  ),
});

const membership = z.object({
  role: z.enum(MEMBERSHIP_ROLES),
  organisationId: id,
  organisationName: z.string(),
  organisationSlug: z.string(),
});

const person = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  locale: z.enum(['fr', 'en']),
  roles: z.array(z.enum(ROLES)),
  memberships: z.array(membership),
});

export const peopleTwin = z.object({ people: z.array(person), total: z.number().int(), links });

/** What happened, newest first. */
export const happened = z.array(z.object({ kind: z.string(), at: moment, personName: z.string().nullable() }));

export const personTwin = z.object({ person, history: happened });

export const themesOfTwin = z.array(theme);

/** What was stated, by whom, and what became of it; facts are written as forms and files write them. */
const change = z.object({
  id,
  organisation: z.object({ id, name: z.string(), slug: z.string() }),
  source: z.enum(CHANGE_SOURCES),
  authorName: z.string().nullable(),
  at: moment,
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  state: z.enum(['applied', 'proposed', 'refused', 'undone']),
  deciderName: z.string().nullable(),
  reason: z.string(),
  undoesId: id.nullable(),
});

export const changesTwin = z.object({ changes: z.array(change) });

export const historyTwin = z.object({
  organisation: z.object({
    id,
    name: z.string(),
    slug: z.string(),
    withdrawnAt: moment.nullable(),
    mergedIntoId: id.nullable(),
  }),
  changes: z.array(change),
});

const period = { id, since: day.nullable(), until: day.nullable() };

/** Places, phases, ties and people of one organisation, for whoever keeps them. */
export const lifeTwin = z.object({
  organisation: z.object({ id, slug: z.string(), name: z.string() }),
  places: z.array(
    z.object({
      ...period,
      label: z.string(),
      address: z.string(),
      postalCode: z.string().nullable(),
      commune: z.string().nullable(),
    }),
  ),
  phases: z.array(z.object({ ...period, phase: z.string() })),
  ties: z.array(
    z.object({ ...period, tie: z.enum(TIE_KINDS), isFrom: z.boolean(), name: z.string(), slug: z.string() }),
  ),
  affiliations: z.array(z.object({ ...period, name: z.string(), title: z.string(), isPublicContact: z.boolean() })),
  history: z.array(
    z.object({
      id,
      kind: z.string(),
      at: moment,
      personName: z.string().nullable(),
      what: z.enum(LIFE_KINDS),
      title: z.string(),
    }),
  ),
});
