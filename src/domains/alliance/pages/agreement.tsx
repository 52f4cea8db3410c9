/** What does this agreement say, and where does it stand? For the team, the funders and the organisation that signed it. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { agreementActs } from '../agreement-acts.server.ts';
import { commitmentsOfAgreement, factsOfSeries, textsOfSeries } from '../agreement-queries.server.ts';
import { MAX_ATTACHMENT_BYTES } from '../attachment.ts';
import { AttachForm, EndForm, HeadActs } from '../components/agreement-acts.tsx';
import { AgreementTerms, TextStanding, type AgreementWhole } from '../components/agreement-body.tsx';
import { AgreementFacts } from '../components/agreement-facts.tsx';
import { allianceWords, StateTag } from '../components/words.tsx';
import { instalmentsOf } from '../instalment-queries.server.ts';
import { mayKeepAgreements } from '../policy.ts';
import { visibleAgreement } from '../visible.server.ts';

export const agreementPage = territoryPage<AgreementWhole>({
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
          <TextStanding data={data} visit={visit} />
          <div class="columns side">
            <AgreementTerms data={data} visit={visit} form={form} isOpen={isKeeper && agreement.state === 'draft'} />
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
