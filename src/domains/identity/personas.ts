/**
 * The people of the demonstration territory through whom a visitor can look around, one for each way of
 * taking part. The demonstration's data makes them; the page `/:territory/demonstration` signs in as them.
 *
 * Must always hold: invented people, addresses under `.example` that no mail can reach, ids that never change.
 */
import { ensureId, type PersonId } from '../../lib/ids.ts';

export interface Persona {
  /** The last part of the one-click address: `/clermont-auvergne/demonstration/equipe`. */
  readonly slug: PersonaSlug;
  readonly personId: PersonId;
  readonly email: string;
  readonly name: string;
  /** Roles in the territory, in the words of its `role_grants`. */
  readonly roles: readonly ('administrator' | 'programme-team' | 'expert' | 'funder' | 'committee-member')[];
  /** The organisation the person belongs to, by its slug in the territory. */
  readonly membership: { readonly organisationSlug: string; readonly role: 'manager' | 'member' } | undefined;
}

export const PERSONA_SLUGS = [
  'equipe',
  'startup',
  'partenaire',
  'administration',
  'membre',
  'expert',
  'financeur',
  'comite',
] as const;
export type PersonaSlug = (typeof PERSONA_SLUGS)[number];

/** In the order in which the demonstration offers them. */
export const demonstrationPersonas: readonly Persona[] = [
  persona(1, 'equipe', 'Nadia Ferrand', ['programme-team']),
  persona(2, 'startup', 'Hugo Vasseur', [], { organisationSlug: 'mybus', role: 'manager' }),
  persona(3, 'partenaire', 'Hélène Garnier', [], { organisationSlug: 'michelin', role: 'manager' }),
  persona(4, 'administration', 'Paul Chassagne', ['administrator']),
  persona(5, 'membre', 'Inès Roche', [], { organisationSlug: 'mybus', role: 'member' }),
  persona(6, 'expert', 'Karim Belkacem', ['expert']),
  persona(7, 'financeur', 'Claire Montel', ['funder'], {
    organisationSlug: 'clermont-auvergne-metropole',
    role: 'manager',
  }),
  persona(8, 'comite', 'Jean-Marc Delorme', ['committee-member']),
];

export function personaOf(slug: string): Persona | undefined {
  return demonstrationPersonas.find((persona) => persona.slug === slug);
}

function persona(
  number: number,
  slug: PersonaSlug,
  name: string,
  roles: Persona['roles'],
  membership?: Persona['membership'],
): Persona {
  return {
    slug,
    personId: ensureId<'person'>(`01660000-0000-7000-8000-00000000000${number}`),
    email: `${slug}@demonstration.terreau.example`,
    name,
    roles,
    membership,
  };
}
