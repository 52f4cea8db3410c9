/** Says that a document was issued by mistake. */
import type { FormState } from '../../../../lib/form-state.ts';
import { Form, SubmitButton } from '../../../../ui/components/form.tsx';
import { More } from '../../../../ui/components/more.tsx';
import { TextField } from '../../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../../territory/visit.ts';
import { documentWords } from './document-words.ts';

export function WithdrawForm({ visit, form }: { visit: TerritoryVisit; form: FormState }) {
  const { t } = documentWords(visit);
  return (
    <More summary={t('withdraw')} open={form.errors['reason'] !== undefined}>
      <p class="small soft">{t('withdrawBody')}</p>
      <Form name="withdraw" idempotencyKey={formKey(visit)}>
        <TextField {...fieldsOf(form)('reason')} label={t('withdrawReason')} maxlength={300} />
        <SubmitButton tone="danger">{t('withdrawIt')}</SubmitButton>
      </Form>
    </More>
  );
}
