/** Lets Node run `.tsx`: `node --import ./scripts/tsx.ts file.tsx`. Types are removed and JSX becomes Preact calls. */
import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'rolldown/utils';

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const file = fileURLToPath(url);
    const { code, errors } = transformSync(file, readFileSync(file, 'utf8'), {
      jsx: { runtime: 'automatic', importSource: 'preact' },
      sourcemap: false,
    });
    const [error] = errors;
    if (error) throw new SyntaxError(`${file}: ${error.message}`);
    return { format: 'module', source: code, shortCircuit: true };
  },
});
