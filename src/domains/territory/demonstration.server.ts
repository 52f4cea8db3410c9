/** One-press sign-in as an invented person. Must always hold: never outside of a demonstration territory. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { personaOf, type Persona, type PersonaSlug } from '../identity/personas.ts';
import { knownAddresses } from './people-queries.server.ts';
import { pathIn, type TerritoryVisit } from './visit.ts';

/** The page on which each finds what is theirs to do. */
const FIRST_PAGE: Readonly<Partial<Record<PersonaSlug, string>>> = {
  equipe: 'semaine',
  administration: 'personnes',
  startup: 'besoins',
  membre: 'besoins',
  partenaire: 'apports',
};

/** The persona of an address, when this territory is a demonstration and its data holds them. */
export async function personaAt(
  { territory }: TerritoryVisit,
  tx: TerritoryTransaction,
  slug: string,
): Promise<Persona | undefined> {
  const persona = territory.isDemonstration ? personaOf(slug) : undefined;
  if (persona === undefined) return undefined;
  return (await knownAddresses(tx, [persona.email])).has(persona.email) ? persona : undefined;
}

export async function enterAs(
  visit: TerritoryVisit,
  persona: Persona,
): Promise<{ location: string; setCookies: readonly string[] }> {
  if (!visit.territory.isDemonstration) throw new Error('One-press sign-in was asked for outside of a demonstration.');
  const { setCookies } = await visit.identity.startDemonstrationSession(persona.email, visit.headers);
  const page = FIRST_PAGE[persona.slug];
  return { location: page === undefined ? pathIn(visit) : pathIn(visit, page), setCookies };
}
