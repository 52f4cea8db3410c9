/** What does this agreement say, and where does it stand? For the team, the funders and the organisation that signed it. */
import type { FormState } from '../../../lib/form-state.ts';
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { agreementActs } from '../agreement-acts.server.ts';
import {
  commitmentsOfAgreement,
  factsOfSeries,
  textsOfSeries,
  type Agreement,
  type AgreementLine,
  type FactLine,
} from '../agreement-queries.server.ts';
import type { Commitment } from '../agreement.ts';
import { MAX_ATTACHMENT_BYTES } from '../attachment.ts';
import {
  AddCommitment,
  AddInstalment,
  AttachForm,
  EndForm,
  HeadActs,
  SignForm,
} from '../components/agreement-acts.tsx';
import { AgreementFacts } from '../components/agreement-facts.tsx';
import { AgreementHistory } from '../components/agreement-history.tsx';
import { CommitmentTable, Counterparts, InstalmentTable } from '../components/agreement-terms.tsx';
import { allianceWords, StateTag } from '../components/words.tsx';
import { instalmentsOf, type InstalmentLine } from '../instalment-queries.server.ts';
import { mayKeepAgreements } from '../policy.ts';
import { visibleAgreement } from '../visible.server.ts';

interface Data {
  readonly agreement: Agreement;
  readonly instalments: readonly InstalmentLine[];
  readonly commitments: readonly Commitment[];
  readonly texts: readonly AgreementLine[];
  readonly facts: readonly FactLine[];
}

export const agreementPage = territoryPage<Data>({
  path: '/:territory/conventions/:agreement',
  maxBodyBytes: MAX_ATTACHMENT_BYTES + 64 * 1024,

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const agreement = await visibleAgreement(visit, tx);
    if (agreement === undefined) return NOT_FOUND;
    const texts = await textsOfSeries(tx, agreement.seriesId);
    return {
      agreement,
      instalments: await instalmentsOf(tx, agreement.id),
      commitments: await commitmentsOfAgreement(tx, agreement.id),
      texts: texts.filter(({ state }) => state !== 'draft' || mayKeepAgreements(visit.principal)),
      facts: mayKeepAgreements(visit.principal) ? await factsOfSeries(tx, agreement.seriesId) : [],
    };
  },

  actions: agreementActs,

  view(data, visit, form) {
    const { agreement } = data;
    const { t, money, textName } = allianceWords(visit);
    const isKeeper = mayKeepAgreements(visit.principal);
    return {
      title: agreement.title,
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('list.title'), href: pathIn(visit, 'conventions') },
              { label: agreement.organisationName },
            ]}
            title={agreement.title}
            lead={t('agreement.lead', { kind: agreement.kind, amount: money(agreement.cents) })}
            tags={
              <>
                <StateTag agreement={agreement} visit={visit} />
                {agreement.number === 0 ? null : <Tag>{textName(agreement)}</Tag>}
              </>
            }
            actions={isKeeper ? <HeadActs visit={visit} agreement={agreement} /> : null}
          />
          <ErrorSummary form={form} />
          <Standing data={data} visit={visit} />
          <div class="columns side">
            <Terms data={data} visit={visit} form={form} isOpen={isKeeper && agreement.state === 'draft'} />
            <Panel title={t('agreement.facts')}>
              <AgreementFacts visit={visit} agreement={agreement} />
              {isKeeper && (agreement.state === 'draft' || agreement.fileId === null) ? (
                <AttachForm visit={visit} form={form} />
              ) : null}
              {isKeeper && agreement.state === 'signed' ? <EndForm visit={visit} form={form} /> : null}
            </Panel>
          </div>
        </>
      ),
    };
  },
});

/** Whether this text is the one in force. */
function Standing({ data: { agreement, texts }, visit }: { data: Data; visit: TerritoryVisit }) {
  const { t, agreementHref } = allianceWords(visit);
  if (agreement.state === 'draft') {
    return (
      <Notice tone="info" title={t('agreement.draftNotice')}>
        {agreement.number === 0 ? t('agreement.draftBody') : t('agreement.amends')}
      </Notice>
    );
  }
  const current = texts.find(({ state }) => state === 'signed' || state === 'ended');
  if (agreement.state !== 'superseded' || current === undefined) return null;
  return (
    <Notice tone="warn">
      {t('agreement.isReplaced')} <a href={agreementHref(current.id)}>{t('agreement.seeCurrent')}</a>
    </Notice>
  );
}

function Terms({
  data: { agreement, instalments, commitments, texts, facts },
  visit,
  form,
  isOpen,
}: {
  data: Data;
  visit: TerritoryVisit;
  form: FormState;
  isOpen: boolean;
}) {
  const { t } = allianceWords(visit);
  const frame = { visit, form, agreement };
  return (
    <div>
      <Section title={t('agreement.instalments')}>
        <InstalmentTable {...frame} isOpen={isOpen} lines={instalments} />
        {isOpen ? <AddInstalment {...frame} /> : null}
      </Section>
      <Section title={t('agreement.commitments')}>
        <CommitmentTable {...frame} isOpen={isOpen} lines={commitments} />
        {isOpen ? <AddCommitment {...frame} /> : null}
      </Section>
      <Counterparts visit={visit} agreement={agreement} />
      {isOpen ? (
        <Section title={t('act.sign')}>
          <SignForm visit={visit} form={form} />
        </Section>
      ) : null}
      {facts.length > 0 || texts.length > 1 ? <AgreementHistory visit={visit} texts={texts} facts={facts} /> : null}
    </div>
  );
}
