/** What the form of an access token may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { identifier, manyOf, oneOf, text } from '../../platform/web/fields.ts';
import { SCOPES } from '../../platform/web/twin.ts';
import { TOKEN_DAYS } from './access-token.ts';

export const tokenForm = z.object({
  tokenName: text({ maximum: 80 }),
  scopes: manyOf(SCOPES.length).pipe(z.array(z.enum(SCOPES, { error: 'choose-one' })).min(1, { error: 'choose-one' })),
  days: oneOf(TOKEN_DAYS).transform(Number),
});

export interface TokenInput {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

export const revokeTokenForm = z.object({ token: identifier<'token'>() });
