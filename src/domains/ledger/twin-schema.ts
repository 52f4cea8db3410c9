/** What programs read of the books. Amounts are whole numbers written as text: minutes, cents, days. */
import { z } from 'zod';
import { bigWhole, day, id, links, moment } from '../../platform/web/twin.ts';

const account = z.object({
  accountId: id,
  code: z.string(),
  organisationId: id.nullable(),
  organisationName: z.string().nullable(),
  organisationSlug: z.string().nullable(),
});

const cause = z.object({ kind: z.string(), id: id.nullable().optional() });

const entry = z.object({
  id,
  occurredOn: day,
  postedAt: moment,
  authorName: z.string().nullable(),
  memo: z.string(),
  reversesId: id.nullable(),
  reversedById: id.nullable(),
  cause,
  transfers: z.array(z.object({ debit: account, credit: account, unit: z.string(), amount: bigWhole })),
});

export const booksTwin = z.object({
  view: z.enum(['ecritures', 'balance']),
  years: z.array(z.number().int()),
  entries: z.array(entry).optional(),
  total: z.number().int().optional(),
  balance: z.array(account.extend({ unit: z.string(), debits: bigWhole, credits: bigWhole })).optional(),
  links,
});

export const bookEntryTwin = z.object({ entry });

export const bookAccountTwin = z.object({
  account: account.extend({ unit: z.string() }),
  balance: bigWhole,
  lines: z.array(
    z.object({
      entryId: id,
      position: z.number().int(),
      occurredOn: day,
      memo: z.string(),
      change: bigWhole,
      counterpartCode: z.string().nullable(),
      counterpartName: z.string().nullable(),
      cause,
      balance: bigWhole,
    }),
  ),
  links,
});
