/** Is this site accessible, and what does it know of me? The two statements that every page links to (AC-01, GD-05). */
import { translator } from '../../../i18n/translator.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import en from '../messages/notices/en.json' with { type: 'json' };
import fr from '../messages/notices/fr.json' with { type: 'json' };
import { territoryPage, type TerritoryVisit } from '../visit.ts';

type NoticeKey = keyof typeof fr;

export const accessibilityPage = territoryPage<null>({
  path: '/:territory/accessibilite',
  load: () => Promise.resolve(null),
  view: (_, visit) => ({
    ...headOf(visit, 'accessibility.title', 'accessibility.description'),
    body: (
      <>
        <PageHead title={words(visit)('accessibility.title')} lead={words(visit)('accessibility.state')} />
        <Points
          visit={visit}
          title="accessibility.tested"
          points={['accessibility.tested1', 'accessibility.tested2', 'accessibility.tested3']}
        />
        <Points
          visit={visit}
          title="accessibility.missing"
          points={['accessibility.missing1', 'accessibility.missing2']}
        />
        <Paragraph visit={visit} title="accessibility.contact" body="accessibility.contactBody" />
      </>
    ),
  }),
});

export const privacyPage = territoryPage<null>({
  path: '/:territory/vie-privee',
  load: () => Promise.resolve(null),
  view: (_, visit) => ({
    ...headOf(visit, 'privacy.title', 'privacy.description'),
    body: (
      <>
        <PageHead title={words(visit)('privacy.title')} lead={words(visit)('privacy.lead')} />
        <Points visit={visit} title="privacy.kept" points={['privacy.kept1', 'privacy.kept2', 'privacy.kept3']} />
        <Paragraph visit={visit} title="privacy.shown" body="privacy.shownBody" />
        <Paragraph visit={visit} title="privacy.matching" body="privacy.matchingBody" />
        <Paragraph visit={visit} title="privacy.cookies" body="privacy.cookiesBody" />
        <Paragraph visit={visit} title="privacy.rights" body="privacy.rightsBody" />
      </>
    ),
  }),
});

function words(visit: TerritoryVisit) {
  const t = translator(visit.locale, { fr, en });
  return (key: NoticeKey) => t(key, { territory: visit.territory.name });
}

function headOf(visit: TerritoryVisit, title: NoticeKey, description: NoticeKey) {
  const t = words(visit);
  return { title: t(title), description: t(description), width: 'reading' as const };
}

function Points({ visit, title, points }: { visit: TerritoryVisit; title: NoticeKey; points: readonly NoticeKey[] }) {
  const t = words(visit);
  return (
    <Section title={t(title)}>
      <ul class="prose">
        {points.map((point) => (
          <li>{t(point)}</li>
        ))}
      </ul>
    </Section>
  );
}

function Paragraph({ visit, title, body }: { visit: TerritoryVisit; title: NoticeKey; body: NoticeKey }) {
  const t = words(visit);
  return (
    <Section title={t(title)}>
      <p class="prose">{t(body)}</p>
    </Section>
  );
}
