/** A stand-in embedding service on this machine, which can be slow, wrong, down or half there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

export type Asked = { readonly input: string[]; readonly model?: string };
export type Reply = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;

/** Closed with its test. */
export async function startEmbeddingService(t: TestContext, reply: Reply): Promise<{ asked: Asked[]; url: string }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as Asked;
    asked.push(body);
    reply(body, response, request);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/embeddings` };
}

/** Answers each text with a vector. */
export function replyWith(vectorOf: (text: string) => readonly number[]): Reply {
  return ({ input }, response) =>
    void response.end(JSON.stringify({ data: input.map((one) => ({ embedding: vectorOf(one) })) }));
}

/** A port where nobody listens. */
export const NOBODY_THERE = 'http://127.0.0.1:9/';
