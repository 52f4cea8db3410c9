/** Needs and offers as rows: what a test does not say has a plain, lawful value. */
import { seedKinds } from '../../src/domains/support/kind-commands.server.ts';
import type { NeedId } from '../../src/domains/support/need.ts';
import type { OfferId } from '../../src/domains/support/offer.ts';
import type { Territory } from '../../src/domains/territory/visit.ts';
import { newId, type OrganisationId } from '../../src/lib/ids.ts';
import type { SupportUnit } from '../../src/lib/quantity.ts';
import { withTerritory, type Database } from '../../src/platform/postgres/database.ts';
import { NOW } from './territory.ts';

interface Stated {
  readonly organisationId: OrganisationId;
  readonly kindCode?: string;
  readonly unit?: SupportUnit;
  readonly title?: string;
  readonly body?: string;
  readonly visibility?: 'public' | 'territory' | 'team';
}

export async function makeNeed(
  database: Database,
  territory: Territory,
  given: Stated & { readonly quantity?: number; readonly urgency?: 1 | 2 | 3 },
): Promise<NeedId> {
  const id = newId<'need'>(NOW);
  await withTerritory(database, territory.id, async (tx) => {
    await seedKinds(tx);
    const { quantity = 2, urgency = 2 } = given;
    await tx
      .insertInto('needs')
      .values({ ...stated(tx.territoryId, given, 'Relire un contrat de distribution'), id, quantity, urgency })
      .execute();
  });
  return id;
}

export async function makeOffer(
  database: Database,
  territory: Territory,
  given: Stated & { readonly capacity?: number; readonly minimum?: number },
): Promise<OfferId> {
  const id = newId<'offer'>(NOW);
  await withTerritory(database, territory.id, async (tx) => {
    await seedKinds(tx);
    const { capacity = 2, minimum = 0 } = given;
    await tx
      .insertInto('offers')
      .values({ ...stated(tx.territoryId, given, 'Une juriste relit vos contrats'), id, capacity, minimum })
      .execute();
  });
  return id;
}

function stated(territoryId: Territory['id'], given: Stated, title: string) {
  return {
    territory_id: territoryId,
    organisation_id: given.organisationId,
    kind_code: given.kindCode ?? 'legal',
    unit: given.unit ?? 'half-day',
    title: given.title ?? title,
    body: given.body ?? '',
    visibility: given.visibility ?? 'territory',
    created_at: NOW,
    updated_at: NOW,
  };
}
