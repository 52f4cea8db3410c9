/**
 * `npm run build`: the client files in dist/client and the server in dist/server/server.js. Nothing is
 * done when nothing changed: dist/stamp holds the digest of all that went in.
 */
import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { runCommand } from './command.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const STAMP = path.join(PROJECT, 'dist/stamp');
const CLIENT = path.join(PROJECT, 'dist/client');

if (import.meta.main) {
  await runCommand(async () => {
    const start = performance.now();
    const isDone = await build();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(isDone ? `Built in ${seconds} s.` : 'The build is up to date.');
  });
}

/** Builds what changed; false when nothing had to be done. Throws what Vite says when the source is wrong. */
export async function build(): Promise<boolean> {
  const digest = await digestOfInputs();
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === digest) return false;
  await rm(STAMP, { force: true });
  const vite = await import('vite'); // Half a second to load: not when nothing has to be built.
  const configFile = path.join(PROJECT, 'vite.config.ts');
  await vite.build({ root: PROJECT, configFile });
  await vite.build({ root: PROJECT, configFile, build: { ssr: true } });
  await copyFile(path.join(PROJECT, 'src/ui/favicon.svg'), path.join(CLIENT, 'favicon.svg'));
  await compressFiles();
  await writeFile(STAMP, digest);
  return true;
}

async function digestOfInputs(): Promise<string> {
  const sources = await listFiles(path.join(PROJECT, 'src'));
  const inputs = sources.filter((file) => !/\.test\.tsx?$|\.md$/.test(file));
  const others = ['vite.config.ts', 'package-lock.json', 'scripts/build.ts'];
  const digest = createHash('sha256').update(process.version);
  for (const file of [...inputs, ...others.map((name) => path.join(PROJECT, name))].toSorted()) {
    const content = await readFile(file);
    digest.update(`${path.relative(PROJECT, file)} ${content.length}\n`).update(content);
  }
  return digest.digest('hex');
}

/** A browser that understands Brotli or gzip gets the file as it lies beside the plain one. */
async function compressFiles(): Promise<void> {
  const files = (await listFiles(CLIENT)).filter((file) => /\.(css|js|svg)$/.test(file));
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  for (const file of files) {
    const content = await readFile(file);
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, brotli));
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
