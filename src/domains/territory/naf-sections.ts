/**
 * Sections of the French classification of activities (NAF rév. 2): one letter each, A to U. Source: INSEE.
 * Must always hold: every section has its name in both languages.
 */
import type { Locale } from '../../i18n/locale.ts';

export const NAF_SECTION_NAMES: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  A: ['Agriculture, sylviculture et pêche', 'Agriculture, forestry and fishing'],
  B: ['Industries extractives', 'Mining and quarrying'],
  C: ['Industrie manufacturière', 'Manufacturing'],
  D: ['Électricité, gaz, vapeur et air conditionné', 'Electricity, gas, steam and air conditioning'],
  E: ['Eau, assainissement, déchets et dépollution', 'Water, sewerage, waste and remediation'],
  F: ['Construction', 'Construction'],
  G: ['Commerce, réparation d’automobiles', 'Trade, repair of motor vehicles'],
  H: ['Transports et entreposage', 'Transport and storage'],
  I: ['Hébergement et restauration', 'Accommodation and food service'],
  J: ['Information et communication', 'Information and communication'],
  K: ['Finance et assurance', 'Finance and insurance'],
  L: ['Immobilier', 'Real estate'],
  M: ['Activités spécialisées, scientifiques et techniques', 'Professional, scientific and technical activities'],
  N: ['Services administratifs et de soutien', 'Administrative and support services'],
  O: ['Administration publique', 'Public administration'],
  P: ['Enseignement', 'Education'],
  Q: ['Santé humaine et action sociale', 'Health and social work'],
  R: ['Arts, spectacles et loisirs', 'Arts, entertainment and recreation'],
  S: ['Autres services', 'Other services'],
  T: ['Ménages employeurs', 'Households as employers'],
  U: ['Activités extraterritoriales', 'Extraterritorial organisations'],
};

export const NAF_SECTIONS: readonly string[] = Object.keys(NAF_SECTION_NAMES);

export function nafLabel(locale: Locale, letter: string): string {
  const names = NAF_SECTION_NAMES[letter];
  return names === undefined ? letter : `${letter} · ${locale === 'fr' ? names[0] : names[1]}`;
}
