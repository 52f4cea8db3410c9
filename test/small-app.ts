/**
 * The real server over a territory of a few people, for journeys that need no demonstration data: it starts in a
 * moment. The territory is a demonstration, so that mails show on `/mails`; a second one is not.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from '../scripts/build.ts';
import { demonstrationPersonas, type PersonaSlug } from '../src/domains/identity/personas.ts';
import type { Territory } from '../src/domains/territory/visit.ts';
import { startServer } from '../src/server.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { makeOrganisation, makePerson, makeTerritory, type MadeOrganisation } from './factories/territory.ts';

const CLIENT_FOLDER = path.resolve(import.meta.dirname, '../dist/client');

export interface SmallApp {
  /** http://localhost:port, without a slash at the end. */
  readonly baseUrl: string;
  readonly test: TestDatabase;
  /** Holds one person for each persona of the demonstration. */
  readonly territory: Territory;
  /** Not a demonstration; knows nobody of the first. */
  readonly elsewhere: Territory;
  /** The organisations of the personas, by the slug that their constants give. */
  readonly organisations: ReadonlyMap<string, MadeOrganisation>;
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

export async function startSmallApp({ smtpUrl }: { smtpUrl?: string } = {}): Promise<SmallApp> {
  if (!existsSync(CLIENT_FOLDER)) await build();
  const test = await openTestDatabase();
  const territory = await makeTerritory(test.ownerUrl, { slug: 'ici', name: 'Ici', isDemonstration: true });
  const elsewhere = await makeTerritory(test.ownerUrl, { slug: 'ailleurs', name: 'Ailleurs' });
  const organisations = await makePeople(test, territory);
  const port = await findFreePort();
  const baseUrl = `http://localhost:${port}`;
  const logged: Readonly<Record<string, unknown>>[] = [];
  const config = {
    port,
    smtpUrl,
    dataFolder: path.resolve('test-results'),
    databaseUrl: test.url,
    publicUrl: baseUrl,
    sessionSecret: randomBytes(32).toString('hex'),
  };
  const server = await startServer(config, test.url, {
    clientFolder: CLIENT_FOLDER,
    log: (line) => void logged.push(line),
  });
  const close = async () => {
    await server.close();
    await test.close();
  };
  return { baseUrl, test, territory, elsewhere, organisations, logged, close };
}

export function addressOf(slug: PersonaSlug): string {
  return `${slug}@demonstration.terreau.example`;
}

async function makePeople(test: TestDatabase, territory: Territory): Promise<ReadonlyMap<string, MadeOrganisation>> {
  const organisations = new Map<string, MadeOrganisation>();
  for (const { name, email, roles, membership } of demonstrationPersonas) {
    const slug = membership?.organisationSlug;
    if (slug !== undefined && !organisations.has(slug))
      organisations.set(slug, await makeOrganisation(test.database, territory, { name: slug }));
    const organisation = organisations.get(slug ?? '');
    await makePerson(test.database, territory, {
      name,
      email,
      roles,
      memberOf: organisation && membership ? [[organisation.id, membership.role]] : [],
    });
  }
  return organisations;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
