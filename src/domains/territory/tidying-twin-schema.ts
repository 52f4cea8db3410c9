/** What programs of the team read where the directory is tidied: doubles, merges, changes. */
import { z } from 'zod';
import { id, moment } from '../../platform/web/twin.ts';

const compared = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  siren: z.string().nullable(),
  website: z.string().nullable(),
  commune: z.string().nullable(),
});

export const duplicatesTwin = z.object({
  total: z.number().int(),
  pairs: z.array(z.object({ first: compared, second: compared, score: z.number(), reasons: z.array(z.string()) })),
  different: z.array(z.object({ firstId: id, first: z.string(), secondId: id, second: z.string() })),
  merges: z.array(z.object({ id, kept: z.string(), keptSlug: z.string(), gone: z.string(), at: moment })),
});

const side = z.object({ id, slug: z.string(), name: z.string(), version: z.number().int() });

export const mergeTwin = z.object({ kept: side, other: side.nullable(), likely: z.array(compared) });
