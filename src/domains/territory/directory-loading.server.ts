/** Organisations and themes that a loaded file names: written many at a time, in the transaction of the load. */
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import { slugOf } from '../../lib/slug.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import type { Part } from './organisation.ts';
import { mayCreateOrganisation } from './policy.ts';
import type { Principal } from './principal.ts';

export interface NewOrganisation {
  readonly name: string;
  readonly siren: string | null;
  readonly part: Part;
}

const BATCH = 500;

/** The ids come back in the order given. Names and SIRENs are new to the territory: the caller has looked. */
export async function createOrganisations(
  tx: TerritoryTransaction,
  principal: Principal,
  given: readonly NewOrganisation[],
  at: Moment,
): Promise<Result<OrganisationId[], 'not-allowed'>> {
  if (!mayCreateOrganisation(principal)) return refused('not-allowed');
  const taken = await takenSlugs(tx);
  const rows = given.map((each) => ({
    ...each,
    id: newId<'organisation'>(at.now, at.fillRandom),
    slug: freeSlug(taken, each.name),
  }));
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await tx
      .insertInto('organisations')
      .values(
        batch.map(({ id, slug, name, siren }) => ({
          territory_id: tx.territoryId,
          id,
          slug,
          name,
          siren,
          created_at: at.now,
          updated_at: at.now,
        })),
      )
      .execute();
    await tx
      .insertInto('organisation_parts')
      .values(batch.map(({ id, part }) => ({ territory_id: tx.territoryId, organisation_id: id, part })))
      .execute();
  }
  for (const { id, name } of rows)
    await appendEvent(tx, principal, { kind: 'organisation-created', subjectId: id, payload: { name } }, at);
  return done(rows.map((row) => row.id));
}

/** The code of each label, in the order given: a theme that is there already is taken as it is. */
export async function ensureThemes(
  tx: TerritoryTransaction,
  principal: Principal,
  labels: readonly string[],
): Promise<Result<string[], 'not-allowed'>> {
  if (!mayCreateOrganisation(principal)) return refused('not-allowed');
  const themes = labels.map((label) => ({ label, code: slugOf(label, 'theme').slice(0, 60).replace(/-+$/u, '') }));
  for (let start = 0; start < themes.length; start += BATCH) {
    await tx
      .insertInto('themes')
      .values(
        themes
          .slice(start, start + BATCH)
          .map(({ label, code }) => ({ territory_id: tx.territoryId, code, label_fr: label, label_en: label })),
      )
      .onConflict((conflict) => conflict.columns(['territory_id', 'code']).doNothing())
      .execute();
  }
  return done(themes.map((theme) => theme.code));
}

async function takenSlugs(tx: TerritoryTransaction): Promise<Set<string>> {
  const rows = await tx.selectFrom('organisations').select('slug').where('territory_id', '=', tx.territoryId).execute();
  return new Set(rows.map((row) => row.slug));
}

/** The name's slug, numbered when it is taken; taken from now on. */
function freeSlug(taken: Set<string>, name: string): string {
  const wanted = slugOf(name, 'organisation');
  let slug = wanted;
  for (let number = 2; taken.has(slug); number++) slug = `${wanted}-${number}`;
  taken.add(slug);
  return slug;
}
