/**
 * The pool as Kysely sees it: statements of one transaction travel together instead of one after the other.
 *
 * Must always hold: nothing runs outside of the transaction that opened, since a session that could not open it has no
 * territory and every tenant table then raises an error; a failure of what opens is thrown by the first statement; a
 * transaction that writes answers only once PostgreSQL has committed it; one that only reads need not wait for the end
 * of what can no longer fail. Every parameter passes through `toParameter`, and every statement that comes again is
 * prepared once per connection, which spares PostgreSQL the planning of its joins.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { toParameter } from './values.ts';

export function pipelined(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const nameOf = statementNames();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const wrapped = clients.get(client) ?? wrap(client, nameOf);
      clients.set(client, wrapped);
      return wrapped;
    },
  };
}

type NameOf = (text: string, parameterCount: number) => string | undefined;

const EMPTY = { rowCount: 0, rows: [] };

function wrap(client: pg.PoolClient, nameOf: NameOf): PostgresPoolClient {
  /** What opens the transaction, kept until its first statement goes. */
  let opening = '';
  let isReadOnly = false;
  const run = (text: string, parameters: readonly unknown[]) => {
    const name = nameOf(text, parameters.length);
    const values = parameters.map(toParameter);
    return client.query(name === undefined ? { text, values } : { name, text, values });
  };
  const query = async (text: string, parameters: readonly unknown[] = []): Promise<unknown> => {
    if (text.startsWith('start transaction')) {
      opening = text;
      isReadOnly = text.endsWith('read only');
      return { command: 'START', ...EMPTY };
    }
    if (opening !== '' && text.startsWith('set local ')) {
      opening += `; ${text}`;
      return { command: 'SET', ...EMPTY };
    }
    if (text === 'commit' || text === 'rollback') {
      const command = text.toUpperCase();
      if (opening !== '') {
        opening = '';
        return { command, ...EMPTY };
      }
      if (!isReadOnly) return client.query(text);
      // A reading session whose end fails is broken: the pool hears of it and replaces it.
      client.query(text).catch(() => {});
      return { command, ...EMPTY };
    }
    if (opening === '') return run(text, parameters);
    const opened = client.query(opening);
    opening = '';
    const [, result] = await Promise.all([opened, run(text, parameters)]);
    return result;
  };
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
    ...('processID' in client && { processID: client.processID as number }),
  };
}

/** A connection keeps every statement it prepared: no more texts than this, and none made of a list of rows. */
const PREPARED_TEXTS = 500;
const PREPARED_PARAMETERS = 40;

function statementNames(): NameOf {
  const names = new Map<string, string>();
  return (text, parameterCount) => {
    if (parameterCount === 0 || parameterCount > PREPARED_PARAMETERS) return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= PREPARED_TEXTS) return known;
    const name = `s${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
