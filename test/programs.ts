/** Programs: requests with a token, and tokens made as somebody would. */
import { principalOf } from '../src/domains/territory/principal.server.ts';
import { createToken } from '../src/domains/territory/tokens.server.ts';
import type { TerritoryId } from '../src/lib/ids.ts';
import { withTerritory } from '../src/platform/postgres/database.ts';
import { SCOPES, type Scope } from '../src/platform/web/twin.ts';
import type { TestDatabase } from './database.ts';

export interface Program {
  readonly name: string;
  readonly token: string;
  ask(address: string, options?: Asking): Promise<Told>;
}

export interface Asking {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the answer is no JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into whatever was answered
  readonly json: any;
}

export function program(baseUrl: string, token = '', name = 'anonymous'): Program {
  return {
    name,
    token,
    async ask(address, { method, body, headers } = {}) {
      const answer = await fetch(baseUrl + address, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        redirect: 'manual',
        headers: {
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body),
        }),
      });
      const text = await answer.text();
      const isJson = /json/u.test(answer.headers.get('content-type') ?? '') && text !== '';
      return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : undefined };
    },
  };
}

/** A token of somebody here, good for everything unless told. */
export async function tokenFor(
  test: TestDatabase,
  territoryId: TerritoryId,
  email: string,
  scopes: readonly Scope[] = SCOPES,
  now = Temporal.Now.instant(),
): Promise<string> {
  return withTerritory(test.database, territoryId, async (tx) => {
    const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
    const at = { now, fillRandom };
    const made = await createToken(tx, await principalOf(tx, email), { name: 'Programme', scopes, days: 30 }, at);
    if (!made.ok) throw new Error(`No token for ${email}: ${made.reason}.`);
    return made.value.token;
  });
}
