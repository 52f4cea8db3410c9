/** What is known of a need, name and value. */
import { formatter } from '../../../i18n/format.ts';
import type { Fact } from '../../../ui/components/description-list.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { supportText } from '../messages.ts';
import { nafLabel } from '../../territory/naf-sections.ts';
import type { WholeNeed } from '../need-queries.server.ts';
import { mayEdit } from '../policy.ts';
import { regionName } from '../places.ts';
import { amount } from './words.tsx';

export function needFacts(need: WholeNeed, themes: ReadonlyMap<string, string>, visit: TerritoryVisit): Fact[] {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { facts } = need;
  const known: (Fact | false)[] = [
    { term: t('column.asked'), details: amount(t, need.unit, need.quantity) },
    need.liveUnits > 0 && { term: t('need.promised'), details: amount(t, need.unit, need.liveUnits) },
    need.state === 'open' && { term: t('need.remaining'), details: amount(t, need.unit, need.remaining) },
    need.neededBy !== null && { term: t('need.neededBy'), details: write.date(need.neededBy) },
    { term: t('column.urgency'), details: t(`urgency.${need.urgency}`) },
    need.themeCodes.length > 0 && {
      term: t('column.themes'),
      details: themeLinks(need.themeCodes, themes, pathIn(visit, 'besoins')),
    },
    facts.nafSections.length > 0 && { term: t('need.sections'), details: sectionLines(facts.nafSections, visit) },
    facts.regionCode !== null && { term: t('need.region'), details: regionName(facts.regionCode) },
    facts.employees !== null && {
      term: t('need.employees'),
      details: t('need.employeesValue', { n: facts.employees }),
    },
    facts.isSoleTrader !== null && {
      term: t('need.soleTrader'),
      details: t(facts.isSoleTrader ? 'form.yes' : 'form.no'),
    },
    { term: t('column.stated'), details: write.dayOf(need.createdAt) },
    mayEdit(visit.principal, need) && { term: t('column.visibility'), details: t(`visibility.${need.visibility}`) },
  ];
  return known.filter((fact) => fact !== false);
}

export function themeLinks(codes: readonly string[], names: ReadonlyMap<string, string>, list: string) {
  return (
    <div class="tags">
      {codes.map((code) => (
        <a href={`${list}?theme=${encodeURIComponent(code)}`}>{names.get(code) ?? code}</a>
      ))}
    </div>
  );
}

/** A few sections in full; many by their letters, folded. */
export function sectionLines(letters: readonly string[], visit: TerritoryVisit) {
  const labels = letters.map((letter) => nafLabel(visit.locale, letter));
  if (letters.length <= 3) return labels.join(', ');
  return (
    <details>
      <summary>{letters.join(', ')}</summary>
      <ul class="small">
        {labels.map((label) => (
          <li>{label}</li>
        ))}
      </ul>
    </details>
  );
}
