/** What `bin/terreau --help` and each command's `--help` say. */
export const USAGE = `Terreau from the command line.

  bin/terreau plan NEEDS OFFERS [PAIRS]   who gives how much to whom: the fairest plan, proven
  bin/terreau check PLAN                  is this plan what it claims to be? needs no trust in who made it
  bin/terreau key create FILE             a pair of keys, to sign plans
  bin/terreau flow FILE.min               minimum-cost flow in the DIMACS format
  bin/terreau ledger verify               is every entry of the books what it was when it was sealed?
  bin/terreau import FILE…                fills the directory of a territory of this instance
  bin/terreau territory create …          opens a territory on this instance

bin/terreau COMMAND --help says more. docs/guides/plan-your-own-data.md has an example from end to end.
`;

const PLAN = `bin/terreau plan NEEDS OFFERS [PAIRS] [options]

Gives limited offers to needs: the least served first, then the greatest total of scores. Proves it, explains it, and
names what lacks most. Needs no database.

NEEDS, OFFERS and PAIRS are tables: CSV of any usual kind, JSON Lines or JSON, also packed with gzip; - is the standard
input. Columns are recognised by their names and by what they hold, in French and in English:
  NEEDS    id, name, wanted (or quantity), weight or urgency, text, themes, and what conditions ask about
  OFFERS   id, name, capacity, minimum, text, themes, and conditions (sectors, regions, size, period)
  PAIRS    need, offer, score, cap, minimum: only these pairs are allowed, with these scores
Without PAIRS, scores (0 to 1000) come from the texts and themes, and conditions keep pairs apart.

  --out FILE             write the plan with its proof; - is the standard output
  --sign KEYFILE         sign it with a key of bin/terreau key create
  --language fr|en       the language of the summary (the plan holds both)
  --units N              units of a need or an offer where no column says how many (1)
  --need-column F=C      take the column C of NEEDS for the field F: id, name, wanted, weight, urgency, text, themes
  --offer-column F=C     the same for OFFERS: id, name, capacity, minimum, text, themes
  --weights words=3,themes=1   how much each counts in a score from texts: words, grams (runs of letters), latent (what
                         texts are about), themes, sector, place; what is not named keeps its usual weight
  --embeddings URL       ask this service of text embeddings too (POST {"input": […]}, as most of them take); its model and
                         key stand in TERREAU_EMBEDDINGS_MODEL and TERREAU_EMBEDDINGS_KEY; when it fails, words alone
                         count, and the plan says so
  --least-score N        leave out pairs under this score, when scores come from texts (250)
  --keep N               keep the N best pairs of each need and of each offer (all, or 50 where there are too many)
  --cap N                at most N units for any pair where PAIRS does not say
  --most-partners N      at most N offers for any need; where that is in the way, the proof is the solver's word
  --budget               no need gets more than the euros of its column budget pay for; the column value of OFFERS, or of
                         PAIRS, is what a unit costs; an empty budget sets no limit
  --day YYYY-MM-DD       the day on which periods are judged (today)
  --time-limit SECONDS   answer in time: the best plan known then, not proven
  --memory MEGABYTES     refuse beforehand what may take more
  --all                  list everything in the summary

Ctrl-C cancels: nothing is written.

Codes: 0 proven optimal, 2 files or options that cannot be read, 3 impossible (with the reason), 4 lawful but not proven
(the time was up), 130 cancelled.
`;

const IMPORT = `bin/terreau import FILE… --territory SLUG [options]

Fills the directory of a territory from files, as its screen of imports does: organisations, people, phases, ties, in one
import. Works on the database that DATABASE_URL names, or on the embedded one, which it joins when it runs.

FILE is CSV of any usual kind, JSON, JSON Lines or an Excel workbook, packed with gzip or not. Files that refer to each
other go together. What looks like an organisation of the directory without being surely the same is left out: decide on
the screen.

  --territory SLUG       the address of the territory
  --dry-run              say what would change, and leave the import waiting on the screen
  --mapping FILE         what tables and columns mean, as JSON: by name of table, { "subject", "part", "columns" }
  --source NAME          the name under which keys are kept; the same finds the same organisations again
  --yes                  do not ask before writing

Codes: 0 done, 2 files or options that cannot be read, 130 cancelled.
`;

const CHECK = `bin/terreau check PLAN [options]

Checks a plan of bin/terreau plan, or the file certificat.json of a plan made on an instance: every limit is kept, every
sum is right, the prices prove that no plan is fairer or, as fair, better; nothing was changed since it was written.
Shares no code with the solver. PLAN may be -, the standard input.

  --key KEY              require the signature of this key: its file, or its fingerprint SHA256:…
  --language fr|en       the language of the verdict

Codes: 0 accepted, 1 refused (with the reason), 2 not a plan that can be read.
`;

const KEY = `bin/terreau key create FILE

Writes a pair of Ed25519 keys: FILE, the private one, readable by you alone, signs plans (bin/terreau plan … --sign FILE);
FILE.pub is the public one, to give to whoever checks them (bin/terreau check … --key FILE.pub).
`;

const FLOW = `bin/terreau flow FILE.min [--memory MEGABYTES]

Reads a minimum-cost flow in the DIMACS format (p min, n, a lines; - is the standard input), solves it exactly and prints
the flow in the same format: “s COST” first, then “f TAIL HEAD FLOW” for each arc that carries something. Lower bounds,
parallel arcs, negative costs and any supplies are allowed; a negative capacity means none. --memory refuses what may take
more, at the line that announces it.

Codes: 0 optimal, 2 a file that cannot be read (with its line), 3 infeasible (prints “c infeasible”).
`;

const TERRITORY = `bin/terreau territory create --name NAME --address WORD --administrator MAIL [options]

Opens an empty territory on this instance; its administrator signs in by mail. The instance is the one of TERREAU_DATA or
DATABASE_URL, as for npm start.

  --administrator-name NAME
  --region CODE          INSEE code of the region
  --zone ZONE            time zone, such as Europe/Paris
`;

const LEDGER = `bin/terreau ledger verify [options]

Walks the chain of the books of the instance that the environment names (DATABASE_URL, or its own database), makes every
hash again from the entries, and the balances from the transfers. Changes nothing.

  --territory SLUG   this territory alone (all of them)
  --expect HASH      a hash that was written down elsewhere, on a report or when a year was closed: the chain must hold
                     it; may be given several times. Without it, blocks taken away at the end cannot be noticed.

Codes: 0 whole, 1 not whole (with what was found), 2 an option that cannot be read.
`;

export const HELP: Readonly<Record<string, string>> = {
  import: IMPORT,
  plan: PLAN,
  check: CHECK,
  'key create': KEY,
  flow: FLOW,
  'ledger verify': LEDGER,
  'territory create': TERRITORY,
};
