/** The addresses of new organisations: the slug of the name, numbered when it is taken. Index look-ups alone, however many organisations there are. */
import { slugOf } from '../../lib/slug.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';

/** One free slug for each name, in their order, no two alike. Another transaction may still take one first. */
export async function freeSlugs(tx: TerritoryTransaction, names: readonly string[]): Promise<string[]> {
  const wanted = names.map((name) => slugOf(name, 'organisation'));
  const taken = await takenOf(tx, wanted);
  const nextNumber = new Map([...repeatedOrTaken(wanted, taken)].map((slug) => [slug, 2]));
  await learnNumbers(tx, wanted, nextNumber, taken);
  return wanted.map((slug) => {
    let free = slug;
    for (let number = nextNumber.get(slug) ?? 2; taken.has(free); number++) {
      free = `${slug}-${number}`;
      nextNumber.set(slug, number + 1);
    }
    taken.add(free);
    return free;
  });
}

function repeatedOrTaken(wanted: readonly string[], taken: ReadonlySet<string>): Set<string> {
  const seen = new Set(taken);
  const numbered = new Set<string>();
  for (const slug of wanted)
    if (seen.has(slug)) numbered.add(slug);
    else seen.add(slug);
  return numbered;
}

/** Looks at numbered forms, ten then a hundred then a thousand at a time, until each name has as many free ones as it wants. */
async function learnNumbers(
  tx: TerritoryTransaction,
  wanted: readonly string[],
  numbered: ReadonlyMap<string, number>,
  taken: Set<string>,
): Promise<void> {
  const missing = new Map<string, number>();
  for (const slug of wanted) if (numbered.has(slug)) missing.set(slug, (missing.get(slug) ?? 0) + 1);
  for (let first = 2, width = 10; missing.size > 0; first += width, width *= 10) {
    const candidates = [...missing.keys()].flatMap((slug) =>
      Array.from({ length: width }, (_, place) => [slug, `${slug}-${first + place}`] as const),
    );
    const found = await takenOf(
      tx,
      candidates.map(([, numberedSlug]) => numberedSlug),
    );
    for (const slug of found) taken.add(slug);
    for (const [slug, candidate] of candidates)
      if (!found.has(candidate)) missing.set(slug, (missing.get(slug) ?? 0) - 1);
    for (const [slug, count] of missing) if (count <= 0) missing.delete(slug);
  }
}

async function takenOf(tx: TerritoryTransaction, slugs: readonly string[]): Promise<Set<string>> {
  if (slugs.length === 0) return new Set();
  const rows = await tx
    .selectFrom('organisations')
    .select('slug')
    .where('territory_id', '=', tx.territoryId)
    .where('withdrawn_at', 'is', null)
    .where((has) => has.eb('slug', '=', has.fn.any(has.val([...slugs]))))
    .execute();
  return new Set(rows.map((row) => row.slug));
}
