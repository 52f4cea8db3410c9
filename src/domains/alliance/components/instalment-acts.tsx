/** What the team may do with an instalment, by where it stands. */
import type { FormState } from '../../../lib/form-state.ts';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { awaitedCents } from '../instalment.ts';
import type { InstalmentLine } from '../instalment-queries.server.ts';
import { allianceWords } from './words.tsx';

interface ActsProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly instalment: InstalmentLine;
}

export function InstalmentActs(props: ActsProps) {
  const { instalment } = props;
  if (instalment.state === 'withdrawn' || instalment.agreementState === 'draft') return null;
  if (instalment.state === 'planned') return <CallForm {...props} />;
  return (
    <>
      {awaitedCents(instalment) > 0n ? <PaymentForm {...props} /> : null}
      {instalment.paidCents === 0n ? <CancelForm {...props} /> : null}
    </>
  );
}

function CallForm({ visit, form }: ActsProps) {
  const { t, write } = allianceWords(visit);
  return (
    <Section title={t('instalment.call')} lead={t('instalment.callBody')}>
      <Form name="call" idempotencyKey={formKey(visit)}>
        <DateField {...fieldsOf(form)('calledOn', write.date(visit.today))} label={t('instalment.calledOnField')} />
        <SubmitButton>{t('instalment.callIt')}</SubmitButton>
      </Form>
    </Section>
  );
}

function PaymentForm({ visit, form, instalment }: ActsProps) {
  const { t, write } = allianceWords(visit);
  const field = fieldsOf(form);
  return (
    <Section title={t('instalment.pay')}>
      <Form name="pay" idempotencyKey={formKey(visit)}>
        <DateField {...field('paidOn', write.date(visit.today))} label={t('instalment.paidOn')} />
        <NumberField
          {...field('paidAmount', write.money(awaitedCents(instalment), { round: true }))}
          label={t('instalment.paidAmount')}
          decimal
          width="medium"
        />
        <TextField {...field('note')} label={t('instalment.note')} maxlength={200} optional />
        <SubmitButton>{t('instalment.payIt')}</SubmitButton>
      </Form>
      <Form name="remind" idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="quiet">{t('instalment.remind')}</SubmitButton>
      </Form>
    </Section>
  );
}

function CancelForm({ visit, form }: ActsProps) {
  const { t } = allianceWords(visit);
  return (
    <More summary={t('instalment.cancel')}>
      <p class="soft">{t('instalment.cancelBody')}</p>
      <Form name="cancel" idempotencyKey={formKey(visit)}>
        <TextField {...fieldsOf(form)('reason')} label={t('instalment.reason')} maxlength={300} />
        <SubmitButton tone="danger">{t('instalment.cancelIt')}</SubmitButton>
      </Form>
    </More>
  );
}
