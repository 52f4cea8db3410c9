/**
 * The environment, read once into typed settings. Nothing else reads `process.env`.
 *
 * Must always hold: a value that is there but wrong stops the program with one sentence that names
 * the variable; a value that is absent has a default that works on the machine of whoever tries.
 */
import { randomBytes } from 'node:crypto';
import { constants, existsSync, statSync } from 'node:fs';
import { access, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from './lib/operator-error.ts';

export type Settings = {
  /** PORT; 0 takes any free port. */
  readonly port: number;
  /** TERREAU_DATA, absolute. */
  readonly dataFolder: string;
  /** DATABASE_URL; undefined means the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined;
  /** SMTP_URL; undefined means that mails are kept and shown in the demonstration. */
  readonly smtpUrl: string | undefined;
  /** TERREAU_PUBLIC_URL: the origin that people type and that mails link to, without a slash at the end. */
  readonly publicUrl: string;
  /** TERREAU_MAIL_FROM: the sender of mails, an address or `Name <address>`; one under the public host unless told. */
  readonly mailFrom?: string | undefined;
  /** TERREAU_REGISTER_URL: origin of the API Recherche d'entreprises; undefined means that SIRENs stay to be verified. */
  readonly registerUrl?: string | undefined;
  /** TERREAU_EMBEDDINGS_URL, with TERREAU_EMBEDDINGS_MODEL and TERREAU_EMBEDDINGS_KEY where it wants them; undefined: texts alone. */
  readonly embeddings?: EmbeddingSettings | undefined;
};

export type EmbeddingSettings = { readonly url: string; readonly model?: string; readonly key?: string };

export type Config = Settings & {
  /** Signs sessions; 64 hexadecimal digits, made once and kept in the data folder. */
  readonly sessionSecret: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws an OperatorError on the first wrong value. An empty variable counts as absent. */
export function parseSettings(environment: Environment): Settings {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const port = parsePort(read('PORT'));
  return {
    port,
    dataFolder: path.resolve(read('TERREAU_DATA') ?? 'data'),
    databaseUrl: parseUrl('DATABASE_URL', read('DATABASE_URL'), ['postgres:', 'postgresql:'])?.href,
    smtpUrl: parseUrl('SMTP_URL', read('SMTP_URL'), ['smtp:', 'smtps:'])?.href,
    mailFrom: parseSender(read('TERREAU_MAIL_FROM')),
    registerUrl: parseUrl('TERREAU_REGISTER_URL', read('TERREAU_REGISTER_URL'), ['http:', 'https:'])?.origin,
    embeddings: parseEmbeddings(read),
    publicUrl: parseOrigin(read('TERREAU_PUBLIC_URL')) ?? `http://localhost:${port}`,
  };
}

/** The settings and the secret; creates the data folder, readable by its owner alone, when it is absent. */
export async function readConfig(environment: Environment): Promise<Config> {
  const settings = parseSettings(environment);
  await prepareFolder(settings.dataFolder);
  return {
    ...settings,
    sessionSecret: await readSecret(path.join(settings.dataFolder, 'session-secret')),
  };
}

/**
 * The secret of 64 hexadecimal digits in a file that only its owner may read, made when absent.
 * Programs that start together agree: the file appears whole, and the first one wins.
 */
export async function readSecret(file: string): Promise<string> {
  const own = `${file}.${randomBytes(8).toString('hex')}`;
  if (!existsSync(file)) {
    await writeFile(own, randomBytes(32).toString('hex'), { mode: 0o600 });
    await link(own, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await unlink(own);
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (/^[0-9a-f]{64}$/.test(secret)) return secret;
  throw new OperatorError(`${file} does not hold a secret of 64 hexadecimal digits: restore it.`);
}

function parsePort(text: string | undefined): number {
  const port = text === undefined ? 3000 : Number(text);
  if (/^\d+$/.test(text ?? '0') && port <= 65_535) return port;
  throw new OperatorError(`PORT is "${text}": write a whole number from 0 to 65535.`);
}

function parseSender(text: string | undefined): string | undefined {
  if (text === undefined || /^(?:[^<>@\r\n]{1,80} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text)) return text;
  throw new OperatorError(
    `TERREAU_MAIL_FROM is "${text}": write an address, or a name and an address like Terreau <terreau@example.org>.`,
  );
}

/** Also for `bin/terreau plan`, which asks the same service. */
export function parseEmbeddings(read: (name: string) => string | undefined): EmbeddingSettings | undefined {
  const url = parseUrl('TERREAU_EMBEDDINGS_URL', read('TERREAU_EMBEDDINGS_URL'), ['http:', 'https:'])?.href;
  if (url === undefined) return undefined;
  const [model, key] = [read('TERREAU_EMBEDDINGS_MODEL'), read('TERREAU_EMBEDDINGS_KEY')];
  return { url, ...(model && { model }), ...(key && { key }) };
}

function parseUrl(name: string, text: string | undefined, schemes: readonly string[]): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url && schemes.includes(url.protocol)) return url;
  // The text may hold a password: it is not shown.
  throw new OperatorError(`${name} is not an address that starts with ${schemes.join('// or ')}//.`);
}

function parseOrigin(text: string | undefined): string | undefined {
  const url = parseUrl('TERREAU_PUBLIC_URL', text, ['http:', 'https:']);
  if (!url || (url.pathname === '/' && !url.search && !url.hash && !url.username)) return url?.origin;
  throw new OperatorError(
    `TERREAU_PUBLIC_URL is "${text}": write only the scheme, the host and the port, like https://terreau.example.`,
  );
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new OperatorError(
      `The data folder ${folder} cannot be read and written (${describe(error)}): give this user the right to it, or choose another with TERREAU_DATA.`,
      { cause: error },
    );
  }
}

/** Not mkdir's own `recursive`: under /proc it never ends. */
async function makeFolder(folder: string): Promise<void> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (path.dirname(folder) !== folder) await makeFolder(path.dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    const isThere = error.code === 'EEXIST' && statSync(folder).isDirectory(); // Made meanwhile.
    if (!isThere) throw error;
  });
}

function describe(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EROFS') return 'the disk is read-only';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file stands in its way';
  if (code === 'ENOENT') return 'it cannot be created there';
  return code ?? 'no reason given';
}
