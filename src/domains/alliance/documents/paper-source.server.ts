/** What a document is made of before it has a number, and who asks for it when. */
import type { OrganisationId } from '../../../lib/ids.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { DocumentKind, Facts } from './document.ts';

export type IssuingVisit = Pick<TerritoryVisit, 'principal' | 'territory' | 'today' | 'now' | 'fillRandom'>;

export interface PaperSource<Own extends Facts> {
  readonly kind: DocumentKind;
  readonly organisationId: OrganisationId | null;
  readonly issueKey: string;
  readonly facts: Own;
}
