/** What is this session, and what was given in it? */
import { ledgerUnitOf } from '../../../lib/quantity.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, sendAll, territoryPage, type TerritoryPage } from '../../territory/visit.ts';
import { cancelSession, confirmSession, correctSession } from '../commands.server.ts';
import { hidden } from '../components/meeting-input.ts';
import { SessionActs, SessionLinks } from '../components/session-acts.tsx';
import { SessionConfirm } from '../components/session-confirm.tsx';
import { SessionFacts } from '../components/session-facts.tsx';
import { SessionHistory } from '../components/session-history.tsx';
import { deliveryWords, PhaseTag } from '../components/words.tsx';
import { reasonForm, statementForm } from '../schema.ts';
import { confirmationMails, meetingMails } from '../session-mails.server.ts';
import { sessionHistory, type HistoryLine, type SessionView } from '../session-queries.server.ts';
import type { Side } from '../session.ts';
import { visibleSession } from '../visible.server.ts';
import { SESSION_BODIES, sessionTwin } from '../twin-schema.ts';

interface Data {
  readonly session: SessionView;
  readonly history: readonly HistoryLine[];
}

export const sessionPage = territoryPage<Data>({
  path: '/:territory/seances/:session',
  twin: { areas: ['delivery'], response: sessionTwin, bodies: SESSION_BODIES },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const session = await visibleSession(visit, tx);
    return session === undefined ? NOT_FOUND : { session, history: await sessionHistory(tx, session.id) };
  },

  actions: {
    giver: stateFor('giver'),
    receiver: stateFor('receiver'),

    async cancel(visit, input, tx) {
      const session = await visibleSession(visit, tx);
      if (session === undefined) return hidden(visit);
      const parsed = parseForm(reasonForm('cancel'), input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const cancelled = await cancelSession(
        tx,
        visit.principal,
        { sessionId: session.id, reason: parsed.value },
        visit,
      );
      const { t, sessionHref } = deliveryWords(visit);
      if (!cancelled.ok)
        return cancelled.reason === 'not-found'
          ? hidden(visit)
          : invalid(formError(input, t(`refused.${cancelled.reason}`), 'cancel'));
      const mails = await meetingMails(tx, visit, cancelled.value, 'cancelled', parsed.value);
      return doneAt(sessionHref(session.id), t('done.cancelled'), sendAll(visit, mails));
    },

    async correct(visit, input, tx) {
      const session = await visibleSession(visit, tx);
      if (session === undefined) return hidden(visit);
      const parsed = parseForm(reasonForm('correct'), input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const corrected = await correctSession(
        tx,
        visit.principal,
        { sessionId: session.id, reason: parsed.value },
        visit,
      );
      const { t, sessionHref } = deliveryWords(visit);
      if (corrected.ok) return doneAt(sessionHref(session.id), t('done.corrected'));
      return corrected.reason === 'not-confirmed'
        ? invalid(formError(input, t('refused.not-confirmed'), 'correct'))
        : hidden(visit);
    },
  },

  view({ session, history }, visit, form) {
    const { t, write } = deliveryWords(visit);
    const day = write.dayOf(session.startsAt);
    const title = t('session.title', { giver: session.giverName, receiver: session.receiverName, day });
    const need = pathIn(visit, 'besoins', session.needId);
    return {
      title,
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('list.title'), href: pathIn(visit, 'seances') }, { label: session.needTitle }]}
            title={title}
            tags={<PhaseTag session={session} visit={visit} />}
            lead={t.rich('session.for', {
              title: session.needTitle,
              need: (children) => <a href={need}>{children}</a>,
            })}
          />
          <div class="columns side">
            <div class="stack">
              <SessionConfirm visit={visit} session={session} form={form} />
              <Section title={t('session.history')}>
                <SessionHistory visit={visit} session={session} history={history} />
              </Section>
            </div>
            <div class="stack">
              <Panel title={t('session.facts')}>
                <SessionFacts visit={visit} session={session} />
              </Panel>
              <SessionLinks visit={visit} session={session} />
              <SessionActs visit={visit} session={session} form={form} />
            </div>
          </div>
        </>
      ),
    };
  },
});

/** One side says what was given; the other is told when it is their turn. */
function stateFor(side: Side): NonNullable<TerritoryPage<Data>['actions']>[string] {
  return async (visit, input, tx) => {
    const session = await visibleSession(visit, tx);
    if (session === undefined) return hidden(visit);
    const parsed = parseForm(statementForm(ledgerUnitOf(session.unit), side), input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const { t, sessionHref } = deliveryWords(visit);
    const answer = await confirmSession(
      tx,
      visit.principal,
      { sessionId: session.id, side, amount: parsed.value },
      visit,
    );
    if (!answer.ok)
      return answer.reason === 'not-found'
        ? hidden(visit)
        : invalid(formError(input, t(`refused.${answer.reason}`), side));
    const { outcome } = answer.value;
    const mails =
      outcome === 'waits' || outcome === 'differs'
        ? await confirmationMails(tx, visit, answer.value.session, side)
        : [];
    return doneAt(sessionHref(session.id), t(`done.${outcome}`), sendAll(visit, mails));
  };
}
