/** What the forms of places, phases, ties and people may send. Each field has a name of its own: the forms share a page. */
import { z } from 'zod';
import { day, identifier, optionalText, text } from '../../platform/web/fields.ts';
import { LIFE_KINDS } from './life.ts';
import { TIE_KINDS } from './organisation-profile.ts';

const optionalDay = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
  day.optional(),
);

export const placeForm = z.object({
  label: text({ maximum: 120 }),
  address: optionalText({ maximum: 300 }),
  postalCode: optionalText({ maximum: 20 }),
  commune: optionalText({ maximum: 80 }),
  placeSince: optionalDay,
  placeUntil: optionalDay,
});

export const phaseForm = z.object({ phase: text({ maximum: 120 }), phaseSince: day, phaseUntil: optionalDay });

export const tieForm = z.object({
  tie: z.enum(TIE_KINDS, { error: 'choose-one' }),
  other: text({ maximum: 300 }),
  tieSince: optionalDay,
  tieUntil: optionalDay,
});

export const affiliationForm = z.object({
  person: identifier<'person'>(),
  title: optionalText({ maximum: 200 }),
  isPublicContact: z.literal('yes').optional(),
  personSince: optionalDay,
  personUntil: optionalDay,
});

const one = z.object({ kind: z.enum(LIFE_KINDS), id: identifier<'life'>() });

/** Without a day it goes on. */
export const endForm = one.extend({ until: optionalDay });
export const removeForm = one;
export const putBackForm = z.object({ event: identifier<'event'>() });
export const contactForm = z.object({ id: identifier<'life'>(), isPublicContact: z.literal('yes').optional() });
