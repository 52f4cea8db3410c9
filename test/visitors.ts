/** Visitors without a browser: requests as they travel, and signing in by the link of a mail. */
import assert from 'node:assert/strict';
import http from 'node:http';
import type { TestApp } from './app.ts';

export interface Answer {
  readonly status: number;
  /** The path that a redirect leads to, '' when there is none. */
  readonly location: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export type Fields = readonly (readonly [name: string, value: string])[];

export interface Visitor {
  readonly name: string;
  /** As the browser would send it; '' for somebody who is signed out. */
  readonly cookie: string;
  /** The address travels as it is written: nothing normalises it. */
  get(address: string, headers?: http.OutgoingHttpHeaders): Promise<Answer>;
  post(address: string, fields: Fields, headers?: http.OutgoingHttpHeaders): Promise<Answer>;
  /** Posts a body of any kind. */
  send(address: string, body: Buffer, headers: http.OutgoingHttpHeaders): Promise<Answer>;
}

export function visitor(app: Pick<TestApp, 'baseUrl'>, name = 'anonymous', cookie = ''): Visitor {
  const own: http.OutgoingHttpHeaders = { ...(cookie && { cookie }), 'accept-language': 'fr' };
  const send: Visitor['send'] = (address, body, headers) =>
    request(app.baseUrl, 'POST', address, { ...own, origin: app.baseUrl, ...headers }, body);
  return {
    name,
    cookie,
    send,
    get: (address, headers) => request(app.baseUrl, 'GET', address, { ...own, ...headers }),
    post: (address, fields, headers) =>
      send(address, Buffer.from(new URLSearchParams(fields.map(([key, value]) => [key, value])).toString()), {
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      }),
  };
}

/** Signs in as people do: an address, a mail, its link, one button. */
export async function signIn(app: TestApp, email: string, name = email): Promise<Visitor> {
  const nobody = visitor(app);
  const earlier = await lastMail(app, email);
  assert.equal((await nobody.post('/connexion', [['email', email]])).status, 303, `${email} cannot ask for a link.`);
  const link = await linkFor(app, email, earlier?.id);
  const answer = await nobody.post('/connexion/lien', [['jeton', link.searchParams.get('jeton') ?? '']]);
  const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '');
  const session = cookies.find((cookie) => cookie.includes('session_token'));
  assert.ok(session, `${email} did not get in: status ${answer.status}.`);
  return visitor(app, name, session);
}

/** The link of the last mail to this address but `earlier`; mails leave after the answer, hence the wait. */
export async function linkFor(app: TestApp, email: string, earlier?: string): Promise<URL> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const mail = await lastMail(app, email);
    const [link] = /https?:\/\/\S+\/connexion\/lien\S+/u.exec(mail?.body_text ?? '') ?? [];
    if (link !== undefined && mail?.id !== earlier) return new URL(link);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No link came for ${email}.`);
}

async function lastMail(
  app: TestApp,
  email: string,
): Promise<{ readonly id: string; readonly body_text: string } | undefined> {
  return app.test.database.kysely
    .selectFrom('outgoing_mails')
    .select(['id', 'body_text'])
    .where('recipient', '=', email)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

const agent = new http.Agent({ keepAlive: true });

function request(
  base: string,
  method: string,
  address: string,
  headers: http.OutgoingHttpHeaders,
  body?: Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  const length = body === undefined ? {} : { 'content-length': body.length };
  const given = Object.fromEntries(
    Object.entries({ ...headers, ...length }).filter(([, value]) => value !== undefined),
  );
  return new Promise((resolve, reject) => {
    const asked = http.request({ agent, hostname, port, method, path: address, headers: given }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const whole = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
          headers: response.headers,
          body: whole,
          text: whole.toString(),
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
