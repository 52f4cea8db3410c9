/** Brings a statement, and names the accounts of which statements are taken. */
import type { FormState } from '../../../../lib/form-state.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { FileField } from '../../../../ui/components/file-field.tsx';
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx';
import { Form, SubmitButton } from '../../../../ui/components/form.tsx';
import { More } from '../../../../ui/components/more.tsx';
import { Section } from '../../../../ui/components/section.tsx';
import { Select } from '../../../../ui/components/select.tsx';
import { TextField } from '../../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../../territory/visit.ts';
import type { OwnIban } from '../bank-queries.server.ts';
import { writeIban } from '../iban.ts';
import { bankWords } from './bank-words.tsx';

interface Props {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly ibans: readonly OwnIban[];
}

export function StatementForms(props: Props) {
  const { t } = bankWords(props.visit);
  const isWrong = Object.keys(props.form.errors).some((name) => name === 'iban' || name === 'label');
  return (
    <>
      <ErrorSummary form={props.form} />
      {props.ibans.length > 0 ? <LoadForm {...props} /> : null}
      <Section title={t('ibans')} lead={t('ibansLead')}>
        <DataTable<OwnIban>
          caption={t('ibans')}
          hideCaption
          rows={props.ibans}
          rowKey={({ id }) => id}
          empty={<p class="soft">{t('ibansEmpty')}</p>}
          columns={[
            { key: 'label', title: t('column.label'), heading: true, cell: ({ label }) => label },
            { key: 'iban', title: t('column.iban'), cell: ({ iban }) => writeIban(iban) },
          ]}
        />
        <More summary={t('ibanNew')} open={isWrong || props.ibans.length === 0}>
          <IbanForm {...props} />
        </More>
      </Section>
    </>
  );
}

function LoadForm({ visit, form, ibans }: Props) {
  const { t } = bankWords(visit);
  const field = fieldsOf(form);
  return (
    <Section title={t('load')}>
      <Form name="load" files idempotencyKey={formKey(visit)}>
        <FileField
          {...field('file')}
          label={t('file')}
          help={t('fileHelp')}
          maximum={t('maximum')}
          accept=".xml,.csv,.txt,.053,.c53"
        />
        <Select
          {...field('account')}
          label={t('account')}
          help={t('accountHelp')}
          blank={t('accountInFile')}
          optional
          options={ibans.map(({ id, iban, label }) => ({ value: id, label: `${label}, ${writeIban(iban)}` }))}
        />
        <SubmitButton>{t('loadIt')}</SubmitButton>
      </Form>
    </Section>
  );
}

function IbanForm({ visit, form }: Props) {
  const { t } = bankWords(visit);
  const field = fieldsOf(form);
  return (
    <Form name="account" idempotencyKey={formKey(visit)}>
      <TextField {...field('iban')} label={t('ibanField')} maxlength={60} />
      <TextField {...field('label')} label={t('ibanLabel')} maxlength={80} />
      <SubmitButton tone="quiet">{t('ibanAdd')}</SubmitButton>
    </Form>
  );
}
