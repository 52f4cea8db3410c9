/**
 * A mail server that keeps what it is given: just enough of SMTP (RFC 5321) to see a message as it travels.
 * `behaviour` can be changed while it runs, to see how failures are met.
 */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  /** The message as it came over the wire, dots unstuffed. */
  readonly raw: string;
}

export type Behaviour = 'accept' | 'refuse-recipients' | 'busy' | 'silent';

export interface SmtpSink {
  readonly url: string;
  readonly received: Received[];
  /** How many connections were opened. */
  connections: number;
  behaviour: Behaviour;
  close(): Promise<void>;
}

export async function openSmtpSink(port = 0): Promise<SmtpSink> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    sink.connections += 1;
    converse(socket, sink);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const sink: SmtpSink = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    connections: 0,
    behaviour: 'accept',
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return sink;
}

function converse(socket: Socket, sink: SmtpSink): void {
  if (sink.behaviour === 'silent') return;
  const say = (line: string) => socket.write(`${line}\r\n`);
  let envelope = { from: '', to: [] as string[] };
  let buffer = '';
  let isData = false;

  const command = (line: string) => {
    const [, verb = '', rest = ''] = /^(\w+)(?:\s+(.*))?$/u.exec(line) ?? [];
    switch (verb.toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        return say('250 sink');
      case 'MAIL':
        if (sink.behaviour === 'busy') return say('451 4.3.0 Try again later, claire@exemple.fr');
        envelope = { from: addressIn(rest), to: [] };
        return say('250 ok');
      case 'RCPT':
        if (sink.behaviour === 'refuse-recipients') return say('550 5.1.1 No such mailbox');
        envelope.to.push(addressIn(rest));
        return say('250 ok');
      case 'DATA':
        isData = true;
        return say('354 go on');
      case 'QUIT':
        say('221 bye');
        return socket.end();
      default:
        return say('250 ok');
    }
  };

  socket.setEncoding('latin1').on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = isData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
      if (end === -1) return;
      const taken = buffer.slice(0, end);
      buffer = buffer.slice(end + (isData ? 5 : 2));
      if (!isData) {
        command(taken);
        continue;
      }
      isData = false;
      sink.received.push({ ...envelope, raw: taken.replaceAll(/^\.\./gmu, '.') });
      say('250 taken');
    }
  });
  say('220 sink ESMTP');
}

function addressIn(text: string): string {
  return /<([^>]*)>/u.exec(text)?.[1] ?? '';
}

export interface MailPart {
  readonly headers: ReadonlyMap<string, string>;
  /** Decoded by its transfer encoding, read as UTF-8. */
  readonly content: string;
  readonly parts: readonly MailPart[];
}

/** A message taken apart as a mail program would (RFC 2045 to 2047). */
export function readMessage(raw: string): MailPart {
  const [, head = '', body = ''] = /^([\s\S]*?)\r\n\r\n([\s\S]*)$/u.exec(raw) ?? [];
  const lines = head.replaceAll(/\r\n[\t ]+/gu, ' ').split('\r\n');
  const headers = new Map(
    lines.map((line) => [
      line.split(':')[0]?.toLowerCase() ?? '',
      decodeWords(line.slice(line.indexOf(':') + 1).trim()),
    ]),
  );
  const boundary = /boundary="?([^";]+)"?/u.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined)
    return { headers, content: decodeBody(body, headers.get('content-transfer-encoding') ?? '7bit'), parts: [] };
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1, -1);
  return { headers, content: '', parts: pieces.map((piece) => readMessage(piece.replace(/^\r\n/u, ''))) };
}

function decodeBody(body: string, encoding: string): string {
  if (/^base64$/iu.test(encoding)) return Buffer.from(body, 'base64').toString();
  if (!/^quoted-printable$/iu.test(encoding)) return Buffer.from(body, 'latin1').toString();
  return fromHex(body.replaceAll(/=\r\n/gu, ''), /=([0-9A-F]{2})/giu);
}

function decodeWords(header: string): string {
  const joined = header.replaceAll(/\?=\s+=\?/gu, '?==?');
  return joined.replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/giu, (_, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString()
      : fromHex(text.replaceAll('_', ' '), /=([0-9A-F]{2})/giu),
  );
}

function fromHex(text: string, pattern: RegExp): string {
  const bytes = text.replaceAll(pattern, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
