/** What does this organisation bring, to whom, and whom was it proposed to? */
import { formatter } from '../../../i18n/format.ts';
import { parseId } from '../../../lib/ids.ts';
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { themeNames } from '../components/list.tsx';
import { conditionFacts, offerFacts, periodIn } from '../components/offer-facts.tsx';
import { PlainText } from '../components/plain-text.tsx';
import { ActButton, ActRefusal, History, Proposals } from '../components/stated-page.tsx';
import { amount, isOver, OfferStateTag } from '../components/words.tsx';
import { isAvailable } from '../conditions.ts';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import { moveOffer } from '../moves.server.ts';
import { countNeeds } from '../need-queries.server.ts';
import { offerById, type WholeOffer } from '../offer-queries.server.ts';
import { mayEdit } from '../policy.ts';
import { proposalsOf, readLabels, statedHistory, type Labels, type Proposal, type StatedHistory } from '../stated-queries.server.ts';

interface Data extends Labels {
  readonly offer: WholeOffer;
  readonly proposals: readonly Proposal[];
  readonly history: StatedHistory;
  /** Needs of the same kind that this reader may see. */
  readonly openNeeds: number;
}

export const offerPage = territoryPage<Data>({
  path: '/:territory/apports/:offer',

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
          <PageHead breadcrumb={[{ label: t('offers.title'), href: pathIn(visit, 'apports') }, { label: offer.title }]} title={offer.title} lead={<Lead offer={offer} visit={visit} />} tags={<Marks data={data} visit={visit} />} actions={<Acts offer={offer} visit={visit} />} />
          <ActRefusal form={form} />
          <div class="columns side">
            <div class="stack">
              <Standing data={data} visit={visit} />
              <div class="prose">{offer.body === '' ? <p class="soft">{t('need.noText')}</p> : <PlainText text={offer.body} />}</div>
              <Section title={t('offer.conditions')}>{conditions.length === 0 ? <p>{t('offer.noConditions')}</p> : <DescriptionList facts={conditions} />}</Section>
              {isOwn || proposals.length > 0 ? <Proposals visit={visit} proposals={proposals} subject="offer" unit={offer.unit} isOpen={offer.state === 'open'} /> : null}
              <History visit={visit} lines={history} loaded={isOwn && offer.externalKey !== null ? offer.createdAt : null} />
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

function Lead({ offer, visit }: { offer: WholeOffer; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  const organisation = (inside: preact.ComponentChildren) => <a href={pathIn(visit, 'organisations', offer.organisationSlug)}>{inside}</a>;
  return <>{t.rich<preact.ComponentChildren>('offer.lead', { name: offer.organisationName, amount: amount(t, offer.unit, offer.capacity), period: periodIn(offer.conditions, visit) ?? 'none', organisation })}</>;
}

function Marks({ data: { offer, kinds }, visit }: { data: Data; visit: TerritoryVisit }) {
  const kind = kinds.find(({ code }) => code === offer.kindCode);
  return (
    <>
      <OfferStateTag state={offer.state} conditions={offer.conditions} today={visit.today} t={supportText(visit.locale)} />
      {kind === undefined ? null : <Tag>{kindLabel(visit.locale, kind)}</Tag>}
    </>
  );
}

function Acts({ offer, visit }: { offer: WholeOffer; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  if (!mayEdit(visit.principal, offer)) return null;
  const button = (move: 'pause' | 'resume' | 'withdraw' | 'reopen') => <ActButton visit={visit} name={move} version={offer.version} label={t(`act.${move}`)} />;
  if (offer.state === 'withdrawn') return button('reopen');
  return (
    <>
      {button('withdraw')}
      {button(offer.state === 'paused' ? 'resume' : 'pause')}
      <ButtonLink href={pathIn(visit, 'apports', offer.id, 'modifier')}>{t('act.edit')}</ButtonLink>
    </>
  );
}

/** Where the offer stands, in a sentence, when there is something to say or to do. */
function Standing({ data: { offer, openNeeds }, visit }: { data: Data; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { availableFrom, availableUntil } = offer.conditions;
  if (offer.state === 'withdrawn') return <Notice tone="plain">{t('offer.isWithdrawn')}</Notice>;
  if (offer.state === 'paused') return <Notice tone="plain">{t('offer.isPaused')}</Notice>;
  if (availableUntil !== null && isOver(offer.conditions, visit.today)) return <Notice tone="plain">{t('offer.isOver', { date: write.date(availableUntil.subtract({ days: 1 })) })}</Notice>;
  if (availableFrom !== null && !isAvailable(offer.conditions, visit.today)) return <Notice tone="info">{t('offer.isSoon', { date: write.date(availableFrom) })}</Notice>;
  return (
    <p class="soft">
      {t('offer.needsOpen', { n: openNeeds })} {openNeeds > 0 ? <a href={`${pathIn(visit, 'besoins')}?nature=${offer.kindCode}`}>{t('need.offersLink')}</a> : null}
    </p>
  );
}
