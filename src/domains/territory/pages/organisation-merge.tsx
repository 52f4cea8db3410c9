/** What stays when another record of this organisation is merged into it? Side by side, field by field, for the team. */
import { z } from 'zod';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { identifier } from '../../../platform/web/fields.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { ChooseOther, MergeForm } from '../components/merge-form.tsx';
import { likelyDoubles, type Compared } from '../duplicate-queries.server.ts';
import { lockStanding, standingBySlug, type Standing } from '../fact-storing.server.ts';
import { mergeOrganisations } from '../merge-commands.server.ts';
import { MERGE_SIDES, type MergeChoices } from '../merging.ts';
import { directoryText, factsText, mergingText } from '../messages.ts';
import type { Theme } from '../organisation.ts';
import { organisationsToManage, type OrganisationChoice } from '../people-queries.server.ts';
import { mayTidyDirectory } from '../policy.ts';
import { listThemes } from '../queries.server.ts';
import { mergeTwin } from '../tidying-twin-schema.ts';
import { pathIn, territoryPage } from '../visit.ts';

export interface MergeData {
  readonly kept: Standing;
  /** None until one is chosen. */
  readonly gone: Standing | null;
  readonly likely: readonly Compared[];
  readonly others: readonly OrganisationChoice[];
  readonly themes: readonly Theme[];
}

/** Beside these, `side.` and the name of a fact tells whose value stays. */
const mergeForm = z.looseObject({
  other: identifier<'organisation'>(),
  version: z.coerce.number().int().min(0),
  otherVersion: z.coerce.number().int().min(0),
});

export const organisationMergePage = territoryPage<MergeData>({
  path: '/:territory/organisations/:organisation/fusionner',
  twin: {
    areas: ['directory'],
    response: mergeTwin,
    of: ({ kept, gone, likely }) => ({
      kept: { id: kept.id, slug: kept.slug, name: kept.facts.name, version: kept.version },
      other: gone === null ? null : { id: gone.id, slug: gone.slug, name: gone.facts.name, version: gone.version },
      likely,
    }),
    bodies: { default: mergeForm },
  },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    if (!mayTidyDirectory(visit.principal)) return NOT_FOUND;
    const kept = await standingBySlug(tx, visit.params['organisation'] ?? '');
    if (kept === undefined) return NOT_FOUND;
    const wanted = visit.url.searchParams.get('avec');
    const other = wanted === null ? undefined : await standingBySlug(tx, wanted);
    const gone = other === undefined || other.id === kept.id ? null : other;
    return {
      kept,
      gone,
      likely: gone === null ? (await likelyDoubles(tx, kept.id)).map(({ entry }) => entry) : [],
      others: gone === null ? await organisationsToManage(tx, visit.principal) : [],
      themes: await listThemes(tx),
    };
  },

  actions: {
    async default(visit, input, tx) {
      if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
      if (!mayTidyDirectory(visit.principal)) return { kind: 'not-found' };
      const kept = await standingBySlug(tx, visit.params['organisation'] ?? '');
      if (kept === undefined) return { kind: 'not-found' };
      const parsed = parseForm(mergeForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const { other, version, otherVersion } = parsed.value;
      const gone = (await lockStanding(tx, [other])).get(other);
      const t = mergingText(visit.locale);
      const answer = await mergeOrganisations(
        tx,
        visit.principal,
        {
          kept: kept.id,
          gone: other,
          choices: choicesIn(input.values),
          keptVersion: version,
          goneVersion: otherVersion,
        },
        visit,
      );
      if (answer.ok) {
        const sentence = t('done.merged', { gone: gone?.facts.name ?? '', kept: kept.facts.name });
        return doneAt(pathIn(visit, 'organisations', kept.slug), sentence);
      }
      const { reason, facts } = answer;
      if (reason === 'not-found' || reason === 'not-allowed' || reason === 'same-organisation')
        return invalid(formError(input, t(`refused.${reason}`)));
      const field = typeof facts?.['field'] === 'string' ? `side.${facts['field']}` : undefined;
      return invalid(formError(input, factsText(visit.locale)(`refused.${reason}`, facts), field));
    },
  },

  view(data, visit, form) {
    const t = mergingText(visit.locale);
    const name = data.kept.facts.name;
    return {
      title: t('merge.title', { name }),
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: directoryText(visit.locale)('title'), href: pathIn(visit, 'organisations') },
              { label: name, href: pathIn(visit, 'organisations', data.kept.slug) },
              { label: t('merge.link') },
            ]}
            title={t('merge.title', { name })}
            lead={
              data.gone === null
                ? t('merge.chooseLead', { name })
                : t('merge.sideLead', { kept: name, gone: data.gone.facts.name })
            }
          />
          {data.gone === null ? (
            <ChooseOther {...{ data, visit }} />
          ) : (
            <MergeForm {...{ kept: data.kept, gone: data.gone, themes: data.themes, visit, form }} />
          )}
        </>
      ),
    };
  },
});

function choicesIn(values: Readonly<Record<string, unknown>>): MergeChoices {
  const chosen = Object.entries(values).flatMap(([name, value]) => {
    const side = MERGE_SIDES.find((each) => each === value);
    return name.startsWith('side.') && side !== undefined ? [[name.slice('side.'.length), side] as const] : [];
  });
  return Object.fromEntries(chosen);
}
