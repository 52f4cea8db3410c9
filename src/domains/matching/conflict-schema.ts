/** What the forms of ties may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { identifier, oneOf } from '../../platform/web/fields.ts';
import { GROUNDS, TIES } from '../territory/conflict.ts';

const blank = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : undefined);

/** Of a shareholder, the first organisation holds this share of the second, in percent; blank: not known. */
const share = z.preprocess(
  (value) => (typeof value === 'string' ? blank(value.replace(/[%\s\u00a0\u202f]/gu, '')) : undefined),
  z
    .string()
    .regex(/^\d{1,3}(?:[.,]\d)?$/u, { error: 'not-a-number', abort: true })
    .transform((percent) => Math.round(10 * Number(percent.replace(',', '.'))))
    .pipe(z.number().min(1, { error: 'too-small' }).max(1000, { error: 'too-large' }))
    .optional(),
);

export const conflictForm = z
  .object({
    organisation: identifier<'organisation'>(),
    tie: oneOf(TIES),
    other: identifier<'organisation'>(),
    share,
  })
  .transform(({ share: sharePerMille, ...tie }) => ({ ...tie, sharePerMille }));

/** Which question is answered; the button pressed says how. */
export const conflictQuestionForm = z
  .object({
    organisation: identifier<'organisation'>(),
    other: identifier<'organisation'>(),
    ground: oneOf(GROUNDS),
    through: z.preprocess(blank, identifier<'organisation'>().optional()),
  })
  .transform(({ organisation, other, ground, through }) => ({
    organisationId: organisation,
    otherId: other,
    ground,
    throughId: through ?? null,
  }));

/** Which declared tie is taken back. */
export const pairForm = z
  .object({ organisation: identifier<'organisation'>(), other: identifier<'organisation'>() })
  .transform(({ organisation, other }) => ({ organisationId: organisation, otherId: other }));

/** Which answer is taken back. */
export const answerForm = z.object({ answer: identifier<'answer'>() });
