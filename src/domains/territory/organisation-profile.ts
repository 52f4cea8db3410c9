/**
 * What the public page of an organisation tells beside its list entry, and how machines read it (schema.org).
 * Must always hold: what is not known is not said; a merged organisation is told by the slug of the one that is kept.
 */
import type { Locale } from '../../i18n/locale.ts';
import { summaryIn, type Organisation } from './organisation.ts';

export interface Link {
  readonly label: string;
  readonly url: string;
}

export interface Period {
  readonly since: Temporal.PlainDate | null;
  readonly until: Temporal.PlainDate | null;
}

export const TIE_KINDS = [
  'incubated-by',
  'sponsored-by',
  'part-of',
  'member-of',
  'successor-of',
  'spun-out-of',
  'other',
] as const;
export type TieKind = (typeof TIE_KINDS)[number];
export const CHANGE_SOURCES = ['form', 'api', 'import', 'register', 'merge', 'undo', 'demonstration'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

export interface OrganisationPlace extends Period {
  readonly label: string;
  readonly address: string;
  readonly postalCode: string | null;
  readonly commune: string | null;
}

export interface Tie extends Period {
  readonly kind: TieKind;
  /** Whether this organisation is the one that is incubated, owned, part of the other. */
  readonly isFrom: boolean;
  readonly name: string;
  readonly slug: string;
}

export interface OrganisationProfile {
  readonly organisation: Organisation;
  readonly legalName: string | null;
  readonly otherNames: readonly string[];
  readonly siret: string | null;
  readonly nafCode: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
  readonly arrivedOn: Temporal.PlainDate | null;
  readonly leftOn: Temporal.PlainDate | null;
  readonly closedOn: Temporal.PlainDate | null;
  readonly updatedAt: Temporal.Instant;
  readonly links: readonly Link[];
  readonly hasLogo: boolean;
  readonly isListed: boolean;
  readonly registerState: 'none' | 'pending' | 'verified' | 'unverified' | 'closed' | 'not-diffusible';
  readonly mergedIntoSlug: string | null;
  /** What the territory keeps for itself and shows to everybody. */
  readonly fields: readonly { readonly labelFr: string; readonly labelEn: string; readonly value: string }[];
  readonly places: readonly OrganisationPlace[];
  readonly phases: readonly (Period & { readonly phase: string })[];
  readonly ties: readonly Tie[];
  /** Who everybody may ask for there. */
  readonly contacts: readonly { readonly name: string; readonly title: string }[];
  /** The newest first: when, from where, how many facts. */
  readonly changes: readonly { readonly at: Temporal.Instant; readonly source: ChangeSource; readonly facts: number }[];
}

/** The organisation in the words of schema.org; addresses of pages are whole ones. */
export function structuredDataOf(
  profile: OrganisationProfile,
  page: { readonly locale: Locale; readonly address: string; readonly addressOf: (slug: string) => string },
): object {
  const { organisation, legalName, otherNames, closedOn, links, siret, nafCode } = profile;
  const { siren, website, foundedOn, employees } = organisation;
  const identifier = (propertyID: string, value: string | null) =>
    value === null ? [] : [{ '@type': 'PropertyValue', propertyID, value }];
  const identifiers = [...identifier('SIREN', siren), ...identifier('SIRET', siret), ...identifier('NAF', nafCode)];
  const parents = profile.ties.filter(({ kind, isFrom }) => isFrom && kind === 'part-of');
  return withoutBlanks({
    '@context': 'https://schema.org',
    '@type': 'Organization',
    '@id': page.address,
    name: organisation.name,
    legalName,
    alternateName: otherNames,
    description: summaryIn(page.locale, organisation),
    mainEntityOfPage: page.address,
    url: website ?? page.address,
    sameAs: links.map(({ url }) => url),
    identifier: identifiers,
    foundingDate: foundedOn?.toString(),
    dissolutionDate: closedOn?.toString(),
    numberOfEmployees: employees === null ? undefined : { '@type': 'QuantitativeValue', value: employees },
    address: addressOf(profile),
    location: positionOf(profile),
    logo: profile.hasLogo ? `${page.address}/logo` : undefined,
    parentOrganization: parents.map(({ name, slug }) => ({ '@type': 'Organization', name, url: page.addressOf(slug) })),
  });
}

function addressOf({ organisation, address, postalCode }: OrganisationProfile): object | undefined {
  if (address === null && postalCode === null && organisation.commune === null) return undefined;
  return withoutBlanks({
    '@type': 'PostalAddress',
    streetAddress: address,
    postalCode,
    addressLocality: organisation.commune,
    addressCountry: 'FR',
  });
}

function positionOf({ organisation, position }: OrganisationProfile): object | undefined {
  if (position === null) return undefined;
  return withoutBlanks({
    '@type': 'Place',
    name: organisation.commune,
    geo: { '@type': 'GeoCoordinates', ...position },
  });
}

function withoutBlanks(given: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([, value]) =>
        !(value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)),
    ),
  );
}
