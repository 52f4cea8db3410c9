/** The form that decides a grant. */
import type { FormState } from '../../../lib/form-state.ts';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { AID_PURPOSES } from '../aid-eligibility.ts';
import type { OrganisationChoice } from '../aid-queries.server.ts';
import { OPEN_BASES } from '../aid-schema.ts';
import { INSTRUMENTS } from '../aid.ts';
import type { AidWords } from './aid-words.ts';

interface Props {
  readonly visit: TerritoryVisit;
  readonly words: AidWords;
  readonly form: FormState;
  readonly organisations: readonly OrganisationChoice[];
  /** Chosen by the address. */
  readonly organisationId: string | undefined;
}

export function GrantForm({ visit, words, form, organisations, organisationId }: Props) {
  const { t, write } = words;
  const field = fieldsOf(form);
  const options = organisations.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Form form={form} idempotencyKey={formKey(visit)}>
      <Select {...field('organisation', organisationId)} label={t('grant.organisation')} options={options} />
      <TextField {...field('title')} label={t('grant.title')} maxlength={200} />
      <DateField {...field('grantedOn', write.date(visit.today))} label={t('grant.day')} help={t('grant.dayHelp')} />
      <TextField {...field('authority')} label={t('grant.authority')} maxlength={200} />
      <Select
        {...field('basis', 'de-minimis-2023')}
        label={t('grant.basis')}
        help={t('grant.basisHelp')}
        options={OPEN_BASES.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
      />
      <Select
        {...field('instrument', 'grant')}
        label={t('grant.instrument')}
        options={INSTRUMENTS.map((instrument) => ({ value: instrument, label: t(`instrument.${instrument}`) }))}
      />
      <NumberField {...field('amount')} label={t('grant.amount')} help={t('grant.amountHelp')} unit="€" decimal />
      <NumberField {...field('months')} label={t('grant.months')} help={t('grant.monthsHelp')} optional />
      <NumberField {...field('share')} label={t('grant.share')} help={t('grant.shareHelp')} unit="%" decimal optional />
      <TextField {...field('nace')} label={t('grant.nace')} help={t('grant.naceHelp')} width="short" maxlength={6} />
      <Select
        {...field('purpose')}
        label={t('grant.purpose')}
        options={AID_PURPOSES.map((purpose) => ({ value: purpose, label: t(`purpose.${purpose}`) }))}
      />
      <CheckField {...field('judged')} label={t('grant.judged')} help={t('grant.judgedHelp')} />
      <SubmitButton>{t('grant.decide')}</SubmitButton>
    </Form>
  );
}
