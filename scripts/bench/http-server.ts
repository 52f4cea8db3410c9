/** The program under the HTTP bench: the real server, in a process of its own, whose programs may ask without end. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { startServer as StartServer } from '../../src/server.ts';

const [url = '', port = ''] = process.argv.slice(2);
const endless = { name: 'bench', most: 1e9, windowSeconds: 1 };
const bundle = pathToFileURL(path.resolve('dist/server/server.js')).href;
const { startServer } = (await import(bundle)) as { startServer: typeof StartServer };
await startServer(
  {
    port: Number(port),
    smtpUrl: undefined,
    dataFolder: path.resolve('test-results'),
    databaseUrl: url,
    publicUrl: `http://localhost:${port}`,
    sessionSecret: randomBytes(32).toString('hex'),
  },
  url,
  { apiQuotas: { anonymous: endless, token: endless, wrongTokens: endless } },
);
process.send?.({ port: Number(port) });
process.on('disconnect', () => process.exit());
