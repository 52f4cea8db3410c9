/** Which organisations may be one and the same? For the team, who compares, merges, and takes merges back. */
import { z } from 'zod';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { identifier } from '../../../platform/web/fields.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { DifferentPairs, LikelyPairs, Merges } from '../components/duplicates-lists.tsx';
import { likelyPairs, mergesToTakeBack, saidDifferent } from '../duplicate-queries.server.ts';
import type { LikelyPair, NamedPair, OrganisationMerge } from '../duplicate-queries.server.ts';
import { forgetDifferent, sayDifferent, unmergeOrganisations } from '../merge-commands.server.ts';
import { directoryText, mergingText } from '../messages.ts';
import { mayTidyDirectory } from '../policy.ts';
import { duplicatesTwin } from '../tidying-twin-schema.ts';
import { undoSentence } from '../undo-sentence.server.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

const MOST_SHOWN = 50;

interface Data {
  readonly pairs: readonly LikelyPair[];
  readonly total: number;
  readonly different: readonly NamedPair[];
  readonly merges: readonly OrganisationMerge[];
}

type Transaction = Parameters<typeof likelyPairs>[0];

const pairForm = z.object({ first: identifier<'organisation'>(), second: identifier<'organisation'>() });
const unmergeForm = z.object({ merge: identifier<'merge'>() });

export const duplicatesPage = territoryPage<Data>({
  path: '/:territory/doublons',
  twin: {
    areas: ['directory'],
    response: duplicatesTwin,
    bodies: { different: pairForm, forget: pairForm, unmerge: unmergeForm },
  },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    if (!mayTidyDirectory(visit.principal)) return NOT_FOUND;
    const pairs = await likelyPairs(tx);
    return {
      pairs: pairs.slice(0, MOST_SHOWN),
      total: pairs.length,
      different: await saidDifferent(tx),
      merges: await mergesToTakeBack(tx),
    };
  },

  actions: {
    different: tidying(pairForm, async (visit, tx, pair) => {
      const answer = await sayDifferent(tx, visit.principal, pair, visit);
      const t = mergingText(visit.locale);
      return answer.ok ? { done: t('done.different') } : { refused: t(`refused.${answer.reason}`) };
    }),
    forget: tidying(pairForm, async (visit, tx, pair) => {
      const answer = await forgetDifferent(tx, visit.principal, pair);
      const t = mergingText(visit.locale);
      return answer.ok ? { done: t('done.forgotten') } : { refused: t(`refused.${answer.reason}`) };
    }),
    unmerge: tidying(unmergeForm, async (visit, tx, { merge }) => {
      const answer = await unmergeOrganisations(tx, visit.principal, merge, visit);
      const t = mergingText(visit.locale);
      if (answer.ok) return { done: t('done.unmerged', answer.value) };
      if (answer.reason === 'depended-on')
        return { refused: t('unmerge.refused', { why: await undoSentence(tx, visit, answer) }) };
      return { refused: t(`refused.${answer.reason}`, { name: '', ...answer.facts }) };
    }),
  },

  view({ pairs, total, different, merges }, visit, form) {
    const t = mergingText(visit.locale);
    return {
      title: t('title'),
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: directoryText(visit.locale)('title'), href: pathIn(visit, 'organisations') },
              { label: t('title') },
            ]}
            title={t('title')}
            lead={t('lead')}
          />
          <ErrorSummary form={form} />
          {total === 0 ? (
            <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
          ) : (
            <LikelyPairs {...{ visit, pairs, total }} />
          )}
          <Merges {...{ visit, merges }} />
          <DifferentPairs {...{ visit, pairs: different }} />
        </>
      ),
    };
  },
});

type Told = { readonly done: string } | { readonly refused: string };

function tidying<Schema extends z.ZodType>(
  schema: Schema,
  act: (visit: TerritoryVisit, tx: Transaction, input: z.output<Schema>) => Promise<Told>,
) {
  return async (visit: TerritoryVisit, input: FormInput, tx: Transaction): Promise<ActionOutcome> => {
    if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
    if (!mayTidyDirectory(visit.principal)) return { kind: 'not-found' };
    const parsed = parseForm(schema, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const told = await act(visit, tx, parsed.value);
    return 'done' in told ? doneAt(pathIn(visit, 'doublons'), told.done) : invalid(formError(input, told.refused));
  };
}
