/** The only place that writes organisations, their parts and their themes. */
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import { slugOf } from '../../lib/slug.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import type { Part } from './organisation.ts';
import { mayChangeParts, mayCreateOrganisation, mayEditOrganisation } from './policy.ts';
import type { Principal } from './principal.ts';
import type { OrganisationInput } from './schema.ts';

export type OrganisationRefusal = 'not-allowed' | 'siren-taken' | 'unknown-theme';

export async function createOrganisation(
  tx: TerritoryTransaction,
  principal: Principal,
  input: OrganisationInput,
  at: Moment,
): Promise<Result<{ id: OrganisationId; slug: string }, OrganisationRefusal>> {
  if (!mayCreateOrganisation(principal)) return refused('not-allowed');
  const obstacle = await obstacleTo(tx, input);
  if (obstacle !== undefined) return obstacle;
  const id = newId<'organisation'>(at.now, at.fillRandom);
  const slug = await freeSlug(tx, input.name);
  await tx
    .insertInto('organisations')
    .values({ territory_id: tx.territoryId, id, slug, ...columnsOf(input), created_at: at.now, updated_at: at.now })
    .execute();
  await replaceParts(tx, id, input.parts);
  await replaceThemes(tx, id, input.themes);
  await appendEvent(tx, principal, { kind: 'organisation-created', subjectId: id, payload: { name: input.name } }, at);
  return done({ id, slug });
}

/** Refuses `stale` when somebody else changed the organisation since `input.version` was read. */
export async function editOrganisation(
  tx: TerritoryTransaction,
  principal: Principal,
  organisationId: OrganisationId,
  input: OrganisationInput,
  at: Moment,
): Promise<Result<{ slug: string }, OrganisationRefusal | 'stale'>> {
  if (!mayEditOrganisation(principal, organisationId)) return refused('not-allowed');
  const obstacle = await obstacleTo(tx, input, organisationId);
  if (obstacle !== undefined) return obstacle;
  const changed = await tx
    .updateTable('organisations')
    .set((column) => ({ ...columnsOf(input), updated_at: at.now, version: column('version', '+', 1) }))
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', organisationId)
    .where('version', '=', input.version)
    .returning('slug')
    .executeTakeFirst();
  if (changed === undefined) return refused('stale');
  if (mayChangeParts(principal)) await replaceParts(tx, organisationId, input.parts);
  await replaceThemes(tx, organisationId, input.themes);
  await appendEvent(tx, principal, { kind: 'organisation-edited', subjectId: organisationId }, at);
  return done({ slug: changed.slug });
}

async function obstacleTo(tx: TerritoryTransaction, input: OrganisationInput, self?: OrganisationId) {
  if (input.siren !== undefined) {
    const holder = await tx
      .selectFrom('organisations')
      .select(['id', 'name'])
      .where('territory_id', '=', tx.territoryId)
      .where('siren', '=', input.siren)
      .executeTakeFirst();
    if (holder !== undefined && holder.id !== self) return refused('siren-taken' as const, { name: holder.name });
  }
  if (input.themes.length > 0) {
    const known = await tx
      .selectFrom('themes')
      .select('code')
      .where('territory_id', '=', tx.territoryId)
      .where('code', 'in', input.themes)
      .execute();
    if (known.length < input.themes.length) return refused('unknown-theme' as const);
  }
  return undefined;
}

/** The name's slug, numbered when another organisation holds it. */
async function freeSlug(tx: TerritoryTransaction, name: string): Promise<string> {
  const wanted = slugOf(name, 'organisation');
  const taken = await tx
    .selectFrom('organisations')
    .select('slug')
    .where('territory_id', '=', tx.territoryId)
    .where('slug', 'like', `${wanted}%`)
    .execute();
  const slugs = new Set(taken.map((row) => row.slug));
  let slug = wanted;
  for (let number = 2; slugs.has(slug); number++) slug = `${wanted}-${number}`;
  return slug;
}

async function replaceParts(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  parts: readonly Part[],
): Promise<void> {
  await tx
    .deleteFrom('organisation_parts')
    .where('territory_id', '=', tx.territoryId)
    .where('organisation_id', '=', organisationId)
    .execute();
  await tx
    .insertInto('organisation_parts')
    .values(parts.map((part) => ({ territory_id: tx.territoryId, organisation_id: organisationId, part })))
    .execute();
}

async function replaceThemes(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  themes: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('organisation_themes')
    .where('territory_id', '=', tx.territoryId)
    .where('organisation_id', '=', organisationId)
    .execute();
  if (themes.length === 0) return;
  await tx
    .insertInto('organisation_themes')
    .values(
      themes.map((theme) => ({ territory_id: tx.territoryId, organisation_id: organisationId, theme_code: theme })),
    )
    .execute();
}

function columnsOf(input: OrganisationInput) {
  return {
    name: input.name,
    siren: input.siren ?? null,
    naf_section: input.nafSection ?? null,
    commune: input.commune === '' ? null : input.commune,
    employees: input.employees ?? null,
    founded_on: input.foundedOn ?? null,
    website: input.website ?? null,
    summary_fr: input.summaryFr,
    summary_en: input.summaryEn,
  };
}
