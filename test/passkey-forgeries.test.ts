/**
 * A key of our own making answers questions: what is right opens the door once, and each thing that is wrong (another
 * origin, another site, a counter that stands or goes back, nobody verified, another hand, another question, another
 * ceremony) opens nothing, in the same sentence.
 */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { after, before, test } from 'node:test';
import { newVisitor, type Answer } from './cookie-visitor.ts';
import { addressOf, startSmallApp, type SmallApp } from './small-app.ts';

const PRESENT = 0x01;
const VERIFIED = 0x04;

interface Said {
  readonly origin: string;
  readonly host: string;
  readonly counter: number;
  readonly flags: number;
  readonly type: string;
  readonly key: KeyObject;
  readonly challenge: string;
}

let app: SmallApp;
let id: string;
let key: KeyObject;
before(async () => {
  app = await startSmallApp();
  const member = newVisitor(app.baseUrl);
  const entered = await member.post('/ici/demonstration', { persona: 'membre' });
  assert.equal(entered.status, 303);
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  key = made.privateKey;
  id = randomBytes(32).toString('base64url');
  const { kysely } = app.test.database;
  const user = await kysely
    .selectFrom('auth_users')
    .select('id')
    .where('email', '=', addressOf('membre'))
    .executeTakeFirstOrThrow();
  await kysely
    .insertInto('auth_passkeys')
    .values({
      id,
      user_id: user.id,
      name: 'Essai',
      public_key: coseOf(made.publicKey),
      counter: 10n,
      transports: [],
      created_at: Temporal.Now.instant(),
    })
    .execute();
});
after(() => app?.close());

test('a right answer opens the door, and its counter is kept', async () => {
  assert.ok(isOpen(await answer({ counter: 11 })));
  assert.equal(await keptCounter(), 11n);
});

const WRONG: Readonly<Record<string, () => Partial<Said>>> = {
  'of another origin': () => ({ origin: 'https://terreau.example' }),
  'of the same host by another port': () => ({ origin: `http://${new URL(app.baseUrl).hostname}:1` }),
  'for another site': () => ({ host: 'terreau.example' }),
  'with a counter that stands still': () => ({ counter: 11 }),
  'with a counter that goes back': () => ({ counter: 3 }),
  'with a counter that says nothing': () => ({ counter: 0 }),
  'of nobody who was verified': () => ({ flags: PRESENT }),
  'of nobody who was present': () => ({ flags: 0 }),
  'signed by another hand': () => ({ key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }),
  'to a question that is not ours': () => ({ challenge: randomBytes(56).toString('base64url') }),
  'of another ceremony': () => ({ type: 'webauthn.create' }),
};
for (const [what, said] of Object.entries(WRONG))
  test(`an answer ${what} opens nothing`, async () => {
    const told = await answer({ counter: 100, ...said() });
    assert.equal(told.status, 422);
    assert.match(told.text, /Cette clé n’ouvre rien ici/u);
    assert.ok(!isOpen(told));
    assert.equal(await keptCounter(), 11n);
  });

test('after all that the key still opens the door', async () => {
  assert.ok(isOpen(await answer({ counter: 12 })));
});

async function answer(said: Partial<Said>): Promise<Answer> {
  const nobody = newVisitor(app.baseUrl);
  const question = JSON.parse((await nobody.get('/connexion/cle.json')).text) as { challenge: string; rpId: string };
  const all: Said = {
    origin: new URL(app.baseUrl).origin,
    host: question.rpId,
    counter: 100,
    flags: PRESENT | VERIFIED,
    type: 'webauthn.get',
    key,
    challenge: question.challenge,
    ...said,
  };
  return nobody.post('/connexion', { _action: 'passkey', answer: JSON.stringify(signed(all)) });
}

/** As a key signs (WebAuthn, section 6.3.3): what the key says, then the digest of what the browser says. */
function signed({ origin, host, counter, flags, type, key: hand, challenge }: Said): object {
  const client = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const head = Buffer.alloc(5);
  head.writeUInt8(flags, 0);
  head.writeUInt32BE(counter, 1);
  const told = Buffer.concat([createHash('sha256').update(host).digest(), head]);
  const signature = sign('sha256', Buffer.concat([told, createHash('sha256').update(client).digest()]), hand);
  return {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: told.toString('base64url'),
      signature: signature.toString('base64url'),
    },
  };
}

/** The public half as a key tells it (COSE: an elliptic curve, ES256, P-256, its two coordinates). */
function coseOf(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const coordinate = (text: string) => Buffer.from(text, 'base64url');
  const head = Buffer.from('a5010203262001215820', 'hex');
  return Buffer.concat([head, coordinate(x), Buffer.from('225820', 'hex'), coordinate(y)]);
}

function isOpen({ headers }: Answer): boolean {
  return headers.getSetCookie().some((cookie) => cookie.includes('session_token='));
}

async function keptCounter(): Promise<bigint> {
  const { kysely } = app.test.database;
  return (await kysely.selectFrom('auth_passkeys').select('counter').where('id', '=', id).executeTakeFirstOrThrow())
    .counter;
}
