/**
 * A load of HTTP/1.1 on kept connections, one request after another on each, with as little of its own as can be: it
 * shares the processors with what it measures.
 */
import { connect } from 'node:net';

export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly answers: number;
  readonly bytes: number;
  /** Of the first answer that was not 2xx, if any. */
  readonly refused: string | undefined;
}

export interface LoadOptions {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  next(number: number): Asked;
}

export async function measure(options: LoadOptions): Promise<Load> {
  const times: number[] = [];
  let bytes = 0;
  let refused: string | undefined;
  let number = 0;
  const opens = performance.now() + options.warmUpSeconds * 1000;
  const ends = opens + options.seconds * 1000;
  const heads = Object.entries({ host: 'localhost', ...options.headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = heads.join('');
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(options.port, '127.0.0.1').setNoDelay(true);
      let waiting: Buffer = Buffer.alloc(0);
      let began = 0;
      const send = () => {
        began = performance.now();
        if (began >= ends) return void socket.end();
        const { method = 'GET', path, body } = options.next(number++);
        const sized =
          body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
        socket.write(`${method} ${path} HTTP/1.1\r\n${head}${sized}\r\n${body ?? ''}`);
      };
      socket.on('data', (chunk: Buffer) => {
        waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
        const end = endOfAnswer(waiting);
        if (end === undefined) return;
        const now = performance.now();
        if (began >= opens) {
          times.push(now - began);
          bytes += waiting.length;
        }
        if (waiting[9] !== 0x32) refused ??= waiting.toString('utf8', 0, 300);
        waiting = waiting.subarray(end);
        send();
      });
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('close', () => resolve());
    });
  await Promise.all(Array.from({ length: options.connections }, one));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return {
    perSecond: times.length / options.seconds,
    p50: at(0.5),
    p99: at(0.99),
    answers: times.length,
    bytes,
    refused,
  };
}

/** Where the answer ends, by its length or its last chunk; undefined while it is not whole. */
function endOfAnswer(buffer: Buffer): number | undefined {
  const end = buffer.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = buffer.toString('latin1', 0, end).toLowerCase();
  const length = /\ncontent-length: (\d+)/u.exec(head)?.[1];
  if (length !== undefined) return buffer.length >= end + 4 + Number(length) ? end + 4 + Number(length) : undefined;
  if (!head.includes('transfer-encoding: chunked')) return end + 4;
  return buffer.toString('latin1', buffer.length - 5) === '0\r\n\r\n' ? buffer.length : undefined;
}
