/**
 * Kinds of help: what a startup asks for and a partner gives, in which unit, and which kind of offer may serve which
 * kind of need. A territory starts with the five tracks of the accelerator, the four kinds of support that partners
 * owe, and two local ones; it may add its own.
 *
 * Must always hold: a kind counts in one unit; an offer serves a need of its own kind wholly (1000), of a linked kind
 * less closely (1 to 999), and only when both count in the same unit.
 */
import type { Locale } from '../../i18n/locale.ts';
import type { SupportUnit } from '../../lib/quantity.ts';

export const KIND_FAMILIES = ['track', 'support', 'local'] as const;
export type KindFamily = (typeof KIND_FAMILIES)[number];

export interface SupportKind {
  readonly code: string;
  readonly family: KindFamily;
  readonly unit: SupportUnit;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly position: number;
}

/** An offer of one kind may serve a need of another, `closeness` thousandths as well as its own kind would. */
export interface KindLink {
  readonly offerKind: string;
  readonly needKind: string;
  readonly unit: SupportUnit;
  readonly closeness: number;
}

export const DEFAULT_KINDS: readonly SupportKind[] = [
  kind('network', 'track', 'introduction', 'Réseau', 'Network'),
  kind('visibility', 'track', 'half-day', 'Visibilité', 'Visibility'),
  kind('international', 'track', 'half-day', 'International', 'International'),
  kind('financing-files', 'track', 'half-day', 'Dossiers de financement', 'Financing files'),
  kind('commercial-structuring', 'track', 'half-day', 'Structuration commerciale', 'Commercial structuring'),
  kind('expertise', 'support', 'half-day', 'Expertise', 'Expertise'),
  kind('market-access', 'support', 'introduction', 'Accès au marché', 'Market access'),
  kind('legal', 'support', 'half-day', 'Conseil juridique', 'Legal advice'),
  kind('commercial-development', 'support', 'half-day', 'Développement commercial', 'Commercial development'),
  kind('test-ground', 'local', 'test-ground-day', 'Terrain d’essai', 'Test ground'),
  kind('desk', 'local', 'desk-day', 'Poste de travail', 'Desk'),
].map((each, index) => ({ ...each, position: (index + 1) * 10 }));

export const DEFAULT_KIND_LINKS: readonly KindLink[] = [
  link('market-access', 'network', 'introduction', 800),
  link('network', 'market-access', 'introduction', 600),
  link('expertise', 'commercial-structuring', 'half-day', 600),
  link('expertise', 'international', 'half-day', 600),
  link('expertise', 'financing-files', 'half-day', 700),
  link('expertise', 'visibility', 'half-day', 500),
  link('legal', 'financing-files', 'half-day', 600),
  link('legal', 'commercial-structuring', 'half-day', 500),
  link('legal', 'international', 'half-day', 500),
  link('commercial-development', 'commercial-structuring', 'half-day', 900),
  link('commercial-development', 'international', 'half-day', 700),
  link('commercial-development', 'visibility', 'half-day', 600),
  link('commercial-structuring', 'commercial-development', 'half-day', 800),
  link('financing-files', 'expertise', 'half-day', 500),
];

/** 1000 for the same kind, the link's thousandths for a linked one, 0 when such an offer may not serve such a need. */
export function closenessOf(links: readonly KindLink[], offerKind: string, needKind: string): number {
  if (offerKind === needKind) return 1000;
  return links.find((each) => each.offerKind === offerKind && each.needKind === needKind)?.closeness ?? 0;
}

/** The kinds of offers that may serve a need of this kind, its own first. */
export function offerKindsServing(links: readonly KindLink[], needKind: string): string[] {
  return [needKind, ...links.filter((each) => each.needKind === needKind).map((each) => each.offerKind)];
}

/** The kinds of needs that an offer of this kind may serve, its own first. */
export function needKindsServedBy(links: readonly KindLink[], offerKind: string): string[] {
  return [offerKind, ...links.filter((each) => each.offerKind === offerKind).map((each) => each.needKind)];
}

export function kindLabel(locale: Locale, kind: Pick<SupportKind, 'labelFr' | 'labelEn'>): string {
  return locale === 'fr' ? kind.labelFr : kind.labelEn;
}

function kind(code: string, family: KindFamily, unit: SupportUnit, labelFr: string, labelEn: string): SupportKind {
  return { code, family, unit, labelFr, labelEn, position: 0 };
}

function link(offerKind: string, needKind: string, unit: SupportUnit, closeness: number): KindLink {
  return { offerKind, needKind, unit, closeness };
}
