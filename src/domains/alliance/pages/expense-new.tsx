/** Which expense is being recorded? For the team. */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { DateField } from '../../../ui/components/date-field.tsx';
import { FileField } from '../../../ui/components/file-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { SPENDING_NATURES } from '../../ledger/account.ts';
import { formKey, pathIn, territoryPage } from '../../territory/visit.ts';
import { programmeChoices, type ProgrammeChoice } from '../agreement-queries.server.ts';
import { MAX_ATTACHMENT_BYTES } from '../attachment.ts';
import { allianceWords } from '../components/words.tsx';
import { recordAct } from '../money-acts.server.ts';
import { mayKeepMoney } from '../policy.ts';

export const expenseNewPage = territoryPage<readonly ProgrammeChoice[]>({
  path: '/:territory/depenses/nouvelle',
  maxBodyBytes: MAX_ATTACHMENT_BYTES + 64 * 1024,

  async load(visit, tx) {
    return mayKeepMoney(visit.principal) ? programmeChoices(tx) : SIGN_IN;
  },

  actions: { default: recordAct },

  view(programmes, visit, form) {
    const { t, write } = allianceWords(visit);
    const field = fieldsOf(form);
    return {
      title: t('expenses.record'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('expenses.title'), href: pathIn(visit, 'depenses') }]}
            title={t('expense.new')}
            lead={t('expense.reverseBody')}
          />
          <Form form={form} files idempotencyKey={formKey(visit)}>
            <DateField {...field('spentOn', write.date(visit.today))} label={t('expense.spentOn')} />
            <Select
              {...field('nature')}
              label={t('expense.nature')}
              options={SPENDING_NATURES.map((nature) => ({ value: nature, label: t(`nature.${nature}`) }))}
              width="medium"
            />
            <NumberField {...field('amount')} label={t('expense.amount')} unit="€" decimal width="medium" />
            <TextField {...field('supplier')} label={t('expense.supplier')} maxlength={200} />
            {programmes.length === 0 ? null : (
              <Select
                {...field('programme', '')}
                label={t('form.programme')}
                blank={t('form.noProgramme')}
                options={programmes.map(({ code, labelFr, labelEn }) => ({
                  value: code,
                  label: visit.locale === 'fr' ? labelFr : labelEn,
                }))}
                optional
              />
            )}
            <FileField
              {...field('evidence')}
              label={t('expense.evidence')}
              help={t('expense.evidenceHelp')}
              accept=".pdf,.png,.jpg,.jpeg"
              maximum={t('act.maximum')}
              optional
            />
            <SubmitButton>{t('expenses.record')}</SubmitButton>
          </Form>
        </>
      ),
    };
  },
});
