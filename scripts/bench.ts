/** `npm run bench -- planning`, or another of the names below: figures to compare with others', on this machine, printed as tables. */
import { benchAffinity } from './bench/affinity.ts';
import { benchLedger } from './bench/ledger.ts';
import { benchHttp } from './bench/http.ts';
import { benchImport } from './bench/importing.ts';
import { benchPlanning } from './bench/planning.ts';
import { benchSide } from './bench/side-constraints.ts';

const BENCHES: Record<string, (options: readonly string[]) => Promise<void>> = {
  planning: benchPlanning,
  ledger: benchLedger,
  affinity: benchAffinity,
  side: benchSide,
  http: benchHttp,
  import: benchImport,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench(options);
else {
  console.error(`Say which bench: ${Object.keys(BENCHES).join(', ')}. Add "large" for 20 million pairs.`);
  process.exitCode = 1;
}
