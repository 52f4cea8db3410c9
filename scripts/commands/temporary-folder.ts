/** A folder for the files of one test, gone with it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TemporaryFolder {
  readonly pathOf: (name: string) => string;
  /** Writes a file and answers its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
}

export function temporaryFolder(test: { readonly after: (work: () => void) => void }): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'terreau-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const pathOf = (name: string) => path.join(folder, name);
  return {
    pathOf,
    write(name, content) {
      writeFileSync(pathOf(name), content);
      return pathOf(name);
    },
  };
}
