/** Which lists of the directory do I follow, and what is new in them? */
import type { FormState } from '../../../lib/form-state.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { textOf } from '../../../lib/form-state.ts';
import { DirectoryTabs } from '../components/directory-tabs.tsx';
import { KeepForm, SavedViews } from '../components/saved-views.tsx';
import { NO_FILTER } from '../listing.ts';
import { findingText } from '../messages.ts';
import { isInsider } from '../principal.ts';
import {
  deleteView,
  keepView,
  listViews,
  MOST_VIEWS,
  openView,
  renameView,
  type SavedView,
  type ViewRefusal,
} from '../saved-views.server.ts';
import { savedViewsTwin } from '../twin-schema.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';
import { keepViewForm, renameViewForm, viewForm } from '../views-schema.ts';

export const savedViewsPage = territoryPage<readonly SavedView[]>({
  path: '/:territory/vues',
  twin: {
    areas: ['directory'],
    response: savedViewsTwin,
    of: (views) => ({ views }),
    bodies: { keep: keepViewForm, rename: renameViewForm, delete: viewForm, open: viewForm },
  },

  async load({ principal, today }, tx) {
    if (principal.kind === 'anonymous') return SIGN_IN;
    return principal.kind === 'person' && isInsider(principal) ? listViews(tx, principal, today) : NOT_FOUND;
  },

  actions: {
    async keep(visit, input, tx) {
      const stranger = turnedAway(visit);
      if (stranger !== undefined) return stranger;
      const parsed = parseForm(keepViewForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const { name, query, shared } = parsed.value;
      const kept = await keepView(tx, visit.principal, { name, query, isShared: shared === 'yes' }, visit);
      if (!kept.ok) return invalid(formError(input, refusal(kept.reason, visit), 'name'));
      return doneAt(pathIn(visit, 'vues'), findingText(visit.locale)('saved.done.kept', { name }));
    },

    async rename(visit, input, tx) {
      const stranger = turnedAway(visit);
      if (stranger !== undefined) return stranger;
      const parsed = parseForm(renameViewForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid({ ...parsed.form, summary: Object.values(parsed.form.errors)[0] ?? '' });
      const { view, name } = parsed.value;
      const renamed = await renameView(tx, visit.principal, view, name);
      if (!renamed.ok) return invalid(formError(input, refusal(renamed.reason, visit)));
      return doneAt(pathIn(visit, 'vues'), findingText(visit.locale)('saved.done.renamed', { name }));
    },

    async delete(visit, input, tx) {
      const stranger = turnedAway(visit);
      if (stranger !== undefined) return stranger;
      const parsed = parseForm(viewForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const gone = await deleteView(tx, visit.principal, parsed.value.view);
      if (!gone.ok) return invalid(formError(input, refusal(gone.reason, visit)));
      return doneAt(pathIn(visit, 'vues'), findingText(visit.locale)('saved.done.deleted', { name: gone.value }));
    },

    async open(visit, input, tx) {
      const stranger = turnedAway(visit);
      if (stranger !== undefined) return stranger;
      const parsed = parseForm(viewForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const opened = await openView(tx, visit.principal, parsed.value.view, visit.now);
      if (!opened.ok) return invalid(formError(input, refusal(opened.reason, visit)));
      const path = pathIn(visit, 'organisations');
      return doneAt(opened.value === '' ? path : `${path}?${opened.value}`);
    },
  },

  view(views, visit, form) {
    const t = findingText(visit.locale);
    return {
      title: t('saved.title'),
      body: (
        <>
          <PageHead title={t('saved.title')} lead={t('saved.lead')} />
          <DirectoryTabs current="saved" listing={{ filter: NO_FILTER, sort: 'name' }} visit={visit} />
          <Refused visit={visit} form={form} />
          <SavedViews views={views} visit={visit} />
        </>
      ),
    };
  },
});

/** What was typed for a new view comes back with what is wrong. */
function Refused({ visit, form }: { visit: TerritoryVisit; form: FormState }) {
  const t = findingText(visit.locale);
  if (Object.keys(form.errors).length === 0 && form.summary === undefined) return null;
  return (
    <Panel title={t('saved.keep')}>
      <KeepForm query={textOf(form.values['query'])} visit={visit} form={form} />
    </Panel>
  );
}

function turnedAway({ principal }: TerritoryVisit): ActionOutcome | undefined {
  if (principal.kind !== 'person') return { kind: 'signed-out' };
  return isInsider(principal) ? undefined : { kind: 'not-found' };
}

function refusal(reason: ViewRefusal, visit: TerritoryVisit): string {
  return findingText(visit.locale)(`saved.refused.${reason}`, { most: MOST_VIEWS });
}
