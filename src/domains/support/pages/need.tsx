/** What does this organisation need, and what was proposed to it? */
import { formatter } from '../../../i18n/format.ts';
import { parseId } from '../../../lib/ids.ts';
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { isTeam } from '../../territory/principal.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { themeNames } from '../components/list.tsx';
import { needFacts } from '../components/need-facts.tsx';
import { PlainText } from '../components/plain-text.tsx';
import { ActButton, ActRefusal, History, Proposals } from '../components/stated-page.tsx';
import { amount, StateTag, UrgencyTag } from '../components/words.tsx';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import { needById, type WholeNeed } from '../need-queries.server.ts';
import { moveNeed } from '../moves.server.ts';
import { countOffers } from '../offer-queries.server.ts';
import { mayEdit } from '../policy.ts';
import { proposalsOf, readLabels, statedHistory, type Labels, type Proposal, type StatedHistory } from '../stated-queries.server.ts';

interface Data extends Labels {
  readonly need: WholeNeed;
  readonly proposals: readonly Proposal[];
  readonly history: StatedHistory;
  /** Offers of the same kind that this reader may see. */
  readonly openOffers: number;
}

export const needPage = territoryPage<Data>({
  path: '/:territory/besoins/:need',

  async load(visit, tx) {
    const id = parseId<'need'>(visit.params['need'] ?? '');
    const need = id && (await needById(tx, visit.principal, id));
    if (need === undefined) return NOT_FOUND;
    return {
      need,
      ...(await readLabels(tx)),
      proposals: await proposalsOf(tx, visit.principal, 'needs', need.id),
      history: await statedHistory(tx, visit.principal, need),
      openOffers: await countOffers(tx, visit.principal, { kind: need.kindCode, state: 'open' }),
    };
  },

  actions: {
    withdraw: (visit, input, tx) => moveNeed(visit, input, tx, 'withdraw'),
    reopen: (visit, input, tx) => moveNeed(visit, input, tx, 'reopen'),
  },

  view(data, visit, form) {
    const { need, proposals, history } = data;
    const t = supportText(visit.locale);
    return {
      title: need.title,
      unlisted: need.visibility !== 'public',
      body: (
        <>
          <PageHead breadcrumb={[{ label: t('needs.title'), href: pathIn(visit, 'besoins') }, { label: need.title }]} title={need.title} lead={<Lead need={need} visit={visit} />} tags={<Marks data={data} visit={visit} />} actions={<Acts need={need} visit={visit} />} />
          <ActRefusal form={form} />
          <div class="columns side">
            <div class="stack">
              <Standing data={data} visit={visit} />
              <div class="prose">{need.body === '' ? <p class="soft">{t('need.noText')}</p> : <PlainText text={need.body} />}</div>
              {mayEdit(visit.principal, need) || proposals.length > 0 ? <Proposals visit={visit} proposals={proposals} subject="need" unit={need.unit} isOpen={need.state === 'open'} /> : null}
              <History visit={visit} lines={history} loaded={mayEdit(visit.principal, need) && need.externalKey !== null ? need.createdAt : null} />
            </div>
            <Panel title={t('need.facts')}>
              <DescriptionList facts={needFacts(need, themeNames(visit, data.themes), visit)} />
            </Panel>
          </div>
        </>
      ),
    };
  },
});

function Lead({ need, visit }: { need: WholeNeed; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  const by = need.neededBy === null ? 'none' : formatter(visit.locale, visit.territory.zone).date(need.neededBy);
  const organisation = (inside: preact.ComponentChildren) => <a href={pathIn(visit, 'organisations', need.organisationSlug)}>{inside}</a>;
  return <>{t.rich<preact.ComponentChildren>('need.lead', { name: need.organisationName, amount: amount(t, need.unit, need.quantity), by, organisation })}</>;
}

function Marks({ data: { need, kinds }, visit }: { data: Data; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  const kind = kinds.find(({ code }) => code === need.kindCode);
  return (
    <>
      <StateTag state={need.state} t={t} />
      {kind === undefined ? null : <Tag>{kindLabel(visit.locale, kind)}</Tag>}
      <UrgencyTag urgency={need.urgency} t={t} />
    </>
  );
}

function Acts({ need, visit }: { need: WholeNeed; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  if (!mayEdit(visit.principal, need)) return null;
  if (need.state !== 'open') return <ActButton visit={visit} name="reopen" version={need.version} label={t('act.reopen')} />;
  return (
    <>
      <ActButton visit={visit} name="withdraw" version={need.version} label={t('act.withdraw')} />
      {isTeam(visit.principal) ? <ButtonLink tone="quiet" href={`${pathIn(visit, 'mises-en-relation', 'nouvelle')}?besoin=${need.id}`}>{t('introduce')}</ButtonLink> : null}
      <ButtonLink href={pathIn(visit, 'besoins', need.id, 'modifier')}>{t('act.edit')}</ButtonLink>
    </>
  );
}

/** Where the need stands, in a sentence, when there is something to say or to do. */
function Standing({ data: { need, openOffers }, visit }: { data: Data; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  if (need.state === 'withdrawn') return <Notice tone="plain">{t('need.isWithdrawn')}</Notice>;
  if (need.state === 'met') return <Notice>{t('need.isMet')}</Notice>;
  const isLate = need.neededBy !== null && Temporal.PlainDate.compare(need.neededBy, visit.today) < 0;
  if (isLate && mayEdit(visit.principal, need)) return <Notice tone="warn">{t('need.datePassed')}</Notice>;
  return (
    <p class="soft">
      {t('need.offersOpen', { n: openOffers })} {openOffers > 0 ? <a href={`${pathIn(visit, 'apports')}?nature=${need.kindCode}`}>{t('need.offersLink')}</a> : null}
    </p>
  );
}
