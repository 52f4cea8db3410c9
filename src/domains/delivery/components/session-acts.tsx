/** What else may be done with a session: keep it, move it, call it off, correct what was booked. */
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { isTeamOrSystem, mayCorrect } from '../policy.ts';
import type { SessionView } from '../session-queries.server.ts';
import { checkCancellable, checkMovable } from '../session.ts';
import { formOf } from './own-form.ts';
import { deliveryWords } from './words.tsx';

interface SessionActsProps {
  readonly visit: TerritoryVisit;
  readonly session: SessionView;
}

export function SessionLinks({ visit, session }: SessionActsProps) {
  const { t, sessionHref } = deliveryWords(visit);
  const path = sessionHref(session.id);
  const canReplan = session.state !== 'planned' && session.matchState === 'accepted';
  return (
    <>
      {session.state === 'planned' ? (
        <a class="button quiet" href={`${path}/calendrier.ics`} download data-no-prefetch>
          {t('session.calendar')}
        </a>
      ) : null}
      {checkMovable(session).ok ? (
        <ButtonLink tone="quiet" href={`${path}/deplacer`}>
          {t('session.move')}
        </ButtonLink>
      ) : null}
      {canReplan ? (
        <ButtonLink tone="quiet" href={pathIn(visit, 'mises-en-relation', session.matchId, 'seance')}>
          {t('session.another')}
        </ButtonLink>
      ) : null}
    </>
  );
}

export function SessionActs({ visit, session, form }: SessionActsProps & { readonly form: FormState }) {
  const { t, amountOf } = deliveryWords(visit);
  const canCancel = checkCancellable(session, isTeamOrSystem(visit.principal)).ok;
  const canCorrect = session.state === 'confirmed' && mayCorrect(visit.principal);
  const amount = amountOf(session, session.giver?.amount ?? 0n);
  return (
    <>
      {canCancel ? (
        <Reason
          visit={visit}
          form={form}
          action="cancel"
          summary={t('session.cancel')}
          lead={t('session.cancelLead')}
          label={t('session.cancelReason')}
          send={t('session.cancelConfirm')}
        />
      ) : null}
      {canCorrect ? (
        <Reason
          visit={visit}
          form={form}
          action="correct"
          summary={t('session.correct')}
          lead={t('session.correctLead', { amount })}
          label={t('session.correctReason')}
          send={t('session.correctConfirm')}
        />
      ) : null}
    </>
  );
}

interface ReasonProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly action: 'cancel' | 'correct';
  readonly summary: string;
  readonly lead: string;
  readonly label: string;
  readonly send: string;
}

/** An act that asks why. Its field bears the act's name, so that an error finds its own form. */
function Reason({ visit, form, action, summary, lead, label, send }: ReasonProps) {
  const own = formOf(form, action);
  return (
    <More summary={summary} open={action in form.values}>
      <p class="small soft">{lead}</p>
      <Form form={own} name={action} idempotencyKey={formKey(visit)}>
        <TextArea {...fieldsOf(own)(action)} label={label} rows={2} maxlength={500} />
        <SubmitButton tone="danger">{send}</SubmitButton>
      </Form>
    </More>
  );
}
