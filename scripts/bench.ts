/** `npm run bench -- planning`: figures to compare with others', on this machine, printed as tables. */
import { benchImport } from './bench/importing.ts';
import { benchPlanning } from './bench/planning.ts';

const BENCHES: Record<string, (options: readonly string[]) => Promise<void>> = {
  planning: benchPlanning,
  import: benchImport,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench(options);
else {
  console.error(`Say which bench: ${Object.keys(BENCHES).join(', ')}. Add "large" for 20 million pairs.`);
  process.exitCode = 1;
}
