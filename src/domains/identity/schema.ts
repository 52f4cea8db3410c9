/** What the forms of signing in may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { mailAddress } from './mail-address.ts';
import { returnPath } from './return-path.ts';

/** A path of this site, or nothing. */
const returnTo = z
  .unknown()
  .optional()
  .transform((value) => returnPath(typeof value === 'string' ? value : undefined));

export const linkForm = z.object({ email: mailAddress, retour: returnTo });

/** Tokens are 32 letters; anything else is no link of ours. */
export const linkToken = z.string().regex(/^[A-Za-z]{32}$/u);
export const followForm = z.object({ jeton: linkToken.catch(''), retour: returnTo });

/** What a key answered, as JSON; the library reads what is in it. */
export const keyAnswer = z
  .string()
  .max(20_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'required' });
      return z.NEVER;
    }
  });
export const passkeyForm = z.object({ answer: keyAnswer, retour: returnTo });
