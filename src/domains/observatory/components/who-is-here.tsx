/** The organisations of the territory counted by part and by theme; each count leads to its list. */
import { formatter } from '../../../i18n/format.ts';
import { HorizontalBars } from '../../../ui/components/horizontal-bars.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { PARTS, themeLabel } from '../../territory/organisation.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { observatoryText } from '../messages.ts';
import type { Glance } from '../queries.server.ts';

export function WhoIsHere({ glance, visit }: { glance: Glance; visit: TerritoryVisit }) {
  const t = observatoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const directory = pathIn(visit, 'organisations');
  const bar = (label: string, value: number, query: string) => ({
    label,
    value,
    text: write.number(value),
    href: `${directory}?${query}`,
  });
  const parts = PARTS.filter((part) => glance.parts.has(part)).map((part) =>
    bar(t(`part.${part}`), glance.parts.get(part) ?? 0, `role=${part}`),
  );
  const themes = glance.themes.map((theme) =>
    bar(themeLabel(visit.locale, theme), theme.organisations, `theme=${theme.code}`),
  );
  if (parts.length === 0) return null;
  return (
    <div class="section columns two">
      <Section title={t('parts.title')}>
        <HorizontalBars caption={t('parts.caption')} hideCaption bars={parts} />
      </Section>
      {themes.length === 0 ? null : (
        <Section title={t('themes.title')}>
          <HorizontalBars caption={t('themes.caption')} hideCaption bars={themes} />
        </Section>
      )}
    </div>
  );
}
