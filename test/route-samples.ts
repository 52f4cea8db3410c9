/**
 * One real value for each parameter that stands in an address, taken from the demonstration, so that tests can walk
 * every route without knowing it. A new parameter gets its line here.
 */
import { sql } from 'kysely';
import { demonstrationPersonas } from '../src/domains/identity/personas.ts';
import { startImport as startDirectoryImport } from '../src/domains/imports/import-commands.server.ts';
import { startImport } from '../src/domains/support/import-commands.server.ts';
import { principalOf } from '../src/domains/territory/principal.server.ts';
import { instancePages, territoryPages } from '../src/routes.ts';
import type { TerritoryId } from '../src/lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../src/platform/postgres/database.ts';
import type { TestApp } from './app.ts';

export const SLUG = 'clermont-auvergne';

export interface Route {
  /** As the table of addresses writes it. */
  readonly path: string;
  readonly actions: readonly string[];
  readonly isTerritory: boolean;
  readonly parameters: readonly string[];
}

export type Samples = Readonly<Record<string, string>>;

/** Pages whose visit ends the visitor's sign-in: walks come to them last. */
const ENDS_SIGN_IN = ['/:territory/demonstration/:role', '/deconnexion'];

export function listRoutes(): readonly Route[] {
  const all = [
    ...instancePages.map((page) => ({ page, isTerritory: false })),
    ...territoryPages.map((page) => ({ page, isTerritory: true })),
  ];
  const routes = all.map(({ page: { path, actions = {} }, isTerritory }) => ({
    path,
    isTerritory,
    actions: Object.keys(actions),
    parameters: [...path.matchAll(/:(\w+)/gu)].map(([, name = '']) => name).filter((name) => name !== 'territory'),
  }));
  const isLast = ({ path }: Route) => Number(ENDS_SIGN_IN.includes(path));
  return routes.toSorted((a, b) => isLast(a) - isLast(b));
}

/** The address of a route; fails with a sentence when a parameter has no sample. */
export function addressOf(route: Route, samples: Samples, changes: Samples = {}): string {
  return route.path.replaceAll(/:(\w+)/gu, (_, name: string) => {
    // A file of offers is no file of needs.
    const isOfDirectory = route.path.startsWith('/:territory/imports/');
    const ofImport = isOfDirectory ? 'importOfDirectory' : route.path.includes('/apports/') ? 'importOfOffers' : name;
    // Only a draft can be changed.
    const ofDraft = name === 'agreement' && route.path.endsWith('/modifier');
    if (name === 'document' && route.path.includes('/bilans/') && changes[name] === undefined)
      return samples['report'] ?? name;
    const sample = name === 'import' ? ofImport : ofDraft ? 'draftAgreement' : name;
    const value = changes[name] ?? (name === 'territory' ? SLUG : samples[sample]);
    if (value === undefined) {
      throw new Error(
        `${route.path} has a parameter ":${name}" without a sample: give it one in test/route-samples.ts.`,
      );
    }
    return value;
  });
}

/** The same routes on things in another state, where other forms stand. */
export function variantsOf(samples: Samples): readonly Samples[] {
  const { proposedMatch, openRound, openRun, draftAgreement, bookedMovement } = samples;
  return [
    {},
    ...(proposedMatch ? [{ match: proposedMatch }] : []),
    ...(bookedMovement ? [{ movement: bookedMovement }] : []),
    ...(draftAgreement ? [{ agreement: draftAgreement }] : []),
    ...(openRound && openRun ? [{ round: openRound, run: openRun }] : []),
  ];
}

/** Of the startup and the partner that one can sign in as, so that each role meets something of its own. */
const STARTUP = sql`(select id from organisations where slug = 'mybus')`;
const PARTNER = sql`(select id from organisations where slug = 'michelin')`;
const ROUND = sql`(select id from rounds where state <> 'open' order by number limit 1)`;

const QUERIES = {
  organisation: sql<{ value: string }>`select slug as value from organisations where slug = 'mybus'`,
  person: sql<{
    value: string;
  }>`select person_id as value from memberships where organisation_id = ${STARTUP} and role = 'member' order by person_id limit 1`,
  need: sql<{
    value: string;
  }>`select id as value from needs where organisation_id = ${STARTUP} and visibility = 'public' order by state = 'open' desc, created_at, id limit 1`,
  offer: sql<{
    value: string;
  }>`select id as value from offers where organisation_id = ${PARTNER} and visibility = 'public' order by state = 'open' desc, created_at, id limit 1`,
  round: sql<{ value: string }>`select id as value from rounds where id = ${ROUND}`,
  run: sql<{ value: string }>`select published_run_id as value from rounds where id = ${ROUND}`,
  match: sql<{
    value: string;
  }>`select matches.id as value from matches join offers on offers.id = matches.offer_id join needs on needs.id = matches.need_id
    where offers.organisation_id = ${PARTNER} and matches.state = 'accepted' order by needs.organisation_id = ${STARTUP} desc, matches.id limit 1`,
  session: sql<{
    value: string;
  }>`select sessions.id as value from sessions join matches on matches.id = sessions.match_id
    join offers on offers.id = matches.offer_id join needs on needs.id = matches.need_id where offers.organisation_id = ${PARTNER}
    order by needs.organisation_id = ${STARTUP} desc, sessions.state = 'planned' and sessions.starts_at < now() desc, sessions.id limit 1`,
  proposedMatch: sql<{
    value: string;
  }>`select matches.id as value from matches join offers on offers.id = matches.offer_id
    where matches.state = 'proposed' order by offers.organisation_id = ${PARTNER} desc, matches.id limit 1`,
  openRound: sql<{
    value: string;
  }>`select round_id as value from round_runs where round_id in (select id from rounds where state = 'open') order by created_at desc limit 1`,
  openRun: sql<{
    value: string;
  }>`select id as value from round_runs where round_id in (select id from rounds where state = 'open') order by created_at desc limit 1`,
  account: sql<{
    value: string;
  }>`select id as value from ledger_accounts where organisation_id = ${PARTNER} and unit = 'minute' order by code limit 1`,
  entry: sql<{
    value: string;
  }>`select entry_id as value from ledger_transfers join ledger_accounts on ledger_accounts.id = credit_account_id
    where organisation_id = ${PARTNER} and ledger_accounts.unit = 'minute' order by entry_id limit 1`,
  agreement: sql<{
    value: string;
  }>`select id as value from agreements where organisation_id = ${PARTNER} and state = 'signed' order by starts_on desc limit 1`,
  draftAgreement: sql<{
    value: string;
  }>`select id as value from agreements where state = 'draft' order by id limit 1`,
  instalment: sql<{
    value: string;
  }>`select instalments.id as value from instalments join agreements on agreements.id = agreement_id
    where organisation_id = ${PARTNER} and agreements.state = 'signed' order by due_on desc limit 1`,
  document: sql<{
    value: string;
  }>`select id as value from documents where organisation_id = ${STARTUP} order by kind limit 1`,
  report: sql<{
    value: string;
  }>`select id as value from documents where kind = 'funder-report' order by id limit 1`,
  movement: sql<{
    value: string;
  }>`select id as value from bank_movements where remittance like 'VIR SEPA%' order by id limit 1`,
  bookedMovement: sql<{
    value: string;
  }>`select movement_id as value from bank_bookings order by movement_id limit 1`,
  expense: sql<{
    value: string;
  }>`select id as value from expenses order by spent_on desc, id limit 1`,
  programme: sql<{
    value: string;
  }>`select code as value from programmes order by position limit 1`,
  import: sql<{
    value: string;
  }>`select id as value from need_offer_imports where subject = 'needs' order by id limit 1`,
  importOfDirectory: sql<{
    value: string;
  }>`select id as value from imports order by id limit 1`,
  importOfOffers: sql<{
    value: string;
  }>`select id as value from need_offer_imports where subject = 'offers' order by id limit 1`,
};

/** What stands for each parameter; writes the two files waiting to be loaded that the demonstration lacks. */
export async function readSamples(app: TestApp): Promise<Samples> {
  return withTerritory(app.test.database, await territoryOf(app), async (tx) => {
    await writeImports(tx);
    const samples: Record<string, string> = { role: 'equipe' };
    for (const [name, query] of Object.entries(QUERIES)) {
      const { rows } = await query.execute(tx);
      if (rows[0] !== undefined) samples[name] = rows[0].value;
    }
    return samples;
  });
}

/** The demonstration's territory. */
export async function territoryOf(app: TestApp): Promise<TerritoryId> {
  const { id } = await app.test.database.kysely
    .selectFrom('territories')
    .select('id')
    .where('slug', '=', SLUG)
    .executeTakeFirstOrThrow();
  return id;
}

async function writeImports(tx: TerritoryTransaction): Promise<void> {
  const team = await principalOf(tx, demonstrationPersonas[0]!.email);
  const at = {
    now: Temporal.Now.instant(),
    fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
  };
  for (const subject of ['needs', 'offers'] as const) {
    const content = Buffer.from('Titre;Organisation;Quantité\nUn conseil;MyBus;2\nUne relecture;Inconnue;3\n');
    const started = await startImport(tx, team, { subject, name: `${subject}.csv`, content }, at);
    if (!started.ok) throw new Error(`The file of ${subject} was refused: ${started.reason}.`);
  }
  const content = new TextEncoder().encode('Nom;SIREN\nUne fabrique;\n');
  const file = {
    name: 'acteurs.csv',
    type: 'text/csv',
    size: content.length,
    stream: async function* () {
      yield content;
    },
  };
  const started = await startDirectoryImport(tx, team, [file], at);
  if (!started.ok) throw new Error(`The file of organisations was refused: ${started.reason}.`);
}
