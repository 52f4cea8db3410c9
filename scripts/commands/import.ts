/**
 * `bin/terreau import FILE…`: fills a territory's directory from files, by the same steps as the screen.
 *
 * Must always hold: nothing is written before the figures were said and agreed to; Ctrl-C leaves the directory as it was.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  askApply,
  askPreview,
  correctTables,
  startImport,
  stopImport,
} from '../../src/domains/imports/import-commands.server.ts';
import { runStep, type ImportJobOptions } from '../../src/domains/imports/import-job.server.ts';
import { importById, tablesOf } from '../../src/domains/imports/import-queries.server.ts';
import type { Import, ImportId } from '../../src/domains/imports/import.ts';
import { importText } from '../../src/domains/imports/messages.ts';
import type { TableSettings } from '../../src/domains/imports/table.ts';
import type { TerritoryId } from '../../src/lib/ids.ts';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { openDatabase, withTerritory, type TerritoryTransaction } from '../../src/platform/postgres/database.ts';
import { readArguments } from './command-line.ts';
import { withInstanceDatabase } from './instance-database.ts';
import { EXIT, type Command, type Terminal } from './terminal.ts';

const OPTIONS = {
  territory: { type: 'string' },
  mapping: { type: 'string' },
  source: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

const PRINCIPAL = { kind: 'system', job: 'bin/terreau import' } as const;
const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);

export const importCommand: Command = async (args, terminal) => {
  const { values, files } = readArguments(args, OPTIONS, { least: 1, most: 12, named: 'one to twelve files' });
  if (values.territory === undefined) throw new OperatorError('Say which territory: --territory SLUG.');
  const slug = values.territory;
  const incoming = await Promise.all(files.map(incomingFile));
  const mapping = values.mapping === undefined ? {} : await readMapping(values.mapping);
  let code: number = EXIT.done;
  await withInstanceDatabase(async (ownerUrl) => {
    const database = openDatabase({ url: ownerUrl, applicationName: 'terreau import' });
    try {
      const territory = await database.kysely
        .selectFrom('territories')
        .select('id')
        .where('slug', '=', slug)
        .executeTakeFirst();
      if (territory === undefined) throw new OperatorError(`There is no territory at /${slug}.`);
      const job = {
        database,
        now: Temporal.Now.instant,
        fillRandom,
        onFailure: (failure: unknown) => terminal.tell(String(failure)),
      };
      code = await carry({ job, territoryId: territory.id, terminal }, incoming, {
        mapping,
        source: values.source,
        isDry: values['dry-run'] === true,
        isAgreed: values.yes === true,
      });
    } finally {
      await database.close();
    }
  });
  return code;
};

interface Carrying {
  readonly job: ImportJobOptions;
  readonly territoryId: TerritoryId;
  readonly terminal: Terminal;
}

interface Wishes {
  readonly mapping: Readonly<Record<string, Partial<TableSettings>>>;
  readonly source: string | undefined;
  readonly isDry: boolean;
  readonly isAgreed: boolean;
}

async function carry(
  carrying: Carrying,
  incoming: Parameters<typeof startImport>[2],
  { mapping, source, isDry, isAgreed }: Wishes,
): Promise<number> {
  const { terminal } = carrying;
  const started = await work(carrying, (tx) =>
    startImport(tx, PRINCIPAL, incoming, { now: Temporal.Now.instant(), fillRandom }),
  );
  if (!started.ok) throw new OperatorError(importText(terminal.language)(`refused.${started.reason}`, started.facts));
  const { id } = started.value;
  const release = terminal.onInterrupt(() => void work(carrying, (tx) => stopImport(tx, PRINCIPAL, id)));
  try {
    const read = await step(carrying, id);
    if (read.state === 'failed') throw new OperatorError(failureOf(read, terminal));
    if (read.state !== 'mapping') return EXIT.cancelled;
    await work(carrying, async (tx) => {
      const tables = await tablesOf(tx, id);
      const settings = new Map(tables.map((table) => [table.position, { ...table.settings, ...mapping[table.name] }]));
      await correctTables(tx, PRINCIPAL, id, { source: source ?? read.source, tables: settings });
      const asked = await askPreview(tx, PRINCIPAL, id);
      if (!asked.ok) throw new OperatorError(importText(terminal.language)(`refused.${asked.reason}`));
    });
    const seen = await step(carrying, id);
    if (seen.state !== 'previewed') return EXIT.cancelled;
    await terminal.write(figuresOf(seen, terminal));
    if (isDry) return EXIT.done;
    if (!isAgreed)
      throw new OperatorError('Nothing is written yet: add --yes to agree, or agree on the screen of imports.');
    await work(carrying, (tx) => askApply(tx, PRINCIPAL, id));
    const end = await step(carrying, id);
    if (end.state === 'applied') return EXIT.done;
    if (end.failure !== null) throw new OperatorError(failureOf(end, terminal));
    return EXIT.cancelled;
  } finally {
    release();
  }
}

function work<Answer>(
  { job, territoryId }: Carrying,
  act: (tx: TerritoryTransaction) => Promise<Answer>,
): Promise<Answer> {
  return withTerritory(job.database, territoryId, act);
}

/** One step, with its progress for a person at the terminal. */
async function step(carrying: Carrying, id: ImportId): Promise<Import> {
  const { job, territoryId, terminal } = carrying;
  const t = importText(terminal.language);
  const look = () => work(carrying, (tx) => importById(tx, id));
  const show = async () => {
    const found = await look();
    if (found !== undefined && found.stepTotal > 0)
      terminal.showProgress(t('progress', { percent: Math.floor((found.stepDone / found.stepTotal) * 100) }));
  };
  const timer = setInterval(() => void show(), 1000);
  try {
    await runStep(job, territoryId, id);
  } finally {
    clearInterval(timer);
  }
  const found = await look();
  if (found === undefined) throw new Error('The import is gone');
  return found;
}

const FIGURES = [
  'create',
  'change',
  'same',
  'ask',
  'refuse',
  'people',
  'phases',
  'ties',
  'affiliations',
  'problems',
] as const;

function figuresOf({ counts }: Import, { language }: Terminal): string {
  const t = importText(language);
  return FIGURES.filter((name) => counts[name] > 0)
    .map((name) => `${String(counts[name]).padStart(9)}  ${t(`figure.${name}`)}\n`)
    .join('');
}

function failureOf({ failure }: Import, { language }: Terminal): string {
  const [reason = 'unexpected', ...rest] = (failure ?? 'unexpected').split(' ');
  return importText(language)(`failure.${reason as 'unexpected'}`, { file: rest.join(' '), names: rest.join(' ') });
}

async function incomingFile(file: string) {
  const facts = await stat(file).catch(() => undefined);
  if (facts?.isFile() !== true) throw new OperatorError(`“${file}” is no file that can be read.`);
  return { name: path.basename(file), type: '', size: facts.size, stream: () => createReadStream(file) };
}

async function readMapping(file: string): Promise<Wishes['mapping']> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Wishes['mapping'];
  } catch {
    throw new OperatorError(`“${file}” is no mapping: it must be a JSON object of tables.`);
  }
}
