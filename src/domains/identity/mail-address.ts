/**
 * A mail address as credentials and people keep it.
 *
 * Must always hold: in lower case, without spaces around it, at most 254 characters (RFC 5321), of a form that mail
 * servers take. Messages are keys of `src/platform/web/messages`.
 */
import { z } from 'zod';

export const mailAddress = z
  .string({ error: 'required' })
  .transform((value) => value.trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(1, { error: 'required', abort: true })
      .max(254, { error: 'too-long', abort: true })
      .pipe(z.email({ error: 'not-an-email' })),
  );
