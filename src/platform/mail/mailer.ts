/**
 * Sends the house's mails without making anybody wait.
 *
 * Must always hold: a mail is written down before it is tried, so that a crash or a mail server that sleeps loses
 * none; each try is claimed in the database, so that two programs do not send the same mail; once the mail server
 * has taken a mail its text is emptied (it may hold a sign-in link). A crash between the server's word and ours
 * sends that one mail again. Without a mail server mails are kept, and none is tried later.
 */
import type { Updateable } from 'kysely';
import { newId, type FillRandom, type Id } from '../../lib/ids.ts';
import { withInstance, type Database } from '../postgres/database.ts';
import type { Tables } from '../postgres/tables.ts';
import { nextAttempt, type Mail } from './mail.ts';
import { describeFailure, isForGood, smtpServer, type SmtpServer } from './smtp.ts';

export interface MailerOptions {
  readonly database: Database;
  /** Undefined keeps mails instead of sending them. */
  readonly smtpUrl: string | undefined;
  /** The sender: `Terreau <terreau@example.org>`. */
  readonly from: string;
  readonly now?: () => Temporal.Instant;
  readonly fillRandom?: FillRandom;
  /** Told of each failed try, in words that may be logged. */
  readonly onFailure?: (sentence: string) => void;
}

export interface Mailer {
  /** True when no mail server is configured. */
  readonly keepsMails: boolean;
  /** Writes the mail down and returns; it leaves in the background. */
  send(mail: Mail): Promise<void>;
  /** Tries every mail that is due; resolves when none is left. */
  deliver(): Promise<void>;
  /** Tries again what failed, every half minute, until `close`. */
  start(): void;
  close(): Promise<void>;
}

interface DueMail {
  readonly id: Id<'mail'>;
  readonly mail: Mail;
  readonly attempts: number;
  readonly expiresAt: Temporal.Instant | null;
}

const AT_ONCE = 20;
/** How long a claimed batch stays with its program: longer than the slowest server may take for all of it. */
const LEASE_MINUTES = 15;
const RETRY_MS = 30_000;

export function createMailer(options: MailerOptions): Mailer {
  const { database, smtpUrl, now = Temporal.Now.instant, onFailure = () => {} } = options;
  const server = smtpUrl === undefined ? undefined : smtpServer(smtpUrl, options.from);
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let delivery: Promise<void> = Promise.resolve();

  /** One delivery at a time; a call during one adds another after it, which finds what came meanwhile. */
  const deliver = (): Promise<void> => {
    if (server === undefined || isClosed) return delivery;
    delivery = delivery
      .then(() => deliverDue(database, server, now, onFailure))
      .catch((error: unknown) => onFailure(`Mails wait: ${describeFailure(error)}`));
    return delivery;
  };
  return {
    keepsMails: server === undefined,
    deliver,
    async send(mail) {
      await writeDown(options, mail, now(), server !== undefined);
      void deliver();
    },
    start() {
      timer ??= setInterval(() => void deliver(), RETRY_MS).unref();
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await delivery;
      server?.close();
    },
  };
}

async function writeDown(
  { database, fillRandom }: MailerOptions,
  mail: Mail,
  now: Temporal.Instant,
  isToSend: boolean,
): Promise<void> {
  const { to, subject, text, calendar, expiresAt } = mail;
  await withInstance(database, (tx) =>
    tx
      .insertInto('outgoing_mails')
      .values({
        id: newId<'mail'>(now, fillRandom),
        recipient: to,
        subject,
        body_text: text,
        calendar_name: calendar?.fileName ?? null,
        calendar_text: calendar?.content ?? null,
        created_at: now,
        expires_at: expiresAt ?? null,
        next_attempt_at: isToSend ? now : null,
      })
      .execute(),
  );
}

async function deliverDue(
  database: Database,
  server: SmtpServer,
  now: () => Temporal.Instant,
  onFailure: (sentence: string) => void,
): Promise<void> {
  for (;;) {
    const due = await claimDue(database, now());
    for (const one of due) await tryOne(database, server, one, now, onFailure);
    if (due.length < AT_ONCE) return;
  }
}

/** Takes the mails that are due, the oldest first; each is put out of reach of others for the lease. */
async function claimDue(database: Database, now: Temporal.Instant): Promise<readonly DueMail[]> {
  return withInstance(database, async (tx) => {
    const rows = await tx
      .updateTable('outgoing_mails')
      .set((set) => ({ attempts: set('attempts', '+', 1), next_attempt_at: now.add({ minutes: LEASE_MINUTES }) }))
      .where('id', 'in', (select) =>
        select
          .selectFrom('outgoing_mails')
          .select('id')
          .where('next_attempt_at', '<=', now)
          .orderBy('next_attempt_at')
          .limit(AT_ONCE)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
    return rows.map((row) => ({
      id: row.id,
      attempts: row.attempts,
      expiresAt: row.expires_at,
      mail: {
        to: row.recipient,
        subject: row.subject,
        text: row.body_text,
        ...(row.calendar_name !== null && {
          calendar: { fileName: row.calendar_name, content: row.calendar_text ?? '' },
        }),
      },
    }));
  });
}

async function tryOne(
  database: Database,
  server: SmtpServer,
  due: DueMail,
  now: () => Temporal.Instant,
  onFailure: (sentence: string) => void,
): Promise<void> {
  if (due.expiresAt !== null && Temporal.Instant.compare(due.expiresAt, now()) <= 0) {
    return settle(database, due.id, { next_attempt_at: null, failure: 'expired before it could leave', ...EMPTIED });
  }
  try {
    await server.send(due.mail);
  } catch (error) {
    const failure = describeFailure(error);
    const next = isForGood(error) ? undefined : nextAttempt(due.attempts, now(), due.expiresAt);
    onFailure(`A mail did not leave (try ${due.attempts}${next === undefined ? ', given up' : ''}): ${failure}`);
    return settle(database, due.id, { next_attempt_at: next ?? null, failure });
  }
  await settle(database, due.id, { next_attempt_at: null, failure: null, sent_at: now(), ...EMPTIED });
}

const EMPTIED = { body_text: '', calendar_name: null, calendar_text: null };

type Settled = Updateable<Tables['outgoing_mails']>;

async function settle(database: Database, id: Id<'mail'>, values: Settled): Promise<void> {
  await withInstance(database, (tx) => tx.updateTable('outgoing_mails').set(values).where('id', '=', id).execute());
}
