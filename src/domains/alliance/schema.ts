/** What the forms and addresses of agreements and money may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { parseHours } from '../../i18n/read.ts';
import { day, identifier, money, oneOf, optionalText, text, wholeNumber } from '../../platform/web/fields.ts';
import { SPENDING_NATURES } from '../ledger/account.ts';
import { AGREEMENT_KINDS, COMMITMENT_FAMILIES, COMMITMENT_UNITS, isPeriodSound } from './agreement.ts';

const optionalDay = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
  day.optional(),
);

const ticked = z.preprocess((value) => value === 'yes', z.boolean());

const programme = z.preprocess((value) => value ?? '', z.string().regex(/^[a-z0-9-]{0,60}$/u, { error: 'choose-one' }));

const terms = z.object({
  title: text({ maximum: 200 }),
  reference: optionalText({ maximum: 80 }),
  parties: optionalText({ maximum: 1000, lines: 'many' }),
  startsOn: day,
  endsOn: day,
  renewalOn: optionalDay,
  programme,
  amountsPublic: ticked,
  counterparts: optionalText({ maximum: 2000, lines: 'many' }),
  counterpartsCents: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? value : '0'),
    money({ minimumCents: 0n }),
  ),
  version: z.coerce.number().int().min(0).default(0),
});

const isSound = (input: { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate }) => isPeriodSound(input);
const UNSOUND = { error: 'end-before-start', path: ['endsOn'] };

export const agreementForm = terms.refine(isSound, UNSOUND);
export type AgreementInput = z.output<typeof agreementForm>;

export const newAgreementForm = terms
  .extend({ organisation: identifier<'organisation'>(), kind: oneOf(AGREEMENT_KINDS) })
  .refine(isSound, UNSOUND);

const year = wholeNumber({ minimum: 1900, maximum: 2200 });

export const instalmentForm = z.object({
  instalmentYear: year,
  dueOn: day,
  amount: money(),
  condition: optionalText({ maximum: 500 }),
  everyYear: ticked,
});

const PLENTY = 1_000_000;

export const commitmentForm = z
  .object({
    commitmentYear: year,
    family: oneOf(COMMITMENT_FAMILIES),
    quantity: z.string({ error: 'required' }).trim().min(1, { error: 'required' }),
    everyYearInKind: ticked,
  })
  .transform(({ quantity, ...rest }, context) => {
    const isTime = COMMITMENT_UNITS[rest.family] === 'minute';
    const read = isTime ? parseHours(quantity) : undefined;
    const count = /^\d{1,7}$/u.test(quantity.replace(/[\s\u00a0\u202f]/gu, ''))
      ? Number(quantity.replace(/[\s\u00a0\u202f]/gu, ''))
      : 0;
    const amount = isTime ? (read?.ok === true ? read.value : 0) : count;
    if (amount >= 1 && amount <= PLENTY * (isTime ? 60 : 1)) return { ...rest, amount: BigInt(amount) };
    context.addIssue({ code: 'custom', path: ['quantity'], message: isTime ? 'not-hours' : 'not-a-number' });
    return z.NEVER;
  });

export const removeInstalmentForm = z.object({ instalment: identifier<'instalment'>() });
export const removeCommitmentForm = z.object({ year, family: oneOf(COMMITMENT_FAMILIES) });
export const signForm = z.object({ signedOn: day });
export const endForm = z.object({ endedOn: day });
export const callForm = z.object({ calledOn: day });
export const reasonForm = z.object({ reason: text({ maximum: 300 }) });
export const paymentForm = z.object({
  paidOn: day,
  paidAmount: money(),
  note: optionalText({ maximum: 200 }),
});
export const reversePaymentForm = z.object({
  payment: identifier<'payment'>(),
  reason: text({ maximum: 300 }),
});
export const expenseForm = z.object({
  spentOn: day,
  nature: oneOf(SPENDING_NATURES),
  amount: money(),
  supplier: text({ maximum: 200 }),
  programme,
});

/** A civil year of the address, between 1900 and 2200. */
export function readMoneyYear(query: URLSearchParams): number | undefined {
  const given = query.get('annee') ?? '';
  const found = /^\d{4}$/u.test(given) ? Number(given) : 0;
  return found >= 1900 && found <= 2200 ? found : undefined;
}
