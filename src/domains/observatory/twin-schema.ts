/** What programs read of the public figures. Whoever asked not to be named is not. */
import { z } from 'zod';
import { bigWhole, day, links } from '../../platform/web/twin.ts';
import { needTwinItem, offerTwinItem } from '../support/twin-schema.ts';
import { organisationWhole, themesOfTwin } from '../territory/twin-schema.ts';

const whole = z.number().int();

export const homeTwin = z.object({
  parts: z.record(z.string(), whole),
  themes: z.array(z.object({ code: z.string(), labelFr: z.string(), labelEn: z.string(), organisations: whole })),
  minutesGiven: whole,
  needsMet: whole,
  medianDays: z.number().nullable(),
  openNeeds: whole,
  flow: z.array(
    z.object({
      giverPart: z.string(),
      kindCode: z.string(),
      kindLabelFr: z.string(),
      kindLabelEn: z.string(),
      minutes: whole,
      sessions: whole,
    }),
  ),
  latestNeeds: z.array(needTwinItem),
});

const sides = {
  giverName: z.string().nullable(),
  giverSlug: z.string().nullable(),
  receiverName: z.string().nullable(),
  receiverSlug: z.string().nullable(),
  kindCode: z.string(),
  kindLabelFr: z.string(),
  kindLabelEn: z.string(),
};

export const hoursTwin = z.object({
  minutes: whole,
  bookings: z.array(z.object({ occurredOn: day, unit: z.string(), amount: bigWhole, ...sides })),
  links,
});

export const needsMetTwin = z.object({
  met: whole,
  medianDays: z.number().nullable(),
  needs: z.array(z.object({ statedOn: day, metOn: day, days: whole, ...sides })),
  links,
});

export const organisationTwin = z.object({
  organisation: organisationWhole,
  themes: themesOfTwin,
  needs: z.array(needTwinItem),
  offers: z.array(offerTwinItem),
  minutesGiven: whole,
});

/** A row without its names, unless they may be told. */
export function unnamed<Row extends { readonly isNamed: boolean }>(row: Row): object {
  const nobody = { giverName: null, giverSlug: null, receiverName: null, receiverSlug: null };
  return row.isNamed ? row : { ...row, ...nobody };
}
