/** The built client files by their plain names, from the manifest that the build writes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface ClientAssets {
  readonly css: string;
  readonly fonts: readonly string[];
  /** The script of an island; throws on a name that was not built. */
  island(name: string): string;
}

interface ManifestChunk {
  readonly file: string;
  readonly name?: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

export function readAssets(clientFolder: string): ClientAssets {
  const file = path.join(clientFolder, '.vite', 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, ManifestChunk>;
  const chunks = Object.entries(manifest);
  const style = chunks.find(([source]) => source.endsWith('site.css'))?.[1];
  if (style === undefined) throw new Error(`${file} names no style sheet`);
  const fonts = chunks.filter(([source]) => source.endsWith('.woff2')).map(([, chunk]) => `/${chunk.file}`);
  const islands = new Map(
    chunks.flatMap(([source, chunk]) =>
      source.endsWith('.island.tsx') ? [[path.basename(source, '.island.tsx'), `/${chunk.file}`] as const] : [],
    ),
  );
  return {
    css: `/${style.file}`,
    fonts:
      fonts.length > 0
        ? fonts
        : (style.assets ?? []).filter((asset) => asset.endsWith('.woff2')).map((asset) => `/${asset}`),
    island(name) {
      const script = islands.get(name);
      if (script === undefined)
        throw new Error(`No island "${name}" was built: there are ${[...islands.keys()].join(', ') || 'none'}`);
      return script;
    },
  };
}
