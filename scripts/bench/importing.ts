/** `npm run bench -- import [ROWS]`: a file of so many organisations, read, compared and written, on a throw-away database. */
import { rm, writeFile } from 'node:fs/promises';
import { createReadStream, createWriteStream, mkdtempSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askApply, askPreview, startImport } from '../../src/domains/imports/import-commands.server.ts';
import { runStep } from '../../src/domains/imports/import-job.server.ts';
import { importById } from '../../src/domains/imports/import-queries.server.ts';
import type { ImportId } from '../../src/domains/imports/import.ts';
import { withTerritory } from '../../src/platform/postgres/database.ts';
import { openTestDatabase } from '../../test/database.ts';
import { makePerson, makeTerritory } from '../../test/factories/territory.ts';

const ROWS = 100_000;
const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);

export async function benchImport(options: readonly string[]): Promise<void> {
  const rows = Number(options[0] ?? ROWS);
  const folder = mkdtempSync(path.join(tmpdir(), 'terreau-bench-'));
  const file = path.join(folder, 'organisations.csv');
  const opened = await openTestDatabase();
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  try {
    await writeRows(file, rows);
    const here = await makeTerritory(opened.ownerUrl);
    const team = await makePerson(opened.database, here, { roles: ['programme-team'] });
    const work: <Answer>(act: Parameters<typeof withTerritory<Answer>>[2]) => Promise<Answer> = (act) =>
      withTerritory(opened.database, here.id, act);
    const job = { database: opened.database, now: Temporal.Now.instant, fillRandom, onFailure: console.error };
    const at = { now: Temporal.Now.instant(), fillRandom };
    const incoming = {
      name: 'organisations.csv',
      type: '',
      size: statSync(file).size,
      stream: () => createReadStream(file),
    };
    const began = performance.now();
    const figures: [string, number][] = [];
    const timed = async (name: string, act: () => Promise<unknown>) => {
      const start = performance.now();
      await act();
      figures.push([name, (performance.now() - start) / 1000]);
    };
    let id: ImportId | undefined;
    const step = () => runStep(job, here.id, id as ImportId);
    await timed('kept', async () => {
      const started = await work((tx) => startImport(tx, team, [incoming], at));
      if (started.ok) id = started.value.id;
    });
    await timed('read', step);
    await work((tx) => askPreview(tx, team, id as ImportId));
    await timed('compared', step);
    await work((tx) => askApply(tx, team, id as ImportId));
    await timed('written', step);
    const seconds = (performance.now() - began) / 1000;
    const end = await work((tx) => importById(tx, id as ImportId));
    const { rows: version } = await opened.database.pool.query<{ v: string }>(
      'select current_setting($$server_version$$) as v',
    );
    console.log(`${rows} rows, ${(incoming.size / 2 ** 20).toFixed(1)} MB: ${end?.state}, ${end?.counts.create} added`);
    for (const [name, value] of figures) console.log(`  ${name.padEnd(9)} ${value.toFixed(1)} s`);
    console.log(
      `  in all    ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows a second, ${Math.round(peak / 2 ** 20)} MB at most`,
    );
    console.log(`  Node ${process.versions.node}, PostgreSQL ${version[0]?.v}`);
  } finally {
    clearInterval(timer);
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeRows(file: string, rows: number): Promise<void> {
  await writeFile(file, '');
  const out = createWriteStream(file);
  out.write('id;Nom;Site web;Commune;Effectif;Date de création;Secteurs;Description\n');
  for (let row = 0; row < rows; row++) {
    const line = `${row};Société ${row * 7919} du Massif;https://www.exemple-${row}.fr;Clermont-Ferrand;${row % 400};${String(1 + (row % 28)).padStart(2, '0')}/03/20${10 + (row % 14)};Santé|Énergie;Une entreprise du territoire qui fabrique des outils pour les autres\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
