/** Should these two meet, why, and what does each say? */
import { parseId } from '../../../lib/ids.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { listKinds } from '../../support/kind-queries.server.ts';
import { historyOf, type HistoryLine } from '../../territory/events.server.ts';
import { listThemes } from '../../territory/queries.server.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { matchAddress } from '../address.ts';
import { MatchView } from '../components/match-view.tsx';
import { amount, namesOf, type Names } from '../components/sentences.ts';
import { answerMatch, withdrawMatch } from '../match-commands.server.ts';
import { matchById, type Match } from '../match-queries.server.ts';
import { matchingText } from '../messages.ts';
import { mailsOfMatch } from '../notify.server.ts';
import { mayReadRounds } from '../policy.ts';
import type { MatchId } from '../round.ts';
import { answerForm, withdrawalForm } from '../schema.ts';

interface Data {
  readonly match: Match;
  readonly names: Names;
  readonly history: readonly HistoryLine[];
}

export const matchPage = territoryPage<Data>({
  path: '/:territory/mises-en-relation/:match',
  async load(visit, tx) {
    if (!mayReadRounds(visit.principal)) return SIGN_IN;
    const id = idOf(visit);
    const match = id && (await matchById(tx, visit.principal, id));
    if (match === undefined) return NOT_FOUND;
    return { match, names: namesOf(visit.locale, { kinds: await listKinds(tx), themes: await listThemes(tx) }), history: await historyOf(tx, match.id) };
  },
  actions: {
    answer: (visit, input, tx) => act(visit, (id) => answerTo(visit, input, tx, id)),
    withdraw: (visit, input, tx) => act(visit, (id) => takeBack(visit, input, tx, id)),
  },
  view({ match, names, history }, visit, form) {
    const t = matchingText(visit.locale);
    const title = t(`match.title.${match.state}`, { giver: match.offerOrganisation, receiver: match.needOrganisation, amount: amount(t, match.unit, match.quantity) });
    return { title, body: <MatchView match={match} names={names} history={history} title={title} visit={visit} t={t} form={form} /> };
  },
});

async function answerTo(visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction, id: MatchId): Promise<ActionOutcome> {
  const t = matchingText(visit.locale);
  const parsed = parseForm(answerForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const answered = await answerMatch(tx, visit.principal, id, parsed.value, visit);
  if (!answered.ok) {
    if (answered.reason === 'not-found' || answered.reason === 'not-allowed') return { kind: 'not-found' };
    return invalid(formError(input, t(`refused.${answered.reason}`), answered.reason === 'reason-wanted' ? 'reason' : undefined));
  }
  const { state, side } = answered.value;
  const mails = state === 'proposed' ? [] : await mailsOfMatch(tx, visit, id, state === 'accepted' ? 'accepted' : 'declined', side);
  return doneAt(matchAddress(pathIn(visit), id), t(`match.answered.${state === 'withdrawn' ? 'proposed' : state}`), sendAll(visit, mails));
}

async function takeBack(visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction, id: MatchId): Promise<ActionOutcome> {
  const t = matchingText(visit.locale);
  const parsed = parseForm(withdrawalForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const withdrawn = await withdrawMatch(tx, visit.principal, id, parsed.value.reason, visit);
  if (!withdrawn.ok) {
    if (withdrawn.reason === 'not-found' || withdrawn.reason === 'not-allowed') return { kind: 'not-found' };
    return invalid(formError(input, t(`refused.${withdrawn.reason}`)));
  }
  return doneAt(matchAddress(pathIn(visit), id), t('match.withdrawn'), sendAll(visit, await mailsOfMatch(tx, visit, id, 'withdrawn')));
}

function sendAll(visit: TerritoryVisit, mails: Awaited<ReturnType<typeof mailsOfMatch>>) {
  return async () => void (await Promise.all(mails.map((mail) => visit.services.sendMail(mail))));
}

function idOf(visit: TerritoryVisit): MatchId | undefined {
  return parseId<'match'>(visit.params['match'] ?? '');
}

async function act(visit: TerritoryVisit, work: (id: MatchId) => Promise<ActionOutcome>): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const id = idOf(visit);
  return id === undefined ? { kind: 'not-found' } : work(id);
}
