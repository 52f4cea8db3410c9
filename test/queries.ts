/**
 * What the program under test says to PostgreSQL, and a way to try an act without keeping it. It listens where every
 * pool passes, the driver's own `query`; the queue of jobs, which asks by itself, is not counted.
 */
import pg from 'pg';

export interface QueryWatch {
  /** Statements since the last `reset`, without those that open, set and close a transaction. */
  readonly statements: readonly string[];
  reset(): void;
  /** While true every transaction ends as if it had failed, though its caller believes it kept. */
  undoesActs: boolean;
  stop(): void;
}

const AROUND = /^(begin|start transaction|commit|rollback|set |savepoint|release )/iu;
const COUNTED = /^terreau( sign-in)?$/u;

export function watchQueries(): QueryWatch {
  const original = pg.Client.prototype.query;
  const statements: string[] = [];
  const watch = {
    statements,
    undoesActs: false,
    reset: () => void statements.splice(0),
    stop: () => void (pg.Client.prototype.query = original),
  };
  pg.Client.prototype.query = function query(this: pg.Client, ...given: unknown[]) {
    const text = textOf(given[0]);
    const isOurs = COUNTED.test(applicationOf(this));
    if (isOurs && !AROUND.test(text)) statements.push(text);
    if (!watch.undoesActs || !isOurs || !/^commit/iu.test(text)) return Reflect.apply(original, this, given) as never;
    const undone = Reflect.apply(original, this, ['rollback']) as unknown as Promise<pg.QueryResult>;
    return undone.then((result) => ({ ...result, command: 'COMMIT' })) as never;
  } as typeof original;
  return watch;
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: unknown } | undefined)?.text ?? '');
}

function applicationOf(client: pg.Client): string {
  const { connectionParameters } = client as unknown as { connectionParameters?: { application_name?: string } };
  return connectionParameters?.application_name ?? '';
}
