/** Through whose eyes do you want to look? One press signs in as one of the demonstration's invented people. */
import { doneAt, NOT_FOUND } from '../../../platform/web/page.ts';
import { Card, Cards } from '../../../ui/components/card.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { demonstrationPersonas, type Persona } from '../../identity/personas.ts';
import { directoryText } from '../messages.ts';
import { enterAs, personaAt } from '../demonstration.server.ts';
import { knownAddresses } from '../people-queries.server.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

export const demonstrationPage = territoryPage<{ readonly personas: readonly Persona[] }>({
  path: '/:territory/demonstration',

  async load({ territory }, tx) {
    if (!territory.isDemonstration) return NOT_FOUND;
    const known = await knownAddresses(
      tx,
      demonstrationPersonas.map(({ email }) => email),
    );
    return { personas: demonstrationPersonas.filter(({ email }) => known.has(email)) };
  },

  actions: {
    async default(visit, input, tx) {
      const persona = await personaAt(visit, tx, String(input.values['persona'] ?? ''));
      if (persona === undefined) return { kind: 'not-found' };
      const { location, setCookies } = await enterAs(visit, persona);
      const notice = directoryText(visit.locale)('demonstration.welcome', { name: persona.name });
      return { ...doneAt(location, notice), setCookies };
    },
  },

  view({ personas }, visit) {
    const t = directoryText(visit.locale);
    return {
      title: t('demonstration.title'),
      unlisted: true,
      body: (
        <>
          <PageHead title={t('demonstration.title')} lead={t('demonstration.lead')} />
          {personas.length === 0 ? <EmptyState title={t('demonstration.nobody')} /> : null}
          <Section title={t('demonstration.who')}>
            <Cards>
              {personas.map((persona) => (
                <PersonaCard visit={visit} persona={persona} />
              ))}
            </Cards>
          </Section>
        </>
      ),
    };
  },
});

function PersonaCard({ visit, persona }: { visit: TerritoryVisit; persona: Persona }) {
  const t = directoryText(visit.locale);
  return (
    <Card title={t(`demonstration.${persona.slug}`)}>
      <p>{t(`demonstration.${persona.slug}.can`)}</p>
      <Form action={pathIn(visit, 'demonstration')} hidden={{ persona: persona.slug }} inline>
        <SubmitButton tone="quiet" small>
          {t('demonstration.enter', { name: persona.name })}
        </SubmitButton>
      </Form>
    </Card>
  );
}
