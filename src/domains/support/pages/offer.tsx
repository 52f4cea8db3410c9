/** What does this organisation bring, to whom, and whom was it proposed to? */
import { parseId } from '../../../lib/ids.ts';
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { themeNames } from '../components/list.tsx';
import { OfferActs, OfferLead, OfferMarks, OfferStanding } from '../components/offer-head.tsx';
import { conditionFacts, offerFacts } from '../components/offer-facts.tsx';
import { PlainText } from '../components/plain-text.tsx';
import { ActRefusal, History, Proposals } from '../components/stated-page.tsx';
import { supportText } from '../messages.ts';
import { moveOffer } from '../moves.server.ts';
import { countNeeds } from '../need-queries.server.ts';
import { offerById, type WholeOffer } from '../offer-queries.server.ts';
import { mayEdit } from '../policy.ts';
import {
  proposalsOf,
  readLabels,
  statedHistory,
  type Labels,
  type Proposal,
  type StatedHistory,
} from '../stated-queries.server.ts';
import { moveForm, offerTwin } from '../twin-schema.ts';

interface Data extends Labels {
  readonly offer: WholeOffer;
  readonly proposals: readonly Proposal[];
  readonly history: StatedHistory;
  /** Needs of the same kind that this reader may see. */
  readonly openNeeds: number;
}

export const offerPage = territoryPage<Data>({
  path: '/:territory/apports/:offer',
  twin: {
    areas: ['support'],
    response: offerTwin,
    bodies: { pause: moveForm, resume: moveForm, withdraw: moveForm, reopen: moveForm },
  },

  async load(visit, tx) {
    const id = parseId<'offer'>(visit.params['offer'] ?? '');
    const offer = id && (await offerById(tx, visit.principal, id));
    if (offer === undefined) return NOT_FOUND;
    return {
      offer,
      ...(await readLabels(tx)),
      proposals: await proposalsOf(tx, visit.principal, 'offers', offer.id),
      history: await statedHistory(tx, visit.principal, offer),
      openNeeds: await countNeeds(tx, visit.principal, { kind: offer.kindCode, state: 'open' }),
    };
  },

  actions: {
    pause: (visit, input, tx) => moveOffer(visit, input, tx, 'pause'),
    resume: (visit, input, tx) => moveOffer(visit, input, tx, 'resume'),
    withdraw: (visit, input, tx) => moveOffer(visit, input, tx, 'withdraw'),
    reopen: (visit, input, tx) => moveOffer(visit, input, tx, 'reopen'),
  },

  view(data, visit, form) {
    const { offer, proposals, history } = data;
    const t = supportText(visit.locale);
    const conditions = conditionFacts(offer.conditions, visit);
    const isOwn = mayEdit(visit.principal, offer);
    return {
      title: offer.title,
      unlisted: offer.visibility !== 'public',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('offers.title'), href: pathIn(visit, 'apports') }, { label: offer.title }]}
            title={offer.title}
            lead={<OfferLead offer={offer} visit={visit} />}
            tags={<OfferMarks offer={offer} kinds={data.kinds} visit={visit} />}
            actions={<OfferActs offer={offer} visit={visit} />}
          />
          <ActRefusal form={form} />
          <div class="columns side">
            <div class="stack">
              <OfferStanding offer={offer} openNeeds={data.openNeeds} visit={visit} />
              <div class="prose">
                {offer.body === '' ? <p class="soft">{t('need.noText')}</p> : <PlainText text={offer.body} />}
              </div>
              <Section title={t('offer.conditions')}>
                {conditions.length === 0 ? <p>{t('offer.noConditions')}</p> : <DescriptionList facts={conditions} />}
              </Section>
              {isOwn || proposals.length > 0 ? (
                <Proposals
                  visit={visit}
                  proposals={proposals}
                  subject="offer"
                  unit={offer.unit}
                  isOpen={offer.state === 'open'}
                />
              ) : null}
              <History
                visit={visit}
                lines={history}
                loaded={isOwn && offer.externalKey !== null ? offer.createdAt : null}
              />
            </div>
            <Panel title={t('need.facts')}>
              <DescriptionList facts={offerFacts(offer, themeNames(visit, data.themes), visit)} />
            </Panel>
          </div>
        </>
      ),
    };
  },
});
