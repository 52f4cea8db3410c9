/** Should these two meet, why, and what does each say? */
import { parseId } from '../../../lib/ids.ts';
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { territoryPage } from '../../territory/visit.ts';
import { MatchView } from '../components/match-view.tsx';
import { amount, namesOf, type Names } from '../components/sentences.ts';
import { handingOf, type Handing } from '../delegation.server.ts';
import { answerTo, handOver, takeBack } from '../match-acts.server.ts';
import { matchById, type Match } from '../match-queries.server.ts';
import { matchingText } from '../messages.ts';
import { mayReadRounds } from '../policy.ts';
import { momentsOf, namedLists, type Moment } from '../round-queries.server.ts';
import { actOnMatch } from '../visited.server.ts';
import { answerForm, delegationForm, withdrawalForm } from '../schema.ts';
import { matchTwin } from '../twin-schema.ts';

interface Data {
  readonly match: Match;
  readonly names: Names;
  readonly history: readonly Moment[];
  readonly handing: Handing;
}

export const matchPage = territoryPage<Data>({
  path: '/:territory/mises-en-relation/:match',
  twin: {
    areas: ['matching'],
    response: matchTwin,
    bodies: { answer: answerForm, withdraw: withdrawalForm, delegate: delegationForm },
  },
  async load(visit, tx) {
    if (!mayReadRounds(visit.principal)) return SIGN_IN;
    const id = parseId<'match'>(visit.params['match'] ?? '');
    const match = id && (await matchById(tx, visit.principal, id));
    if (match === undefined) return NOT_FOUND;
    return {
      match,
      names: namesOf(visit.locale, await namedLists(tx)),
      history: await momentsOf(tx, match.id),
      handing: await handingOf(tx, visit.principal, match),
    };
  },
  actions: {
    answer: (visit, input, tx) => actOnMatch(visit, (id) => answerTo(visit, input, tx, id)),
    withdraw: (visit, input, tx) => actOnMatch(visit, (id) => takeBack(visit, input, tx, id)),
    delegate: (visit, input, tx) => actOnMatch(visit, (id) => handOver(visit, input, tx, id)),
  },
  view({ match, names, history, handing }, visit, form) {
    const t = matchingText(visit.locale);
    const title = t(`match.title.${match.state}`, {
      giver: match.offerOrganisation,
      receiver: match.needOrganisation,
      amount: amount(t, match.unit, match.quantity),
    });
    return {
      title,
      body: <MatchView {...{ match, names, history, handing, title, visit, t, form }} />,
    };
  },
});
