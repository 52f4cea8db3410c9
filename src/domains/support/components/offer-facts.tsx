/** What is known of an offer, and for whom it is, name and value. */
import { formatter } from '../../../i18n/format.ts';
import type { Fact } from '../../../ui/components/description-list.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { OfferConditions } from '../conditions.ts';
import { placesIn } from '../eligibility-words.ts';
import { supportText } from '../messages.ts';
import type { WholeOffer } from '../offer-queries.server.ts';
import { mayEdit, mayReadRates } from '../policy.ts';
import { sectionLines, themeLinks } from './need-facts.tsx';
import { amount } from './words.tsx';

export function offerFacts(offer: WholeOffer, themes: ReadonlyMap<string, string>, visit: TerritoryVisit): Fact[] {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const period = periodIn(offer.conditions, visit);
  const known: (Fact | false)[] = [
    { term: t('column.capacity'), details: amount(t, offer.unit, offer.capacity) },
    offer.minimum > 0 && { term: t('offer.minimum'), details: amount(t, offer.unit, offer.minimum) },
    offer.liveUnits > 0 && { term: t('offer.promised'), details: amount(t, offer.unit, offer.liveUnits) },
    offer.state !== 'withdrawn' && { term: t('offer.left'), details: amount(t, offer.unit, offer.remaining) },
    period !== undefined && { term: t('offer.period'), details: period },
    offer.themeCodes.length > 0 && {
      term: t('column.themes'),
      details: themeLinks(offer.themeCodes, themes, pathIn(visit, 'apports')),
    },
    { term: t('column.stated'), details: write.dayOf(offer.createdAt) },
    mayEdit(visit.principal, offer) && { term: t('column.visibility'), details: t(`visibility.${offer.visibility}`) },
    mayReadRates(visit.principal, offer) && {
      term: t('rate.see'),
      details: <a href={pathIn(visit, 'apports', offer.id, 'valeur')}>{t('rate.open')}</a>,
    },
  ];
  return known.filter((fact) => fact !== false);
}

/** Empty when everybody may ask. */
export function conditionFacts(conditions: OfferConditions, visit: TerritoryVisit): Fact[] {
  const t = supportText(visit.locale);
  const { nafSections, regions, departments, otherPlaces, minEmployees, maxEmployees, toVerify } = conditions;
  const size = { minimum: minEmployees ?? 0, maximum: maxEmployees ?? 0 };
  const sizeKey =
    minEmployees === null ? 'offer.sizeMaximum' : maxEmployees === null ? 'offer.sizeMinimum' : 'offer.sizeBoth';
  const known: (Fact | false)[] = [
    nafSections.length > 0 && { term: t('offer.sections'), details: sectionLines(nafSections, visit) },
    regions.length + departments.length + otherPlaces.length > 0 && {
      term: t('offer.regions'),
      details: placesIn(visit.locale, {
        regions: regions.join(','),
        departments: departments.join(','),
        places: otherPlaces.join(' ; '),
      }),
    },
    (minEmployees !== null || maxEmployees !== null) && { term: t('offer.size'), details: t(sizeKey, size) },
    conditions.excludesSoleTraders && { term: t('offer.soleTraders'), details: t('offer.soleTradersNo') },
    toVerify.length > 0 && {
      term: t('offer.toVerify'),
      details: (
        <ul>
          {toVerify.map((text) => (
            <li>{text}</li>
          ))}
        </ul>
      ),
    },
  ];
  return known.filter((fact) => fact !== false);
}

/** « du 1er janvier au 30 juin 2027 », « jusqu’au … », or undefined when it has no end and no beginning. */
export function periodIn(
  { availableFrom, availableUntil }: OfferConditions,
  visit: TerritoryVisit,
): string | undefined {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const last = availableUntil?.subtract({ days: 1 });
  if (availableFrom !== null && last !== undefined)
    return t('period.both', { from: write.date(availableFrom), to: write.date(last) });
  if (availableFrom !== null) return t('period.from', { from: write.date(availableFrom) });
  return last === undefined ? undefined : t('period.to', { to: write.date(last) });
}
