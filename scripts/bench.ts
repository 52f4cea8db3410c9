/** `npm run bench -- planning` or `-- affinity`: figures to compare with others', on this machine, printed as tables. */
import { benchAffinity } from './bench/affinity.ts';
/** `npm run bench -- planning`: figures to compare with others', on this machine, printed as tables. */
import { benchLedger } from './bench/ledger.ts';
import { benchPlanning } from './bench/planning.ts';
import { benchSide } from './bench/side-constraints.ts';

const BENCHES: Record<string, (options: readonly string[]) => Promise<void>> = {
  planning: benchPlanning,
  ledger: benchLedger,
  affinity: benchAffinity,
  side: benchSide,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench(options);
else {
  console.error(`Say which bench: ${Object.keys(BENCHES).join(', ')}. Add "large" for 20 million pairs.`);
  process.exitCode = 1;
}
