/** Which themes does the territory speak of, and which of them are one? For the team, which tidies them. */
import { z } from 'zod';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { identifier, text } from '../../../platform/web/fields.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import type { Result } from '../../../lib/result.ts';
import { factsText, type FactsText } from '../../territory/messages.ts';
import { mayTidyDirectory } from '../../territory/policy.ts';
import { nearThemes } from '../../territory/themes.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { MergedThemes, NearThemes, ThemeForms, ThemeTable } from '../components/theme-tidying.tsx';
import { themesTwin } from '../twin-schema.ts';
import { mergeByTeam, renameByTeam, themesToTidy, unmergeByTeam, type ThemesToTidy } from '../theme-tidying.server.ts';

type Transaction = Parameters<typeof themesToTidy>[0];

const code = text({ maximum: 60 });
const mergeForm = z.object({ from: code, into: code });
const unmergeForm = z.object({ merge: identifier<'merge'>() });
const renameForm = z.object({ code, labelFr: text({ maximum: 120 }), labelEn: text({ maximum: 120 }) });

export const themesPage = territoryPage<ThemesToTidy>({
  path: '/:territory/themes',
  twin: {
    areas: ['directory'],
    response: themesTwin,
    bodies: { merge: mergeForm, unmerge: unmergeForm, rename: renameForm },
  },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    if (!mayTidyDirectory(visit.principal)) return NOT_FOUND;
    return themesToTidy(tx);
  },

  actions: {
    merge: tidying(mergeForm, 'themes.done.merged', (tx, visit, move) => mergeByTeam(tx, visit.principal, move, visit)),
    unmerge: tidying(unmergeForm, 'themes.done.unmerged', (tx, visit, { merge }) =>
      unmergeByTeam(tx, visit.principal, merge, visit),
    ),
    rename: tidying(renameForm, 'themes.done.renamed', (tx, visit, { code, ...labels }) =>
      renameByTeam(tx, visit.principal, code, labels, visit),
    ),
  },

  view({ themes, merges }, visit, form) {
    const t = factsText(visit.locale);
    return {
      title: t('themes.title'),
      body: (
        <>
          <PageHead title={t('themes.title')} lead={t('themes.lead')} />
          <ErrorSummary form={form} />
          <NearThemes visit={visit} pairs={nearThemes(themes)} />
          <ThemeTable visit={visit} themes={themes} />
          <ThemeForms visit={visit} themes={themes} form={form} />
          <MergedThemes visit={visit} merges={merges} />
        </>
      ),
    };
  },
});

function tidying<Schema extends z.ZodType>(
  schema: Schema,
  notice: Parameters<FactsText>[0],
  act: (
    tx: Transaction,
    visit: TerritoryVisit,
    input: z.output<Schema>,
  ) => Promise<Result<unknown, 'not-allowed' | 'unknown-theme' | 'same-theme' | 'merged-further' | 'label-taken'>>,
) {
  return async (visit: TerritoryVisit, input: FormInput, tx: Transaction): Promise<ActionOutcome> => {
    if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
    if (!mayTidyDirectory(visit.principal)) return { kind: 'not-found' };
    const t = factsText(visit.locale);
    const parsed = parseForm(schema, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const answer = await act(tx, visit, parsed.value);
    if (!answer.ok) return invalid(formError(input, t(`themes.refused.${answer.reason}`)));
    return doneAt(pathIn(visit, 'themes'), t(notice));
  };
}
