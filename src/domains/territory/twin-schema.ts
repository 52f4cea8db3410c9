/** What programs read of the directory and of its people. */
import { z } from 'zod';
import { day, id, links, moment } from '../../platform/web/twin.ts';
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

export const organisationsTwin = z.object({
  organisations: z.array(organisationSummary),
  total: z.number().int(),
  themes: z.array(theme),
  links,
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
