/** What the forms on the bank may send. Messages are keys of `src/platform/web/messages`, or of this slice's own. */
import { z } from 'zod';
import { identifier, money, text } from '../../../platform/web/fields.ts';
import { ensureId, parseId } from '../../../lib/ids.ts';
import { parseIban } from './iban.ts';

export const ibanForm = z.object({
  iban: text({ maximum: 60 }).transform((value, context): string => {
    const iban = parseIban(value);
    if (iban !== undefined) return iban;
    context.addIssue({ code: 'custom', message: 'refused.not-an-iban' });
    return z.NEVER;
  }),
  label: text({ maximum: 80 }),
});

/** Empty where the file says itself whose statement it is. */
export const loadForm = z.object({
  account: z.preprocess(
    (value) => (typeof value === 'string' && value !== '' ? value : undefined),
    identifier<'iban'>().optional(),
  ),
});

export const movementReasonForm = z.object({ reason: text({ maximum: 300 }) });

const SHARE = 'share-';

export function shareField(instalmentId: string): string {
  return `${SHARE}${instalmentId}`;
}

/** One field for each payment that may be meant: empty where nothing is booked on it. */
export const sharesForm = z.record(z.string(), z.unknown()).transform((values, context) => {
  const fields = Object.entries(values).filter(
    ([name]) => name.startsWith(SHARE) && parseId(name.slice(SHARE.length)) !== undefined,
  );
  return fields.flatMap(([name, value]) => {
    if (typeof value === 'string' && value.trim() === '') return [];
    const read = money().safeParse(value);
    if (read.success)
      return [{ instalmentId: ensureId<'instalment'>(name.slice(SHARE.length)), amountCents: read.data }];
    context.addIssue({ code: 'custom', message: read.error.issues[0]?.message ?? 'not-an-amount', path: [name] });
    return [];
  });
});
