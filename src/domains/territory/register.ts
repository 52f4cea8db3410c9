/**
 * What the public register completes of an organisation.
 *
 * Must always hold: the register decides on the legal name, the activity, the range of staff and the closing; whatever
 * else somebody stated stays, and only what was open is filled. Its head office is not taken for the place of an
 * organisation that stands in another town. A firm that is not open to diffusion is taken off the public list and
 * nothing else is copied.
 */
import type { Facts, FactValues } from './facts.ts';
import { isSiret, sirenOf } from './siren.ts';

/** The part of the register's answer that facts are made of. */
export interface RegisteredFirm {
  readonly legalName: string | null;
  readonly nafCode: string | null;
  readonly nafSection: string | null;
  readonly createdOn: string | null;
  readonly closedOn: string | null;
  readonly isClosed: boolean;
  readonly isDiffusible: boolean;
  readonly headcountCode: string | null;
  readonly headOffice: {
    readonly siret: string | null;
    readonly address: string | null;
    readonly postalCode: string | null;
    readonly communeCode: string | null;
    readonly commune: string | null;
    readonly latitude: number | null;
    readonly longitude: number | null;
  };
}

export type RegisterState = 'verified' | 'unverified' | 'closed' | 'not-diffusible';

/** The code of the territory's own field that holds the range of staff. */
export const HEADCOUNT_FIELD = 'headcount-range';

const HEADCOUNTS: Readonly<Record<string, string>> = {
  '00': '0',
  '01': '1–2',
  '02': '3–5',
  '03': '6–9',
  '11': '10–19',
  '12': '20–49',
  '21': '50–99',
  '22': '100–199',
  '31': '200–249',
  '32': '250–499',
  '41': '500–999',
  '42': '1000–1999',
  '51': '2000–4999',
  '52': '5000–9999',
  '53': '10000+',
};

export function registerStateOf(firm: RegisteredFirm | undefined): RegisterState {
  if (firm === undefined) return 'unverified';
  if (!firm.isDiffusible) return 'not-diffusible';
  return firm.isClosed ? 'closed' : 'verified';
}

export function factsFromRegister(known: Facts, firm: RegisteredFirm): FactValues {
  if (!firm.isDiffusible) return { isListed: false };
  const range = HEADCOUNTS[firm.headcountCode ?? ''];
  const closedOn = firm.isClosed ? dayOf(firm.closedOn) : undefined;
  return {
    legalName: firm.legalName?.slice(0, 200) ?? known.legalName,
    nafCode: firm.nafCode ?? known.nafCode,
    nafSection: firm.nafSection ?? known.nafSection,
    foundedOn: known.foundedOn ?? dayOf(firm.createdOn) ?? null,
    ...(closedOn === undefined ? {} : { closedOn }),
    ...(range === undefined ? {} : { extra: { [HEADCOUNT_FIELD]: range } }),
    ...placeFacts(known, firm.headOffice),
  };
}

function placeFacts(known: Facts, office: RegisteredFirm['headOffice']): FactValues {
  const isElsewhere =
    (known.siret !== null && known.siret !== office.siret) ||
    (known.communeCode !== null && known.communeCode !== office.communeCode) ||
    (known.communeCode === null && known.commune !== null && !isSameTown(known.commune, office.commune));
  if (isElsewhere) return {};
  const isPlaced = known.latitude !== null;
  return {
    siret: known.siret ?? (isOwnSiret(office.siret, known.siren) ? office.siret : null),
    address: known.address ?? office.address,
    postalCode: known.postalCode ?? office.postalCode,
    communeCode: known.communeCode ?? office.communeCode,
    commune: known.commune ?? office.commune,
    latitude: isPlaced ? known.latitude : office.latitude,
    longitude: isPlaced ? known.longitude : office.longitude,
  };
}

function isOwnSiret(siret: string | null, siren: string | null): boolean {
  return siret !== null && isSiret(siret) && sirenOf(siret) === siren;
}

/** The register writes towns in capitals, without accents and hyphens. */
function isSameTown(one: string, other: string | null): boolean {
  const bare = (town: string) =>
    town
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, ' ')
      .trim();
  return other !== null && bare(one) === bare(other);
}

function dayOf(text: string | null): Temporal.PlainDate | undefined {
  try {
    return text === null ? undefined : Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
