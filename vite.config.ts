/**
 * Two builds of one source. For browsers: the style sheet with its fonts, and each island apart, under
 * names that carry a hash. For the server (`ssr`): src/server.ts and the thread in which rounds are solved, packages left outside.
 */
import { globSync } from 'node:fs';
import { defineConfig } from 'vite';

export default defineConfig(({ isSsrBuild }) => ({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  publicDir: false,
  logLevel: 'warn',
  ssr: { external: true },
  build: isSsrBuild
    ? {
        outDir: 'dist/server',
        emptyOutDir: true,
        target: 'esnext',
        minify: false,
        sourcemap: true,
        ssr: true,
        rolldownOptions: {
          input: { server: 'src/server.ts', 'solve-worker': 'src/domains/matching/solve-worker.server.ts' },
          output: { entryFileNames: '[name].js' },
        },
      }
    : {
        outDir: 'dist/client',
        emptyOutDir: true,
        manifest: true,
        modulePreload: false,
        // Older targets would rewrite light-dark() into pairs of variables.
        cssTarget: ['chrome125', 'firefox128', 'safari17.5'],
        rolldownOptions: { input: ['src/ui/site.css', ...islands()] },
      },
}));

function islands(): string[] {
  return globSync('src/**/islands/*.island.tsx').toSorted();
}
