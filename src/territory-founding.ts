/** A territory's first hour: its row, the kinds of help one starts with, and the administrator who fills the rest. */
import { z } from 'zod';
import { seedKinds } from './domains/support/kind-commands.server.ts';
import { newId, type FillRandom, type TerritoryId } from './lib/ids.ts';
import { done, refused, type Result } from './lib/result.ts';
import { constraintOf, withTerritory, type Database } from './platform/postgres/database.ts';

export const foundingInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the territory a name of 1 to 120 characters with --name.')
    .max(120, 'Give the territory a name of 1 to 120 characters with --name.'),
  address: z
    .string()
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/u,
      'Give the word of its addresses with --address: lower-case letters, figures and hyphens, such as saint-etienne.',
    )
    .min(2, 'The word of its addresses has at least 2 letters.')
    .max(60, 'The word of its addresses has at most 60 letters.'),
  administrator: z
    .email('Give the administrator’s mail address with --administrator.')
    .transform((email) => email.toLowerCase()),
  administratorName: z.string().trim().min(1).max(120).optional(),
  region: z
    .string()
    .regex(/^[0-9A-Z]{1,3}$/u, 'A region is its INSEE code, such as 84.')
    .optional(),
  zone: z.string().refine(isZone, 'A time zone is written like Europe/Paris.').default('Europe/Paris'),
});
export type FoundingInput = z.output<typeof foundingInput>;

export interface FoundingMoment {
  readonly now: Temporal.Instant;
  readonly fillRandom: FillRandom;
}

/** Refuses `address-taken` when another territory, or a page of the instance, has this word. */
export async function foundTerritory(
  database: Database,
  input: FoundingInput,
  at: FoundingMoment,
): Promise<Result<TerritoryId, 'address-taken'>> {
  if (INSTANCE_WORDS.has(input.address)) return refused('address-taken');
  const territoryId = newId<'territory'>(at.now, at.fillRandom);
  const personId = newId<'person'>(at.now, at.fillRandom);
  try {
    await withTerritory(database, territoryId, async (tx) => {
      await tx
        .insertInto('territories')
        .values({
          id: territoryId,
          slug: input.address,
          name: input.name,
          region_code: input.region ?? null,
          zone: input.zone,
          created_at: at.now,
        })
        .execute();
      await tx
        .insertInto('people')
        .values({
          territory_id: territoryId,
          id: personId,
          email: input.administrator,
          name: input.administratorName ?? input.administrator,
          created_at: at.now,
        })
        .execute();
      await tx
        .insertInto('role_grants')
        .values({ territory_id: territoryId, person_id: personId, role: 'administrator', granted_at: at.now })
        .execute();
      await tx
        .insertInto('territory_addresses')
        .values({ email: input.administrator, territory_id: territoryId })
        .execute();
      await seedKinds(tx);
    });
  } catch (error) {
    if (constraintOf(error) === 'territories_slug_key') return refused('address-taken');
    throw error;
  }
  return done(territoryId);
}

/** First words of the instance's own addresses, which no territory may have. */
const INSTANCE_WORDS: ReadonlySet<string> = new Set([
  'api',
  'apparence',
  'assets',
  'connexion',
  'deconnexion',
  'health',
  'mails',
]);

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
