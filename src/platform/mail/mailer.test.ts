/** Mails on the wire of a real SMTP conversation, and what becomes of them when the mail server does not play along. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { openSmtpSink, readMessage, type SmtpSink } from '../../../test/smtp-sink.ts';
import { nextAttempt } from './mail.ts';
import { createMailer, type Mailer } from './mailer.ts';
import { smtpServer } from './smtp.ts';

const START = Temporal.Instant.from('2026-11-23T08:00:00Z');
const FROM = 'Terreau d’ici <terreau@exemple.fr>';
const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Terreau//FR',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Rencontre à l’atelier',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

let store: TestDatabase;
let sink: SmtpSink;
let mailer: Mailer;
let now = START;
let failures: string[] = [];

const open = (smtpUrl: string | undefined) =>
  createMailer({
    database: store.database,
    smtpUrl,
    from: FROM,
    now: () => now,
    onFailure: (sentence) => failures.push(sentence),
  });
const rowOf = (recipient: string) =>
  store.database.kysely.selectFrom('outgoing_mails').selectAll().where('recipient', '=', recipient).executeTakeFirst();

before(async () => {
  store = await openTestDatabase();
});
after(() => store?.close());
beforeEach(async () => {
  [now, failures] = [START, []];
  sink = await openSmtpSink();
  mailer = open(sink.url);
});
afterEach(async () => {
  await mailer.close();
  await sink.close();
  await store.database.kysely.updateTable('outgoing_mails').set({ next_attempt_at: null }).execute();
});

describe('on the wire', () => {
  test('accents, a long subject and a line that starts with a dot arrive as they were written', async () => {
    const subject =
      'Votre rendez-vous avec l’équipe « Mobilité » : préparez dès à présent ce que vous voulez lui demander, œuvre comprise';
    const text =
      'Bonjour Hélène,\n\n.ceci commence par un point\n\nÀ bientôt — où ça ? Ici, ça coûte 1\u202f234,50\u00a0€.\nhttps://exemple.fr/connexion/lien?jeton=AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEf&retour=%2Fclermont-auvergne%2Fbesoins\n';
    await mailer.send({ to: 'helene@exemple.fr', subject, text });
    await mailer.deliver();
    const [{ from, to, raw } = assert.fail('nothing was received')] = sink.received;
    assert.deepEqual([from, to], ['terreau@exemple.fr', ['helene@exemple.fr']]);
    const [head = ''] = raw.split('\r\n\r\n');
    // oxlint-disable-next-line no-control-regex -- what a header may hold
    assert.match(head, /^[\u0000-\u007f]*$/u, 'headers are ASCII');
    assert.ok(
      raw.split('\r\n').every((line) => line.length <= 998),
      'no line is longer than SMTP allows',
    );
    const message = readMessage(raw);
    assert.equal(message.headers.get('subject'), subject);
    assert.equal(message.headers.get('from'), FROM);
    assert.equal(message.headers.get('to'), 'helene@exemple.fr');
    assert.equal(message.headers.get('auto-submitted'), 'auto-generated');
    assert.match(message.headers.get('content-type') ?? '', /^text\/plain; charset=utf-8/u);
    assert.match(message.headers.get('message-id') ?? '', /^<.+@.+>$/u);
    assert.equal(message.content.replaceAll('\r\n', '\n').trimEnd(), text.trimEnd());
  });

  test('an invitation carries its calendar, announced with its method and attached', async () => {
    await mailer.send({
      to: 'paul@exemple.fr',
      subject: 'Rencontre',
      text: 'Bonjour',
      calendar: { fileName: 'rencontre.ics', content: CALENDAR },
    });
    await mailer.deliver();
    const leaves = (part: ReturnType<typeof readMessage>): ReturnType<typeof readMessage>[] =>
      part.parts.length === 0 ? [part] : part.parts.flatMap(leaves);
    const parts = leaves(readMessage(sink.received[0]?.raw ?? ''));
    const calendar = parts.find((part) => part.headers.get('content-type')?.startsWith('text/calendar'));
    assert.match(calendar?.headers.get('content-type') ?? '', /method=REQUEST/u);
    assert.equal(calendar?.content, CALENDAR);
    const attached = parts.find((part) =>
      /attachment; filename="?rencontre\.ics/u.test(part.headers.get('content-disposition') ?? ''),
    );
    assert.equal(attached?.content, CALENDAR);
  });

  test('nothing in a subject or an address can add a header', async () => {
    await mailer.send({ to: 'paul@exemple.fr', subject: 'Bonjour\r\nBcc: autre@exemple.fr', text: 'Texte' });
    await mailer.deliver();
    const [received] = sink.received;
    assert.deepEqual(received?.to, ['paul@exemple.fr']);
    assert.equal(readMessage(received.raw).headers.has('bcc'), false);
  });
});

describe('once taken', () => {
  test('a mail is sent once, and its text is kept no longer', async () => {
    await mailer.send({
      to: 'a@exemple.fr',
      subject: 'Un',
      text: 'un lien secret',
      calendar: { fileName: 'a.ics', content: CALENDAR },
    });
    await mailer.deliver();
    await mailer.deliver();
    assert.equal(sink.received.length, 1);
    const row = await rowOf('a@exemple.fr');
    assert.deepEqual(
      [row?.recipient, row?.subject, row?.body_text, row?.calendar_text],
      ['a@exemple.fr', 'Un', '', null],
    );
    assert.ok(row?.sent_at && row.next_attempt_at === null && row.failure === null);
  });

  test('two programs share the work without sending twice', async () => {
    const others = [open(sink.url), open(sink.url)];
    const idle = open(undefined);
    for (let number = 0; number < 30; number++)
      await idle.send({ to: `p${number}@exemple.fr`, subject: 'S', text: 'T' });
    await store.database.kysely
      .updateTable('outgoing_mails')
      .set({ next_attempt_at: now })
      .where('subject', '=', 'S')
      .where('sent_at', 'is', null)
      .execute();
    await Promise.all([mailer, ...others].map((one) => one.deliver()));
    assert.equal(sink.received.length, 30);
    assert.equal(new Set(sink.received.map(({ to }) => to[0])).size, 30);
    await Promise.all([...others, idle].map((one) => one.close()));
  });
});

describe('when the mail server does not answer', () => {
  test('the sender does not wait, and the mail leaves later', async () => {
    await sink.close();
    const before = performance.now();
    await mailer.send({ to: 'tard@exemple.fr', subject: 'Plus tard', text: 'Texte' });
    assert.ok(performance.now() - before < 2000);
    await mailer.deliver();
    const waiting = await rowOf('tard@exemple.fr');
    assert.match(waiting?.failure ?? '', /ECONNREFUSED/u);
    assert.equal(waiting?.next_attempt_at?.toString(), START.add({ minutes: 1 }).toString());
    assert.match(failures.join(), /try 1/u);
    sink = await openSmtpSink(Number(new URL(sink.url).port));
    await mailer.deliver();
    assert.equal(sink.received.length, 0, 'not before its time');
    now = START.add({ minutes: 1 });
    await mailer.deliver();
    assert.equal(sink.received.length, 1);
    assert.equal((await rowOf('tard@exemple.fr'))?.failure, null);
  });

  test('a busy server is asked again, ever more rarely, then given up with the reason', async () => {
    sink.behaviour = 'busy';
    await mailer.send({ to: 'occupe@exemple.fr', subject: 'Occupé', text: 'Texte' });
    for (let tries = 0; tries < 20; tries++) {
      await mailer.deliver();
      now = now.add({ hours: 13 });
    }
    const row = await rowOf('occupe@exemple.fr');
    assert.equal(row?.attempts, 7);
    assert.equal(row.next_attempt_at, null);
    assert.match(row.failure ?? '', /451/u);
    assert.doesNotMatch(`${row.failure} ${failures.join()}`, /@/u, 'no address in what is logged');
  });

  test('a mailbox that does not exist is not tried again', async () => {
    sink.behaviour = 'refuse-recipients';
    await mailer.send({ to: 'personne@exemple.fr', subject: 'Perdu', text: 'Texte' });
    await mailer.deliver();
    const row = await rowOf('personne@exemple.fr');
    assert.deepEqual([row?.attempts, row?.next_attempt_at], [1, null]);
    assert.match(row?.failure ?? '', /550/u);
  });

  test('a link that would arrive too late is not sent at all', async () => {
    sink.behaviour = 'busy';
    await mailer.send({
      to: 'lien@exemple.fr',
      subject: 'Lien',
      text: 'https://exemple.fr/connexion/lien?jeton=x',
      expiresAt: START.add({ minutes: 15 }),
    });
    await mailer.deliver();
    sink.behaviour = 'accept';
    now = START.add({ minutes: 20 });
    await mailer.deliver();
    assert.equal(sink.received.length, 0);
    const row = await rowOf('lien@exemple.fr');
    assert.deepEqual([row?.body_text, row?.next_attempt_at, row?.sent_at], ['', null, null]);
  });
});

test('without a mail server a mail is kept whole, and never leaves later', async () => {
  const keeper = open(undefined);
  assert.equal(keeper.keepsMails, true);
  await keeper.send({
    to: 'garde@exemple.fr',
    subject: 'Gardé',
    text: 'Texte',
    calendar: { fileName: 'a.ics', content: CALENDAR },
  });
  await keeper.close();
  now = START.add({ hours: 1 });
  await mailer.deliver();
  assert.equal(sink.received.length, 0);
  const row = await rowOf('garde@exemple.fr');
  assert.deepEqual([row?.body_text, row?.calendar_text, row?.sent_at], ['Texte', CALENDAR, null]);
});

test('the waits grow, end, and stop at the mail’s own end', () => {
  const minutes = (attempts: number) => nextAttempt(attempts, START, null)?.since(START).total('minutes');
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(minutes), [1, 5, 15, 60, 240, 720, undefined]);
  assert.equal(nextAttempt(2, START, START.add({ minutes: 5 })), undefined);
});

test('an address that is no mail server’s is told in one sentence', () => {
  for (const url of ['mail.exemple.fr', 'http://mail.exemple.fr', 'smtp://']) {
    assert.throws(() => smtpServer(url, FROM), { name: 'OperatorError', message: /SMTP_URL/u });
  }
});
