/**
 * The one door to PostgreSQL for the application.
 *
 * Must always hold: every session runs as the role `terreau_app`, from its first statement, even
 * when the login owns the tables or is a superuser, so that row security binds; tenant tables are
 * reached only through `withTerritory`, which sets `app.territory` for one transaction; a
 * transaction either commits whole or leaves nothing.
 */
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Transaction } from 'kysely';
import pg from 'pg';
import { ensureId, type TerritoryId } from '../../lib/ids.ts';
import type { InstanceTable } from './instance-tables.ts';
import type { Tables } from './tables.ts';
import { pipelined } from './pipelined.ts';
import { valueTypes } from './values.ts';

export const APPLICATION_ROLE = 'terreau_app';
/** Owns the view through which words are sought, and nothing else; nobody works under it. */
export const SEARCH_ROLE = 'terreau_search';

export type DatabaseOptions = {
  /** postgres://login:password@host:port/database; a `?options=` of its own is kept. */
  readonly url: string;
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
};

export type Database = {
  readonly kysely: Kysely<Tables>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

declare const minted: unique symbol;

/** A transaction in which exactly one territory can be seen and written. Only `withTerritory` makes one. */
export type TerritoryTransaction = Transaction<Tables> & {
  readonly territoryId: TerritoryId;
  readonly [minted]: 'territory';
};

/** A transaction on the few tables of the whole instance; tenant tables raise an error in it. */
export type InstanceTransaction = Transaction<Pick<Tables, InstanceTable>> & {
  readonly [minted]: 'instance';
};

export type TransactionOptions = {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
};

export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool(options, { types: valueTypes, pipeline: true });
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pipelined(pool) }),
  });
  return { kysely, pool, close: () => pool.end() };
}

/**
 * A pool for libraries that bring their own queries (sign-in): the same role, but the driver's own
 * reading of values, as they expect it. Close it with `pool.end()`.
 */
export function openLibraryPool(options: DatabaseOptions): pg.Pool {
  return openPool(options);
}

/**
 * Runs `work` in one transaction of one territory and returns its answer once committed. What
 * `work` throws rolls back and is thrown on. After a serialization failure or a deadlock the whole
 * of `work` runs again, at most three times in all: it must not act outside of the transaction.
 */
export function withTerritory<Answer>(
  database: Database,
  territoryId: TerritoryId,
  work: (tx: TerritoryTransaction) => Promise<Answer>,
  options: TransactionOptions = {},
): Promise<Answer> {
  // Parsed again just here, because it is written into the statement: SET takes no parameters.
  const territory = ensureId<'territory'>(territoryId);
  return transact(database, options, async (transaction) => {
    await sql`set local app.territory = ${sql.lit(territory)}`.execute(transaction);
    return work(Object.assign(transaction, { territoryId: territory }) as TerritoryTransaction);
  });
}

/** As `withTerritory`, for the tables of `instance-tables.ts` only. */
export function withInstance<Answer>(
  database: Database,
  work: (tx: InstanceTransaction) => Promise<Answer>,
  options: TransactionOptions = {},
): Promise<Answer> {
  return transact(database, options, (transaction) => work(transaction as unknown as InstanceTransaction));
}

/** The name of the constraint that a statement broke, or undefined for any other error. */
export function constraintOf(error: unknown): string | undefined {
  const isIntegrityViolation = codeOf(error)?.startsWith('23') ?? false;
  const { constraint } = (error ?? {}) as { constraint?: unknown };
  return isIntegrityViolation && typeof constraint === 'string' ? constraint : undefined;
}

const ATTEMPTS = 3;
const TRANSIENT = new Set(['40001', '40P01']); // serialization_failure, deadlock_detected

async function transact<Answer>(
  database: Database,
  { isolation = 'read committed', readOnly = false }: TransactionOptions,
  work: (transaction: Transaction<Tables>) => Promise<Answer>,
): Promise<Answer> {
  const builder = database.kysely
    .transaction()
    .setIsolationLevel(isolation)
    .setAccessMode(readOnly ? 'read only' : 'read write');
  for (let attempt = 1; ; attempt++) {
    try {
      return await builder.execute(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !TRANSIENT.has(codeOf(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * attempt ** 2));
    }
  }
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function openPool(options: DatabaseOptions, own: Pick<pg.PoolConfig, 'types' | 'pipeline'> = {}): pg.Pool {
  const { url, poolSize = 10, applicationName = 'terreau', onIdleError = () => {} } = options;
  const pool = new pg.Pool({
    connectionString: withSettings(url),
    application_name: applicationName,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...own,
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', onIdleError);
  return pool;
}

/** The settings of a session travel in its start-up packet: no statement can run before them. */
function withSettings(url: string): string {
  const address = new URL(url);
  const settings = {
    role: APPLICATION_ROLE,
    timezone: 'UTC',
    datestyle: 'ISO',
    statement_timeout: '60s',
    idle_in_transaction_session_timeout: '60s',
    // Our joins are written from the row that is sought outwards; trying every order of ten tables costs more than it finds.
    join_collapse_limit: '4',
    // How alike two words are taken for one that was mistyped.
    'pg_trgm.word_similarity_threshold': '0.5',
  };
  const given = address.searchParams.get('options') ?? '';
  const added = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  address.searchParams.set('options', [given, ...added].join(' ').trim());
  return address.href;
}
