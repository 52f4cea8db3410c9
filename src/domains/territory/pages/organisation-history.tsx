/** Who said what of this organisation, and when? For its managers and the team, who take changes back here. */
import { formatDateTime } from '../../../i18n/format.ts';
import { identifier } from '../../../platform/web/fields.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { z } from 'zod';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { namesIn, undoChange } from '../change-commands.server.ts';
import { historyOfOrganisation, organisationOfHistory, type Change } from '../change-queries.server.ts';
import { FactDifferences } from '../components/fact-differences.tsx';
import { undoSentence } from '../undo-sentence.server.ts';
import { FactSources } from '../components/fact-sources.tsx';
import { directoryText, factsText, mergingText } from '../messages.ts';
import type { Theme } from '../organisation.ts';
import { maySeeHistory, mayUndo } from '../policy.ts';
import { allThemes } from '../queries.server.ts';
import { historyTwin } from '../twin-schema.ts';
import { formKey, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

interface Data {
  readonly organisation: NonNullable<Awaited<ReturnType<typeof organisationOfHistory>>>;
  readonly changes: readonly Change[];
  readonly themes: readonly Theme[];
}

const undoForm = z.object({ change: identifier<'change'>() });

export const organisationHistoryPage = territoryPage<Data>({
  path: '/:territory/organisations/:organisation/historique',
  twin: { areas: ['directory'], response: historyTwin, bodies: { undo: undoForm } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const organisation = await organisationOfHistory(tx, visit.params['organisation'] ?? '');
    if (organisation === undefined || !maySeeHistory(visit.principal, organisation.id)) return NOT_FOUND;
    return {
      organisation,
      changes: await historyOfOrganisation(tx, organisation.id),
      themes: await allThemes(tx),
    };
  },

  actions: {
    async undo(visit, input, tx) {
      if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
      const organisation = await organisationOfHistory(tx, visit.params['organisation'] ?? '');
      if (organisation === undefined || !maySeeHistory(visit.principal, organisation.id)) return { kind: 'not-found' };
      const parsed = parseForm(undoForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const ids = { organisationId: organisation.id, changeId: parsed.value.change };
      const answer = await undoChange(tx, visit.principal, ids, visit);
      if (!answer.ok) return invalid(formError(input, await undoSentence(tx, visit, answer)));
      const t = factsText(visit.locale);
      const sentence = answer.withdrawn > 0 ? t('undo.withdrawn', { name: organisation.name }) : t('undo.done');
      return doneAt(pathIn(visit, 'organisations', organisation.slug, 'historique'), sentence);
    },
  },

  view({ organisation, changes, themes }, visit, form) {
    const t = factsText(visit.locale);
    const isGone = organisation.withdrawnAt !== null || organisation.mergedIntoId !== null;
    return {
      title: t('history.title', { name: organisation.name }),
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: directoryText(visit.locale)('title'), href: pathIn(visit, 'organisations') },
              isGone
                ? { label: organisation.name }
                : { label: organisation.name, href: pathIn(visit, 'organisations', organisation.slug) },
            ]}
            title={t('history.title', { name: organisation.name })}
            lead={leadOf(organisation, visit)}
          />
          <ErrorSummary form={form} />
          {changes.length === 0 ? <EmptyState title={t('history.none')}>{t('history.noneHelp')}</EmptyState> : null}
          <FactSources changes={changes} visit={visit} />
          {changes.map((change) => (
            <ChangeSection {...{ change, themes, visit }} />
          ))}
        </>
      ),
    };
  },
});

function ChangeSection({ change, themes, visit }: { change: Change; themes: readonly Theme[]; visit: TerritoryVisit }) {
  const t = factsText(visit.locale);
  const when = formatDateTime(visit.locale, change.at, visit.territory.zone, { year: true });
  const by = change.authorName ?? t('change.nobody');
  const mayPress = change.state === 'applied' && mayUndo(visit.principal, change.organisation.id, namesIn(change));
  return (
    <Section title={t(titleOf(change), { when })}>
      <p class="soft">
        {t('change.by', { name: by, source: t(`source.${change.source}`) })}{' '}
        {change.state === 'applied' ? null : <Tag>{t(`state.${change.state}`)}</Tag>}
      </p>
      {change.reason === '' ? null : <p>{t('change.reason', { reason: change.reason })}</p>}
      <FactDifferences {...{ change, themes, visit }} />
      {mayPress ? (
        <Form name="undo" hidden={{ change: change.id }} idempotencyKey={formKey(visit)} inline>
          <SubmitButton tone="quiet" small>
            {change.undoesId === null ? t('undo.button') : t('undo.redo')}
            <span class="hidden"> {when}</span>
          </SubmitButton>
        </Form>
      ) : null}
    </Section>
  );
}

function leadOf({ withdrawnAt, mergedIntoId }: Data['organisation'], { locale }: TerritoryVisit): string {
  if (withdrawnAt !== null) return factsText(locale)('history.withdrawn');
  return mergedIntoId === null ? factsText(locale)('history.lead') : mergingText(locale)('history.merged');
}

function titleOf({ before, after, source }: Change) {
  if (Object.keys(before).length === 0) return 'change.added';
  if (Object.keys(after).length === 0) return 'change.removed';
  return source === 'undo' ? 'change.undone' : 'change.changed';
}
