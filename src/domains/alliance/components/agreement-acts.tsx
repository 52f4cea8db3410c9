/** What the team may do with an agreement: complete and sign a draft; amend, end, or complete a signed text. */
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { FileField } from '../../../ui/components/file-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { COMMITMENT_FAMILIES, isToRenew, yearsOf } from '../agreement.ts';
import type { Agreement } from '../agreement-queries.server.ts';
import { allianceWords } from './words.tsx';

interface ActsProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly agreement: Agreement;
}

/** In the head of the page. */
export function HeadActs({ visit, agreement }: Omit<ActsProps, 'form'>) {
  const { t, agreementHref } = allianceWords(visit);
  if (agreement.state === 'draft') {
    return (
      <>
        <ConfirmDialog
          id="discard"
          trigger={t('act.discard')}
          title={t('act.discardTitle')}
          confirm={t('act.discardIt')}
          tone="danger"
          name="discard"
          idempotencyKey={formKey(visit)}
        >
          {t('act.discardBody')}
        </ConfirmDialog>
        <ButtonLink tone="quiet" href={`${agreementHref(agreement.id)}/modifier`}>
          {t('act.edit')}
        </ButtonLink>
      </>
    );
  }
  return agreement.state === 'signed' ? (
    <>
      {isToRenew(agreement, visit.today) ? (
        <Form name="remindRenewal" idempotencyKey={formKey(visit)} inline>
          <SubmitButton tone="quiet">{t('act.remindRenewal')}</SubmitButton>
        </Form>
      ) : null}
      <Form name="amend" idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="quiet">{t('act.amend')}</SubmitButton>
      </Form>
    </>
  ) : null;
}

export function AddInstalment({ visit, form, agreement }: ActsProps) {
  const { t } = allianceWords(visit);
  const field = fieldsOf(form);
  const isOpen = ['instalmentYear', 'dueOn', 'amount', 'condition'].some((name) => form.errors[name] !== undefined);
  return (
    <More summary={t('act.addInstalment')} open={isOpen}>
      <Form name="addInstalment" idempotencyKey={formKey(visit)}>
        <Select {...field('instalmentYear')} label={t('act.year')} options={yearOptions(agreement)} width="short" />
        <DateField {...field('dueOn')} label={t('act.dueOn')} />
        <NumberField {...field('amount')} label={t('act.amount')} unit="€" decimal width="medium" />
        <TextField
          {...field('condition')}
          label={t('act.condition')}
          help={t('act.conditionHelp')}
          maxlength={500}
          optional
        />
        <CheckField {...field('everyYear')} label={t('act.everyYear')} />
        <SubmitButton>{t('act.add')}</SubmitButton>
      </Form>
    </More>
  );
}

export function AddCommitment({ visit, form, agreement }: ActsProps) {
  const { t } = allianceWords(visit);
  const field = fieldsOf(form);
  const isOpen = ['commitmentYear', 'family', 'quantity'].some((name) => form.errors[name] !== undefined);
  return (
    <More summary={t('act.addCommitment')} open={isOpen}>
      <Form name="addCommitment" idempotencyKey={formKey(visit)}>
        <Select {...field('commitmentYear')} label={t('act.year')} options={yearOptions(agreement)} width="short" />
        <Select
          {...field('family')}
          label={t('act.family')}
          options={COMMITMENT_FAMILIES.map((family) => ({ value: family, label: t(`family.${family}`) }))}
          width="medium"
        />
        <NumberField {...field('quantity')} label={t('act.quantity')} help={t('act.quantityHelp')} decimal />
        <CheckField {...field('everyYearInKind')} label={t('act.everyYear')} />
        <SubmitButton>{t('act.add')}</SubmitButton>
      </Form>
    </More>
  );
}

export function SignForm({ visit, form }: Omit<ActsProps, 'agreement'>) {
  const { t, write } = allianceWords(visit);
  return (
    <Form name="sign" idempotencyKey={formKey(visit)}>
      <DateField
        {...fieldsOf(form)('signedOn', write.date(visit.today))}
        label={t('act.signedOn')}
        help={t('act.signHelp')}
      />
      <SubmitButton>{t('act.signIt')}</SubmitButton>
    </Form>
  );
}

/** Offered while there is no text, and in a draft. */
export function AttachForm({ visit, form }: Omit<ActsProps, 'agreement'>) {
  const { t } = allianceWords(visit);
  return (
    <More summary={t('act.attach')} open={form.errors['text'] !== undefined}>
      <Form name="attach" files idempotencyKey={formKey(visit)}>
        <FileField
          {...fieldsOf(form)('text')}
          label={t('act.attachFile')}
          accept=".pdf,application/pdf"
          maximum={t('act.maximum')}
        />
        <SubmitButton tone="quiet">{t('act.attachIt')}</SubmitButton>
      </Form>
    </More>
  );
}

export function EndForm({ visit, form }: Omit<ActsProps, 'agreement'>) {
  const { t, write } = allianceWords(visit);
  return (
    <More summary={t('act.end')} open={form.errors['endedOn'] !== undefined}>
      <Form name="end" idempotencyKey={formKey(visit)}>
        <DateField
          {...fieldsOf(form)('endedOn', write.date(visit.today))}
          label={t('act.endedOn')}
          help={t('act.endHelp')}
        />
        <SubmitButton tone="danger">{t('act.endIt')}</SubmitButton>
      </Form>
    </More>
  );
}

function yearOptions(agreement: Agreement) {
  return yearsOf(agreement).map((year) => ({ value: String(year), label: String(year) }));
}
