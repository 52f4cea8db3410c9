/** What the forms that issue a document may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { oneOf, text } from '../../../platform/web/fields.ts';

export const LOCALES = ['fr', 'en'] as const;

/** For pages that issue one kind about what they show. */
export const languageForm = z.object({ language: oneOf(LOCALES) });

export const issueForm = languageForm.extend({
  kind: oneOf(['payment-call', 'receipt', 'aid-certificate', 'aid-notice']),
  subject: z
    .string({ error: 'choose-one' })
    .max(200, { error: 'choose-one' })
    .regex(/^[a-z0-9:-]+$/u, { error: 'choose-one' }),
});

export const withdrawForm = z.object({ reason: text({ maximum: 300 }) });
