/** A match between a giver and a receiver, with the need and the offer behind it: plain, lawful, accepted unless told. */
import type { MatchId } from '../../src/domains/delivery/session.ts';
import { seedKinds } from '../../src/domains/support/kind-commands.server.ts';
import type { NeedId } from '../../src/domains/support/need.ts';
import type { PersonPrincipal } from '../../src/domains/territory/principal.ts';
import type { Territory } from '../../src/domains/territory/visit.ts';
import { newId, type Id } from '../../src/lib/ids.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../../src/platform/postgres/database.ts';
import { makeOrganisation, makePerson, NOW, type MadeOrganisation } from './territory.ts';

export interface MadeMatch {
  readonly id: MatchId;
  readonly needId: NeedId;
  readonly offerId: Id<'offer'>;
  readonly giver: MadeOrganisation;
  readonly receiver: MadeOrganisation;
  /** A member of each side. */
  readonly giverPerson: PersonPrincipal;
  readonly receiverPerson: PersonPrincipal;
}

export interface MatchGiven {
  readonly giver?: MadeOrganisation;
  readonly receiver?: MadeOrganisation;
  readonly kindCode?: string;
  readonly unit?: 'half-day' | 'introduction' | 'desk-day' | 'test-ground-day';
  readonly quantity?: number;
  readonly capacity?: number;
  readonly title?: string;
  readonly state?: 'proposed' | 'accepted';
  readonly statedAt?: Temporal.Instant;
}

export async function makeMatch(database: Database, territory: Territory, given: MatchGiven = {}): Promise<MadeMatch> {
  const giver = given.giver ?? (await makeOrganisation(database, territory, { parts: ['company-partner'] }));
  const receiver = given.receiver ?? (await makeOrganisation(database, territory, { parts: ['startup'] }));
  const giverPerson = await makePerson(database, territory, { memberOf: [[giver.id, 'manager']] });
  const receiverPerson = await makePerson(database, territory, { memberOf: [[receiver.id, 'manager']] });
  const ids = { id: newId<'match'>(NOW), needId: newId<'need'>(NOW), offerId: newId<'offer'>(NOW) };
  const made = { ...ids, giver, receiver, giverPerson, receiverPerson };
  await withTerritory(database, territory.id, (tx) => write(tx, made, given));
  return made;
}

async function write(tx: TerritoryTransaction, made: MadeMatch, given: MatchGiven): Promise<void> {
  const {
    kindCode = 'legal',
    unit = 'half-day',
    quantity = 1,
    capacity = 10,
    title = 'Un avis sur nos brevets',
    state = 'accepted',
    statedAt = NOW,
  } = given;
  const stated = {
    territory_id: tx.territoryId,
    kind_code: kindCode,
    unit,
    created_at: statedAt,
    updated_at: statedAt,
  };
  const answer = state === 'accepted' ? 'accepted' : null;
  await seedKinds(tx);
  await tx
    .insertInto('needs')
    .values({
      ...stated,
      id: made.needId,
      organisation_id: made.receiver.id,
      quantity,
      title,
      created_by: made.receiverPerson.personId,
    })
    .execute();
  await tx
    .insertInto('offers')
    .values({
      ...stated,
      id: made.offerId,
      organisation_id: made.giver.id,
      capacity,
      title: `Offre : ${title}`,
      created_by: made.giverPerson.personId,
    })
    .execute();
  await tx
    .insertInto('matches')
    .values({
      territory_id: tx.territoryId,
      id: made.id,
      need_id: made.needId,
      offer_id: made.offerId,
      introduced_by: made.giverPerson.personId,
      quantity,
      state,
      need_answer: answer,
      offer_answer: answer,
      created_at: statedAt,
      updated_at: statedAt,
    })
    .execute();
}
