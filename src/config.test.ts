import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { parseSettings, readConfig } from './config.ts';
import { OperatorError } from './lib/operator-error.ts';

test('an empty environment gives settings that work', () => {
  assert.deepEqual(parseSettings({ PORT: ' ', SMTP_URL: '' }), {
    port: 3000,
    dataFolder: path.resolve('data'),
    databaseUrl: undefined,
    smtpUrl: undefined,
    mailFrom: undefined,
    registerUrl: undefined,
    embeddings: undefined,
    publicUrl: 'http://localhost:3000',
  });
});

test('what is set is taken', () => {
  const settings = parseSettings({
    PORT: '8080',
    TERREAU_DATA: '/srv/terreau',
    DATABASE_URL: 'postgres://terreau:secret@db:5433/terreau',
    SMTP_URL: 'smtps://mail.example',
    TERREAU_PUBLIC_URL: 'https://Terreau.example/',
    TERREAU_EMBEDDINGS_URL: 'http://models.example/v1/embeddings',
    TERREAU_EMBEDDINGS_MODEL: 'small',
  });
  assert.deepEqual(settings.embeddings, { url: 'http://models.example/v1/embeddings', model: 'small' });
  assert.equal(settings.port, 8080);
  assert.equal(settings.dataFolder, path.resolve('/srv/terreau'));
  assert.equal(settings.databaseUrl, 'postgres://terreau:secret@db:5433/terreau');
  assert.equal(settings.publicUrl, 'https://terreau.example');
});

const WRONG: readonly (readonly [name: string, value: string])[] = [
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '30.5'],
  ['DATABASE_URL', 'mysql://secret@host/db'],
  ['TERREAU_EMBEDDINGS_URL', 'models.example'],
  ['DATABASE_URL', 'host=localhost password=secret'],
  ['SMTP_URL', 'mail.example'],
  ['TERREAU_PUBLIC_URL', 'terreau.example'],
  ['TERREAU_PUBLIC_URL', 'https://terreau.example/path'],
];
for (const [name, value] of WRONG) {
  test(`${name}=${value} is refused with one sentence that names it`, () => {
    assert.throws(
      () => parseSettings({ [name]: value }),
      (error: Error) =>
        error instanceof OperatorError &&
        error.message.startsWith(name) &&
        !error.message.includes('\n') &&
        !error.message.includes('secret'),
    );
  });
}

test('the secret is made once, for its owner alone', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'terreau-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const environment = { TERREAU_DATA: path.join(folder, 'new', 'data') };
  const [one, other] = await Promise.all([readConfig(environment), readConfig(environment)]);
  assert.match(one.sessionSecret, /^[0-9a-f]{64}$/);
  assert.equal(one.sessionSecret, other.sessionSecret);
  const file = path.join(one.dataFolder, 'session-secret');
  assert.equal(await readFile(file, 'utf8'), one.sessionSecret);
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
  await writeFile(file, 'short');
  await assert.rejects(readConfig(environment), OperatorError);
});

test('a data folder that cannot be is refused with one sentence', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'terreau-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await assert.rejects(readConfig({ TERREAU_DATA: file }), /a file stands in its way/);
  const inside = path.join(file, 'data');
  await assert.rejects(readConfig({ TERREAU_DATA: inside }), /a file stands in its way/);
  if (process.platform !== 'linux') return;
  const refused = /\/proc\/terreau\/data cannot be read and written/;
  await assert.rejects(readConfig({ TERREAU_DATA: '/proc/terreau/data' }), refused);
});

test('a sender is an address, with or without a name', () => {
  const sender = (text: string) => parseSettings({ TERREAU_MAIL_FROM: text }).mailFrom;
  assert.equal(sender('Terreau <terreau@example.org>'), 'Terreau <terreau@example.org>');
  assert.equal(sender('terreau@example.org'), 'terreau@example.org');
  for (const wrong of ['Terreau', 'a@b@c', 'Terreau <terreau@example.org>\r\nBcc: all@example.org']) {
    assert.throws(() => sender(wrong), /TERREAU_MAIL_FROM/);
  }
});
