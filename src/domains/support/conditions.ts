/**
 * Whether an offer's conditions allow a need: sectors, places, size, sole traders, period.
 *
 * Must always hold: a condition refuses only on a fact that is known and that contradicts it; a fact that is not
 * known allows, with a note that a person has to verify; every refusal and every note can be said in one sentence
 * (`eligibility-words.ts`). A need with several sectors is allowed when one of them is. Periods are half-open: the
 * day `availableUntil` is the first one on which the offer is gone.
 */
import { regionOfDepartment } from './places.ts';

export interface OfferConditions {
  /** NAF sections that may ask; empty: all. */
  readonly nafSections: readonly string[];
  /** INSEE codes of regions that may ask; empty, with no departments and no other places: all. */
  readonly regions: readonly string[];
  /** INSEE codes of departments that may ask. */
  readonly departments: readonly string[];
  /** Places told in words, that a person has to compare. */
  readonly otherPlaces: readonly string[];
  readonly minEmployees: number | null;
  readonly maxEmployees: number | null;
  readonly excludesSoleTraders: boolean;
  /** Conditions told in words, that only a person can judge. */
  readonly toVerify: readonly string[];
  readonly availableFrom: Temporal.PlainDate | null;
  /** Exclusive. */
  readonly availableUntil: Temporal.PlainDate | null;
}

/** What the jsonb column holds; the period has columns of its own. */
export type StoredConditions = Partial<Omit<OfferConditions, 'availableFrom' | 'availableUntil'>>;

export interface NeedFacts {
  /** NAF sections of the project or of the organisation; empty: not known. */
  readonly nafSections: readonly string[];
  readonly regionCode: string | null;
  readonly employees: number | null;
  readonly isSoleTrader: boolean | null;
}

/** What a need says of its project beyond what its organisation's page says. */
export type StoredFacts = Partial<NeedFacts>;

export const NO_CONDITIONS: OfferConditions = {
  nafSections: [],
  regions: [],
  departments: [],
  otherPlaces: [],
  minEmployees: null,
  maxEmployees: null,
  excludesSoleTraders: false,
  toVerify: [],
  availableFrom: null,
  availableUntil: null,
};

export const UNKNOWN_FACTS: NeedFacts = { nafSections: [], regionCode: null, employees: null, isSoleTrader: null };

export const REFUSAL_CODES = [
  'naf-section',
  'region',
  'too-few-employees',
  'too-many-employees',
  'sole-trader',
  'not-yet-available',
  'no-longer-available',
] as const;
export const REMARK_CODES = [
  'naf-section-to-verify',
  'region-to-verify',
  'place-to-verify',
  'employees-to-verify',
  'sole-trader-to-verify',
  'condition-to-verify',
] as const;
export type EligibilityCode = (typeof REFUSAL_CODES)[number] | (typeof REMARK_CODES)[number];

/** `facts` are codes and figures; the sentence turns them into names. Lists are joined by commas, days are ISO. */
export interface EligibilityNote {
  readonly code: EligibilityCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

export type Eligibility =
  | { readonly allowed: true; readonly remarks: readonly EligibilityNote[] }
  | { readonly allowed: false; readonly reasons: readonly EligibilityNote[] };

/** May an offer with these conditions serve a need with these facts, on this day? All reasons are told, not the first. */
export function isEligible(conditions: OfferConditions, facts: NeedFacts, on: Temporal.PlainDate): Eligibility {
  const notes = [
    ...periodNotes(conditions, on),
    ...sectorNotes(conditions, facts),
    ...placeNotes(conditions, facts),
    ...sizeNotes(conditions, facts),
    ...soleTraderNotes(conditions, facts),
    ...conditions.toVerify.map((text) => note('condition-to-verify', { text })),
  ];
  const reasons = notes.filter((each) => (REFUSAL_CODES as readonly string[]).includes(each.code));
  return reasons.length > 0 ? { allowed: false, reasons } : { allowed: true, remarks: notes };
}

/** Whether the offer can be used on that day at all. */
export function isAvailable(
  conditions: Pick<OfferConditions, 'availableFrom' | 'availableUntil'>,
  on: Temporal.PlainDate,
): boolean {
  return periodNotes(conditions, on).length === 0;
}

/** The jsonb of the `offers` table and its period, whole; what an older row lacks is taken as unrestricted. */
export function readConditions(
  stored: unknown,
  availableFrom: Temporal.PlainDate | null,
  availableUntil: Temporal.PlainDate | null,
): OfferConditions {
  return { ...NO_CONDITIONS, ...(stored as StoredConditions), availableFrom, availableUntil };
}

/** What the jsonb column keeps: only what restricts. */
export function storeConditions(conditions: OfferConditions): StoredConditions {
  const { availableFrom: _from, availableUntil: _until, ...rest } = conditions;
  return Object.fromEntries(
    Object.entries(rest).filter(
      ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** What the need says of its project, and of the rest what its organisation's page says. */
export function readFacts(
  stored: unknown,
  organisation: {
    readonly nafSection: string | null;
    readonly regionCode: string | null;
    readonly employees: number | null;
  },
): NeedFacts {
  const own = stored as StoredFacts;
  const sections = own.nafSections ?? [];
  return {
    nafSections: sections.length > 0 ? sections : organisation.nafSection === null ? [] : [organisation.nafSection],
    regionCode: own.regionCode ?? organisation.regionCode,
    employees: own.employees ?? organisation.employees,
    isSoleTrader: own.isSoleTrader ?? null,
  };
}

/** What the jsonb column of a need keeps: only what is known. */
export function storeFacts(facts: NeedFacts): StoredFacts {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

function periodNotes(
  { availableFrom, availableUntil }: Pick<OfferConditions, 'availableFrom' | 'availableUntil'>,
  on: Temporal.PlainDate,
): EligibilityNote[] {
  if (availableFrom !== null && Temporal.PlainDate.compare(on, availableFrom) < 0)
    return [note('not-yet-available', { date: availableFrom.toString() })];
  if (availableUntil !== null && Temporal.PlainDate.compare(on, availableUntil) >= 0) {
    return [note('no-longer-available', { date: availableUntil.subtract({ days: 1 }).toString() })];
  }
  return [];
}

function sectorNotes({ nafSections }: OfferConditions, facts: NeedFacts): EligibilityNote[] {
  if (nafSections.length === 0) return [];
  const allowed = nafSections.join(',');
  if (facts.nafSections.length === 0) return [note('naf-section-to-verify', { allowed })];
  if (facts.nafSections.some((section) => nafSections.includes(section))) return [];
  return [note('naf-section', { allowed, actual: facts.nafSections.join(',') })];
}

function placeNotes(
  { regions, departments, otherPlaces }: OfferConditions,
  { regionCode }: NeedFacts,
): EligibilityNote[] {
  if (regions.length + departments.length + otherPlaces.length === 0) return [];
  const facts = { regions: regions.join(','), departments: departments.join(','), places: otherPlaces.join(' ; ') };
  if (regionCode === null) return [note('region-to-verify', facts)];
  if (regions.includes(regionCode)) return [];
  const holdsDepartment = departments.some((code) => regionOfDepartment(code) === regionCode);
  if (holdsDepartment || otherPlaces.length > 0) return [note('place-to-verify', { ...facts, actual: regionCode })];
  return [note('region', { ...facts, actual: regionCode })];
}

function sizeNotes({ minEmployees, maxEmployees }: OfferConditions, { employees }: NeedFacts): EligibilityNote[] {
  if (minEmployees === null && maxEmployees === null) return [];
  const facts = { minimum: minEmployees ?? 0, maximum: maxEmployees ?? -1 };
  if (employees === null) return [note('employees-to-verify', facts)];
  if (minEmployees !== null && employees < minEmployees)
    return [note('too-few-employees', { minimum: minEmployees, actual: employees })];
  if (maxEmployees !== null && employees > maxEmployees)
    return [note('too-many-employees', { maximum: maxEmployees, actual: employees })];
  return [];
}

/** A sole trader is a legal regime of a person, not a size: known only when the need says so. */
function soleTraderNotes({ excludesSoleTraders }: OfferConditions, { isSoleTrader }: NeedFacts): EligibilityNote[] {
  if (!excludesSoleTraders || isSoleTrader === false) return [];
  return [note(isSoleTrader === null ? 'sole-trader-to-verify' : 'sole-trader', {})];
}

function note(code: EligibilityCode, facts: EligibilityNote['facts']): EligibilityNote {
  return { code, facts };
}
