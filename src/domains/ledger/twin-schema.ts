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

const whole = z.number().int();

export const fiscalYearsTwin = z.object({
  years: z.array(
    z.object({
      code: z.string(),
      startsOn: day,
      endsOn: day,
      state: z.enum(['open', 'closed']),
      closedAt: moment.nullable(),
      closedHash: z.string().nullable(),
    }),
  ),
  /** Who keeps the books; absent until it is said. */
  keeper: z.object({ id, name: z.string(), slug: z.string(), siren: z.string().nullable() }).optional(),
});

/** What is wrong with one block, entry or account, as far as it has a place. */
const fault = z.object({
  kind: z.enum(['entry-changed', 'block-changed', 'block-missing', 'entry-outside', 'sums-differ', 'expected-missing']),
  height: whole.optional(),
  entryId: z.string().optional(),
  accountId: z.string().optional(),
  hash: z.string().optional(),
});

export const chainTwin = z.object({
  /** Absent while nothing is sealed. */
  head: z.object({ height: whole, hash: z.string(), sealedAt: moment }).optional(),
  waiting: whole,
  /** Of those who ask `verifier=1`. */
  verification: z
    .object({ faults: z.array(fault), blocks: whole, entries: whole, waiting: whole, head: z.string() })
    .optional(),
});

export const generalLedgerTwin = z.object({
  /** How many accounts moved. */
  accounts: whole,
  lines: z.array(
    z.object({
      account: account.extend({ unit: z.string() }),
      entryId: id,
      position: whole,
      occurredOn: day,
      memo: z.string(),
      causeKind: z.string(),
      counterpartCode: z.string(),
      counterpartName: z.string().nullable(),
      debit: bigWhole,
      credit: bigWhole,
    }),
  ),
  links,
});

const programme = z.object({
  code: z.string(),
  labelFr: z.string(),
  labelEn: z.string(),
  years: z.array(
    z.object({
      year: whole,
      incomeCents: bigWhole,
      awaitedCents: bigWhole,
      spentCents: bigWhole,
      delivered: z.array(z.object({ unit: z.string(), amount: bigWhole })),
    }),
  ),
});

export const programmesTwin = z.object({ programmes: z.array(programme) });
export const programmeTwin = z.object({ programme });
