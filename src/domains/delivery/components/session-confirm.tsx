/** What each side says was given, and the form in which a side says it. */
import type { FormState } from '../../../lib/form-state.ts';
import { ledgerUnitOf } from '../../../lib/quantity.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { isTeam, personOf } from '../../territory/principal.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { mayState, sidesOf } from '../policy.ts';
import type { SessionView } from '../session-queries.server.ts';
import { otherSide, phaseOf, type Side } from '../session.ts';
import { formOf } from './own-form.ts';
import { deliveryWords } from './words.tsx';

interface SessionConfirmProps {
  readonly visit: TerritoryVisit;
  readonly session: SessionView;
  readonly form: FormState;
}

const SIDES: readonly Side[] = ['giver', 'receiver'];

export function SessionConfirm({ visit, session, form }: SessionConfirmProps) {
  const words = deliveryWords(visit);
  const { t } = words;
  const phase = phaseOf(session, visit.now);
  if (phase === 'cancelled') return null;
  if (phase === 'upcoming') {
    return (
      <Panel title={t('confirm.title')}>
        <p>{t('confirm.later')}</p>
      </Panel>
    );
  }
  if (phase === 'confirmed') {
    return (
      <Panel title={t('confirm.title')}>
        <div class="stack">
          <p>{t('confirm.done', { amount: words.amountOf(session, session.giver?.amount ?? 0n) })}</p>
          <Statements visit={visit} session={session} />
        </div>
      </Panel>
    );
  }
  return (
    <Panel title={t('confirm.title')} lead={t('confirm.lead')} id="confirmer">
      <div class="stack">
        <Statements visit={visit} session={session} />
        <Difference visit={visit} session={session} />
        {SIDES.filter((side) => mayState(visit.principal, session, side)).map((side) => (
          <StatementForm visit={visit} session={session} side={side} form={formOf(form, side)} />
        ))}
        {isTeam(visit.principal) && sidesOf(visit.principal, session).length === 0 ? (
          <p class="small soft">{t('confirm.team')}</p>
        ) : null}
      </div>
    </Panel>
  );
}

function Statements({ visit, session }: Omit<SessionConfirmProps, 'form'>) {
  const words = deliveryWords(visit);
  const { t, write } = words;
  const said = (side: Side) => {
    const statement = session[side];
    if (statement === null) return <span class="soft">{t('confirm.silent')}</span>;
    const person = session[`${side}PersonName`];
    const facts = { amount: words.amountOf(session, statement.amount), day: write.dayOf(statement.at) };
    return person === null ? t('confirm.saidOn', facts) : t('confirm.saidBy', { ...facts, person });
  };
  return (
    <DescriptionList
      facts={SIDES.map((side) => ({
        term: t('confirm.said', { organisation: session[`${side}Name`] }),
        details: said(side),
      }))}
    />
  );
}

function Difference({ visit, session }: Omit<SessionConfirmProps, 'form'>) {
  const words = deliveryWords(visit);
  const { giver, receiver, giverName, receiverName } = session;
  if (giver === null || receiver === null) return null;
  const facts = {
    giver: giverName,
    receiver: receiverName,
    given: words.amountOf(session, giver.amount),
    received: words.amountOf(session, receiver.amount),
  };
  return (
    <Notice tone="warn" title={words.t('confirm.differ')}>
      {words.t('confirm.differBody', facts)}
    </Notice>
  );
}

/** The other side's answer is offered as one's own: what was already typed once is not typed again. */
function StatementForm({ visit, session, side, form }: SessionConfirmProps & { readonly side: Side }) {
  const { t, write } = deliveryWords(visit);
  const unit = ledgerUnitOf(session.unit);
  const organisation = session[`${side}Name`];
  const other = session[otherSide(side)];
  const me = personOf(visit.principal);
  if (other !== null && other.by !== null && other.by === me)
    return <Notice tone="info">{t('confirm.samePerson', { organisation })}</Notice>;
  const known = session[side]?.amount ?? other?.amount ?? BigInt(unit === 'minute' ? session.durationMinutes : 1);
  const value = unit === 'minute' ? write.hours(Number(known)) : String(known);
  return (
    <Form form={form} name={side} idempotencyKey={formKey(visit)}>
      <NumberField
        {...fieldsOf(form)(side, value)}
        label={t('confirm.field', { organisation, side })}
        help={unit === 'minute' ? t('confirm.helpHours') : t('confirm.helpUnits')}
        unit={unit === 'minute' ? undefined : t(`confirm.unit.${unit}`)}
        decimal={unit === 'minute'}
      />
      <SubmitButton>{session[side] === null ? t('confirm.send', { side }) : t('confirm.change')}</SubmitButton>
    </Form>
  );
}
