/** Where is this organisation, what has it gone through, with whom is it tied, who works there? For those who keep it. */
import { formatDateTime } from '../../../i18n/format.ts';
import type { PersonId } from '../../../lib/ids.ts';
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { Affiliations, Phases, Places, Ties } from '../components/life-sections.tsx';
import type { HistoryLine } from '../events.server.ts';
import { standingBySlug, type Standing } from '../fact-storing.server.ts';
import { LIFE_BODIES, lifeActs } from '../life-acts.server.ts';
import { lifeHistory, lifeOf, peopleAround, type Life } from '../life-queries.server.ts';
import { LIFE_KINDS } from '../life.ts';
import { directoryText, lifeText } from '../messages.ts';
import { mayEditOrganisation, mayStateLife } from '../policy.ts';
import { lifeTwin } from '../twin-schema.ts';
import { formKey, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

interface Data {
  readonly standing: Standing;
  readonly life: Life;
  readonly people: readonly { readonly id: PersonId; readonly name: string }[];
  readonly history: readonly HistoryLine[];
}

export const organisationLifePage = territoryPage<Data>({
  path: '/:territory/organisations/:organisation/parcours',
  twin: {
    areas: ['directory', 'people'],
    response: lifeTwin,
    of: ({ standing, life, history }) => ({
      organisation: { id: standing.id, slug: standing.slug, name: standing.facts.name },
      ...life,
      history: history.map(({ payload, ...line }) => ({ ...line, what: payload['what'], title: payload['title'] })),
    }),
    bodies: LIFE_BODIES,
  },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const standing = await standingBySlug(tx, visit.params['organisation'] ?? '');
    if (standing === undefined || !mayEditOrganisation(visit.principal, standing.id)) return NOT_FOUND;
    return {
      standing,
      life: await lifeOf(tx, standing.id),
      people: await peopleAround(tx, standing.id),
      history: await lifeHistory(tx, standing.id),
    };
  },

  actions: lifeActs,

  view({ standing, life, people, history }, visit, form) {
    const t = lifeText(visit.locale);
    const { name } = standing.facts;
    const props = { life, form, visit };
    return {
      title: t('title', { name }),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: directoryText(visit.locale)('title'), href: pathIn(visit, 'organisations') },
              { label: name, href: pathIn(visit, 'organisations', standing.slug) },
              { label: t('link') },
            ]}
            title={t('title', { name })}
            lead={t('lead', { name })}
          />
          <ErrorSummary form={form} />
          <Places {...props} />
          <Phases {...props} />
          <Ties {...props} isKept={mayStateLife(visit.principal, standing.id, 'tie')} />
          <Affiliations {...props} people={people} />
          <History {...{ history, standing, visit }} />
        </>
      ),
    };
  },
});

const EVENTS = [
  'life-stated',
  'life-ended',
  'life-reopened',
  'life-removed',
  'life-put-back',
  'life-shown',
  'life-hidden',
] as const;

function History({ history, standing, visit }: Omit<Data, 'life' | 'people'> & { visit: TerritoryVisit }) {
  const t = lifeText(visit.locale);
  if (history.length === 0) return null;
  return (
    <Section title={t('history')}>
      <Timeline
        moments={history.map((line) => {
          const event = EVENTS.find((each) => each === line.kind) ?? 'life-stated';
          const what = LIFE_KINDS.find((each) => each === line.payload['what']) ?? 'place';
          const mayPutBack = event === 'life-removed' && mayStateLife(visit.principal, standing.id, what);
          return {
            when: formatDateTime(visit.locale, line.at, visit.territory.zone, { year: true }),
            dateTime: line.at.toString(),
            title: t(`event.${event}`, { kind: t(`kind.${what}`), title: String(line.payload['title']) }),
            detail: (
              <>
                {line.personName ?? t('history.nobody')}
                {mayPutBack ? (
                  <Form name="putBack" hidden={{ event: line.id }} idempotencyKey={formKey(visit)} inline>
                    <SubmitButton tone="quiet" small>
                      {t('history.putBack')}
                    </SubmitButton>
                  </Form>
                ) : null}
              </>
            ),
          };
        })}
      />
    </Section>
  );
}
