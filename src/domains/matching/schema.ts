/** What the forms of rounds and matches may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { day, identifier, oneOf, optionalText, text, wholeNumber } from '../../platform/web/fields.ts';
import { MAX_NEED_QUANTITY } from '../support/need.ts';
import { ANSWERS, SIDES } from './match.ts';

export const REASON_LENGTH = 500;
const reason = optionalText({ maximum: REASON_LENGTH, lines: 'many' });

/** The greatest limit of offers per need. */
const MOST_PARTNERS = 1000;

/** The longest round: a year. */
const LONGEST_DAYS = 366;

export const roundForm = z
  .object({ title: text({ minimum: 3, maximum: 120 }), startsOn: day, lastDay: day })
  .refine(({ startsOn, lastDay }) => Temporal.PlainDate.compare(startsOn, lastDay) <= 0, {
    error: 'end-before-start',
    path: ['lastDay'],
  })
  .refine(({ startsOn, lastDay }) => startsOn.until(lastDay, { largestUnit: 'day' }).days < LONGEST_DAYS, {
    error: 'period-too-long',
    path: ['lastDay'],
  });
export type RoundInput = z.output<typeof roundForm>;

/** Left empty, there is no limit. */
export const limitsForm = z.object({
  mostPartners: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? value : null),
    wholeNumber({ minimum: 1, maximum: MOST_PARTNERS }).nullable(),
  ),
});
export type LimitsInput = z.output<typeof limitsForm>;

export const decisionForm = z.discriminatedUnion(
  'decision',
  [
    z.object({ decision: z.literal('pin'), quantity: wholeNumber({ minimum: 1, maximum: MAX_NEED_QUANTITY }), reason }),
    z.object({ decision: z.literal('forbid'), reason }),
  ],
  { error: 'choose-one' },
);
export type DecisionInput = z.output<typeof decisionForm>;

/** The pairs stand in the address. */
export const keepForm = z.object({ reason });

export const answerForm = z
  .object({ side: oneOf(SIDES), answer: oneOf(ANSWERS), reason })
  .refine(({ answer, reason: given }) => answer === 'accepted' || given !== '', {
    error: 'required',
    path: ['reason'],
  });
export type AnswerInput = z.output<typeof answerForm>;

/** Whom of one's own organisation a match is handed to. */
export const delegationForm = z.object({
  person: identifier<'person'>(),
  note: optionalText({ maximum: REASON_LENGTH }),
});
export type DelegationInput = z.output<typeof delegationForm>;

export const introductionForm = z.object({
  need: identifier<'need'>(),
  offer: identifier<'offer'>(),
  quantity: wholeNumber({ minimum: 1, maximum: MAX_NEED_QUANTITY }),
  message: optionalText({ maximum: 2000, lines: 'many' }),
});
export type IntroductionInput = z.output<typeof introductionForm>;

export const withdrawalForm = z.object({ reason: text({ maximum: REASON_LENGTH, lines: 'many' }) });
