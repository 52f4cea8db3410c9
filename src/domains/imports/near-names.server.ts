/**
 * Names that are nearly the same, or that an organisation bore once: what no index of the database finds under row
 * security is found in memory.
 *
 * Must always hold: what is found here is a question for a person, never an answer.
 */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { ASKED_FROM, duplicateIndex, type DuplicateIndex, type LikenessReason } from '../territory/duplicates.ts';
import type { Candidate, NearNames } from './matching.server.ts';

/** In a larger directory, only equal names are asked about: the index would not fit the memory. */
const MOST_KNOWN = 200_000;

interface Known extends Omit<Candidate, 'why'> {
  readonly otherNames: readonly string[];
  readonly communeCode: string | null;
}

/** Reads the directory at the first question, and once. */
export function nearNames(): NearNames {
  let index: DuplicateIndex<Known> | undefined;
  return async (tx, { name, siren, website }) => {
    index ??= duplicateIndex(await readKnown(tx), ASKED_FROM);
    const found = name === '' ? [] : index.find({ name, siren, website });
    return found.map(({ entry, reasons }) => ({
      id: entry.id,
      slug: entry.slug,
      name: entry.name,
      siren: entry.siren,
      website: entry.website,
      commune: entry.commune,
      why: whyOf(reasons),
    }));
  };
}

function whyOf(reasons: readonly LikenessReason[]): Candidate['why'] {
  if (reasons.includes('domain')) return 'host';
  return reasons.includes('name') ? 'name' : 'similar';
}

async function readKnown(tx: TerritoryTransaction): Promise<Known[]> {
  const { rows } = await sql<Known & { id: OrganisationId }>`
    select id, slug, name, siren, website, commune, other_names as "otherNames", commune_code as "communeCode"
    from organisations where territory_id = ${tx.territoryId} and withdrawn_at is null and merged_into_id is null
    limit ${MOST_KNOWN + 1}`.execute(tx);
  return rows.length > MOST_KNOWN ? [] : rows;
}
