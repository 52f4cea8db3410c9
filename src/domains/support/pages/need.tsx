/** What does this organisation need, and what was proposed to it? */
import { parseId } from '../../../lib/ids.ts';
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { themeNames } from '../components/list.tsx';
import { NeedActs, NeedLead, NeedMarks, NeedStanding } from '../components/need-head.tsx';
import { needFacts } from '../components/need-facts.tsx';
import { PlainText } from '../components/plain-text.tsx';
import { ActRefusal, History, Proposals } from '../components/stated-page.tsx';
import { supportText } from '../messages.ts';
import { needById, type WholeNeed } from '../need-queries.server.ts';
import { moveNeed } from '../moves.server.ts';
import { countOffers } from '../offer-queries.server.ts';
import { mayEdit } from '../policy.ts';
import {
  proposalsOf,
  readLabels,
  statedHistory,
  type Labels,
  type Proposal,
  type StatedHistory,
} from '../stated-queries.server.ts';
import { moveForm, needTwin } from '../twin-schema.ts';

interface Data extends Labels {
  readonly need: WholeNeed;
  readonly proposals: readonly Proposal[];
  readonly history: StatedHistory;
  /** Offers of the same kind that can serve today and that this reader may see. */
  readonly openOffers: number;
}

export const needPage = territoryPage<Data>({
  path: '/:territory/besoins/:need',
  twin: {
    areas: ['support'],
    response: needTwin,
    bodies: { withdraw: moveForm, reopen: moveForm },
  },

  async load(visit, tx) {
    const id = parseId<'need'>(visit.params['need'] ?? '');
    const need = id && (await needById(tx, visit.principal, id));
    if (need === undefined) return NOT_FOUND;
    return {
      need,
      ...(await readLabels(tx)),
      proposals: await proposalsOf(tx, visit.principal, 'needs', need.id),
      history: await statedHistory(tx, visit.principal, need),
      openOffers: await countOffers(tx, visit.principal, {
        kind: need.kindCode,
        state: 'open',
        availability: { on: visit.today, is: true },
      }),
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
          <PageHead
            breadcrumb={[{ label: t('needs.title'), href: pathIn(visit, 'besoins') }, { label: need.title }]}
            title={need.title}
            lead={<NeedLead need={need} visit={visit} />}
            tags={<NeedMarks need={need} kinds={data.kinds} visit={visit} />}
            actions={<NeedActs need={need} visit={visit} />}
          />
          <ActRefusal form={form} />
          <div class="columns side">
            <div class="stack">
              <NeedStanding need={need} openOffers={data.openOffers} visit={visit} />
              <div class="prose">
                {need.body === '' ? <p class="soft">{t('need.noText')}</p> : <PlainText text={need.body} />}
              </div>
              {mayEdit(visit.principal, need) || proposals.length > 0 ? (
                <Proposals
                  visit={visit}
                  proposals={proposals}
                  subject="need"
                  unit={need.unit}
                  isOpen={need.state === 'open'}
                />
              ) : null}
              <History
                visit={visit}
                lines={history}
                loaded={mayEdit(visit.principal, need) && need.externalKey !== null ? need.createdAt : null}
              />
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
