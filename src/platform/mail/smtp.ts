/**
 * Hands one mail to the mail server of SMTP_URL. Every step has a time limit; what goes wrong is thrown.
 * `smtp://` takes up TLS when the server offers it, `smtps://` starts with it.
 */
import { createTransport } from 'nodemailer';
import { OperatorError } from '../../lib/operator-error.ts';
import { calendarMethod, type Mail } from './mail.ts';

export interface SmtpServer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Throws an OperatorError on an address that is no mail server's. Opens no connection yet. */
export function smtpServer(smtpUrl: string, from: string): SmtpServer {
  const address = URL.parse(smtpUrl);
  if (address === null || !/^smtps?:$/u.test(address.protocol) || address.hostname === '') {
    throw new OperatorError(
      'SMTP_URL is not the address of a mail server: write smtp://login:password@host:587, or smtps:// for TLS from the start.',
    );
  }
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, calendar }) {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(calendar && {
          icalEvent: {
            method: calendarMethod(calendar.content),
            filename: calendar.fileName,
            content: calendar.content,
          },
        }),
      });
    },
    close: () => transport.close(),
  };
}

/** Whether the server refused this mail for good (RFC 5321: 5yz to its recipient), so that another try is in vain. */
export function isForGood(error: unknown): boolean {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  return code === 'EENVELOPE' && typeof responseCode === 'number' && responseCode >= 500;
}

/** What a failure is remembered by: the server's own word, on one line, without addresses or links. */
export function describeFailure(error: unknown): string {
  const { code, responseCode, message } = (error ?? {}) as {
    code?: unknown;
    responseCode?: unknown;
    message?: unknown;
  };
  const words = [code, responseCode, message]
    .filter((word) => typeof word === 'string' || typeof word === 'number')
    .join(' ');
  return (
    words
      .replace(/https?:\/\/\S+/gu, '…')
      .replace(/\S+@\S+/gu, '…')
      .replace(/\s+/gu, ' ')
      .slice(0, 300) || 'no reason given'
  );
}
