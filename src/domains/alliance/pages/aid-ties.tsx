/** Which firms are one undertaking? The ties between them, for the team. */
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { firmOfSide, succeedFromForm } from '../aid-acts.server.ts';
import { mayDecideAid } from '../aid-policy.ts';
import {
  listFirms,
  listLinks,
  listSuccessions,
  organisationChoices,
  type FirmLine,
  type LinkLine,
  type OrganisationChoice,
  type SuccessionLine,
} from '../aid-queries.server.ts';
import { firmForm, linkEndForm, linkForm, successionForm } from '../aid-schema.ts';
import { aidWords } from '../components/aid-words.ts';
import { Successions } from '../components/succession-form.tsx';
import { FirmForm, LinkForm, LinkTable } from '../components/tie-forms.tsx';
import { endLink, nameFirm, recordLink } from '../undertaking-commands.server.ts';

interface Data {
  readonly links: readonly LinkLine[];
  readonly successions: readonly SuccessionLine[];
  readonly firms: readonly FirmLine[];
  readonly organisations: readonly OrganisationChoice[];
}

export const aidTiesPage = territoryPage<Data>({
  path: '/:territory/aides/liens',

  async load(visit, tx) {
    if (!mayDecideAid(visit.principal)) return SIGN_IN;
    return {
      links: await listLinks(tx),
      successions: await listSuccessions(tx),
      firms: await listFirms(tx),
      organisations: await organisationChoices(tx),
    };
  },

  actions: {
    async link(visit, input, tx) {
      if (!mayDecideAid(visit.principal)) return { kind: 'not-found' };
      const words = aidWords(visit);
      const parsed = parseForm(linkForm, input, words.translate);
      if (!parsed.ok) return invalid(parsed.form);
      const { holder, held, votes, until, ...link } = parsed.value;
      const [holderId, heldId] = [await firmOfSide(tx, holder, visit), await firmOfSide(tx, held, visit)];
      if (holderId === undefined || heldId === undefined) return { kind: 'not-found' };
      const given = { ...link, holderId, heldId, votesPerMyriad: votes ?? null, until: until ?? null };
      const recorded = await recordLink(tx, visit.principal, given, visit);
      if (recorded.ok) return doneAt(pathIn(visit, 'aides', 'liens'), words.t('done.linked'));
      if (recorded.reason === 'not-allowed') return { kind: 'not-found' };
      return invalid(formError(input, words.t(`refused.${recorded.reason}`), FIELD_OF[recorded.reason]));
    },

    async end(visit, input, tx) {
      if (!mayDecideAid(visit.principal)) return { kind: 'not-found' };
      const words = aidWords(visit);
      const parsed = parseForm(linkEndForm, input, words.translate);
      if (!parsed.ok) return invalid(parsed.form);
      const { link: linkId, lastDay } = parsed.value;
      const ended = await endLink(tx, visit.principal, { linkId, lastDay }, visit);
      if (ended.ok) return doneAt(pathIn(visit, 'aides', 'liens'), words.t('done.ended'));
      if (ended.reason !== 'ends-before-it-starts') return { kind: 'not-found' };
      return invalid(formError(input, words.t(`refused.${ended.reason}`), 'lastDay'));
    },

    async succeed(visit, input, tx) {
      if (!mayDecideAid(visit.principal)) return { kind: 'not-found' };
      const words = aidWords(visit);
      const parsed = parseForm(successionForm, input, words.translate);
      if (!parsed.ok) return invalid(parsed.form);
      const recorded = await succeedFromForm(tx, visit.principal, parsed.value, visit);
      if (recorded.ok) return doneAt(`${pathIn(visit, 'aides', 'liens')}#fusions`, words.t('done.succeeded'));
      if (recorded.reason === 'not-allowed' || recorded.reason === 'not-found') return { kind: 'not-found' };
      return invalid(formError(input, words.t(`succession.refused.${recorded.reason}`), 'from'));
    },

    async firm(visit, input, tx) {
      if (!mayDecideAid(visit.principal)) return { kind: 'not-found' };
      const words = aidWords(visit);
      const parsed = parseForm(firmForm, input, words.translate);
      if (!parsed.ok) return invalid(parsed.form);
      const named = await nameFirm(tx, visit.principal, parsed.value, visit);
      if (!named.ok) return { kind: 'not-found' };
      return doneAt(pathIn(visit, 'aides', 'liens'), words.t('done.named', { name: parsed.value.name }));
    },
  },

  view({ links, successions, firms, organisations }, visit, form) {
    const words = aidWords(visit);
    const { t } = words;
    const outside = firms.filter(({ organisationId }) => organisationId === null);
    const sides = [
      {
        label: t('ties.here'),
        options: organisations.map(({ id, name }) => ({ value: `organisation:${id}`, label: name })),
      },
      { label: t('ties.outside'), options: outside.map(({ id, name }) => ({ value: `firm:${id}`, label: name })) },
    ].filter(({ options }) => options.length > 0);
    const props = { visit, words, form };
    return {
      title: t('ties.title'),
      width: 'wide',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('aid.title'), href: pathIn(visit, 'aides') }, { label: t('ties.title') }]}
            title={t('ties.heading')}
            lead={t('ties.lead')}
          />
          <ErrorSummary form={form} />
          <LinkTable links={links} {...props} />
          <div class="columns section">
            <LinkForm sides={sides} {...props} />
            <FirmForm {...props} />
          </div>
          <Successions successions={successions} sides={sides} {...props} />
        </>
      ),
    };
  },
});

const FIELD_OF: Readonly<Record<string, string>> = {
  'same-firm': 'held',
  'ends-before-it-starts': 'until',
  'votes-missing': 'votes',
};
