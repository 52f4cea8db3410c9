/** Which aid is granted to whom, on which legal basis? For the team; tested against every window when it is decided. */
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { decideFromForm } from '../aid-acts.server.ts';
import { mayDecideAid } from '../aid-policy.ts';
import { organisationChoices, type OrganisationChoice } from '../aid-queries.server.ts';
import { grantForm } from '../aid-schema.ts';
import { aidWords, refusalSentence } from '../components/aid-words.ts';
import { GrantForm } from '../components/grant-form.tsx';

export const grantNewPage = territoryPage<{ readonly organisations: readonly OrganisationChoice[] }>({
  path: '/:territory/aides/nouvelle',

  async load(visit, tx) {
    if (!mayDecideAid(visit.principal)) return SIGN_IN;
    return { organisations: await organisationChoices(tx) };
  },

  actions: {
    async default(visit, input, tx) {
      if (!mayDecideAid(visit.principal)) return { kind: 'not-found' };
      const words = aidWords(visit);
      const parsed = parseForm(grantForm, input, words.translate);
      if (!parsed.ok) return invalid(parsed.form);
      const answer = await decideFromForm(tx, visit.principal, parsed.value, visit.today, visit);
      if (answer.ok) {
        const { organisation } = parsed.value;
        const slug = (await organisationChoices(tx)).find(({ id }) => id === organisation)?.slug ?? '';
        return doneAt(words.firmHref(slug), words.t('grant.decided'));
      }
      if (answer.reason === 'over-ceiling') return invalid(formError(input, refusalSentence(answer, words), 'amount'));
      return invalid(formError(input, words.t(`refused.${answer.reason}`), FIELD_OF[answer.reason]));
    },
  },

  view({ organisations }, visit, form) {
    const words = aidWords(visit);
    const { t } = words;
    const slug = visit.url.searchParams.get('pour');
    return {
      title: t('grant.new'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('aid.title'), href: pathIn(visit, 'aides') }, { label: t('grant.new') }]}
            title={t('grant.heading')}
            lead={t('grant.lead')}
          />
          <GrantForm
            visit={visit}
            words={words}
            form={form}
            organisations={organisations}
            organisationId={organisations.find((each) => each.slug === slug)?.id}
          />
        </>
      ),
    };
  },
});

/** The field beside which a refusal stands. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'not-found': 'organisation',
  'day-to-come': 'grantedOn',
  'basis-not-in-force': 'basis',
  'excluded-sector': 'nace',
  'excluded-purpose': 'purpose',
  'ask-a-person': 'judged',
  'no-declaration': 'organisation',
  'ask-an-expert': 'amount',
  'terms-missing': 'months',
};
