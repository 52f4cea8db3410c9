/** How documents are named on a page: bound to one visit. */
import { formatter } from '../../../../i18n/format.ts';
import type { TerritoryVisit } from '../../../territory/visit.ts';
import { documentText } from '../document-messages.ts';

export function documentWords(visit: TerritoryVisit) {
  return { t: documentText(visit.locale), write: formatter(visit.locale, visit.territory.zone) };
}
