/**
 * An organisation of the territory and the parts it plays there.
 *
 * Must always hold: an organisation has at least one part; its SIREN, when known, is nine digits whose key is right
 * (rule ID-01); its slug is unique in the territory and does not change when the name does.
 */
import type { OrganisationId } from '../../lib/ids.ts';

export const PARTS = [
  'startup',
  'company-partner',
  'public-body',
  'research',
  'investor',
  'media',
  'support-structure',
] as const;
export type Part = (typeof PARTS)[number];

export interface OrganisationSummary {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly name: string;
  readonly summaryFr: string;
  readonly summaryEn: string;
  readonly commune: string | null;
  readonly foundedOn: Temporal.PlainDate | null;
  readonly parts: readonly Part[];
  readonly themes: readonly string[];
}

export interface Organisation extends OrganisationSummary {
  readonly siren: string | null;
  readonly nafSection: string | null;
  readonly regionCode: string | null;
  readonly employees: number | null;
  readonly website: string | null;
  readonly version: number;
}

export interface Theme {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** The text in the reader's language, in the other one when only that is written. */
export function summaryIn(
  locale: 'fr' | 'en',
  organisation: Pick<OrganisationSummary, 'summaryFr' | 'summaryEn'>,
): string {
  const own = locale === 'fr' ? organisation.summaryFr : organisation.summaryEn;
  return own === '' ? (locale === 'fr' ? organisation.summaryEn : organisation.summaryFr) : own;
}

/** The language a summary is written in when it is not the reader's own, for its `lang` attribute. */
export function summaryLanguage(
  locale: 'fr' | 'en',
  organisation: Pick<OrganisationSummary, 'summaryFr' | 'summaryEn'>,
): 'fr' | 'en' | undefined {
  const own = locale === 'fr' ? organisation.summaryFr : organisation.summaryEn;
  if (own !== '') return undefined;
  return locale === 'fr' ? 'en' : 'fr';
}

export function themeLabel(locale: 'fr' | 'en', theme: Theme): string {
  return locale === 'fr' ? theme.labelFr : theme.labelEn;
}
