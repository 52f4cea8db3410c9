/** An import carried through its steps in a test, as its job does. */
import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { createImportJob, importJobData } from '../../src/domains/imports/import-job.server.ts';
import { askApply, askPreview, askUndo, startImport } from '../../src/domains/imports/import-commands.server.ts';
import {
  countEntries,
  importById,
  listEntries,
  listProblems,
  tablesOf,
} from '../../src/domains/imports/import-queries.server.ts';
import type { Import, ImportId } from '../../src/domains/imports/import.ts';
import type { IncomingFile } from '../../src/domains/territory/stored-files.server.ts';
import { withTerritory, type TerritoryTransaction } from '../../src/platform/postgres/database.ts';
import type { TestDatabase } from '../database.ts';
import { makePerson, makeTerritory } from './territory.ts';

type Incoming = IncomingFile & { readonly size: number };

/** A file of the disk, or a text under a name. */
export function fileOf(name: string, content?: string | Uint8Array): Incoming {
  if (content === undefined)
    return { name: path.basename(name), type: '', size: statSync(name).size, stream: () => createReadStream(name) };
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    type: '',
    size: bytes.length,
    stream: async function* () {
      yield bytes;
    },
  };
}

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);

export async function makeImporting(opened: TestDatabase) {
  const here = await makeTerritory(opened.ownerUrl);
  const team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  const work = <Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>) =>
    withTerritory(opened.database, here.id, act);
  const failures: unknown[] = [];
  const job = createImportJob({
    database: opened.database,
    now: Temporal.Now.instant,
    fillRandom,
    onFailure: (failure) => failures.push(failure),
  });
  const at = () => ({ now: Temporal.Now.instant(), fillRandom });
  const run = async (id: ImportId): Promise<Import> => {
    await job(importJobData(here.id, id));
    if (failures.length > 0) throw failures[0];
    const found = await work((tx) => importById(tx, id));
    if (found === undefined) throw new Error('The import is there');
    return found;
  };
  const must = async (answer: Promise<{ readonly ok: boolean }>) => {
    const { ok, ...rest } = await answer;
    if (!ok) throw new Error(JSON.stringify(rest));
  };
  return {
    here,
    team,
    work,
    run,
    at,
    failures,
    async start(...files: Incoming[]): Promise<ImportId> {
      const started = await work((tx) => startImport(tx, team, files, at()));
      if (!started.ok) throw new Error(started.reason);
      await run(started.value.id);
      return started.value.id;
    },
    async preview(id: ImportId): Promise<Import> {
      await must(work((tx) => askPreview(tx, team, id)));
      return run(id);
    },
    async apply(id: ImportId): Promise<Import> {
      await must(work((tx) => askApply(tx, team, id)));
      return run(id);
    },
    async undo(id: ImportId): Promise<Import> {
      await must(work((tx) => askUndo(tx, team, id)));
      return run(id);
    },
    tables: (id: ImportId) => work((tx) => tablesOf(tx, id)),
    entries: (id: ImportId, outcome: 'create' | 'change' | 'same' | 'ask' | 'refuse') =>
      work((tx) => listEntries(tx, id, { outcome, subject: 'organisation', page: 1, size: 10_000 })),
    problems: (id: ImportId) => work((tx) => listProblems(tx, id, { page: 1, size: 10_000 })),
    counts: (id: ImportId) => work((tx) => countEntries(tx, id)),
  };
}
