/** The declaration of all de minimis aid of three years: what is known is confirmed, what is not is added. */
import { textOf, type FormState } from '../../../lib/form-state.ts';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { DeclarationLine } from '../aid-queries.server.ts';
import { DECLARED_LINES } from '../aid-schema.ts';
import { BASES, LEGAL_BASES } from '../aid.ts';
import type { AidWords } from './aid-words.ts';

interface Props {
  readonly declarations: readonly DeclarationLine[];
  readonly visit: TerritoryVisit;
  readonly words: AidWords;
  readonly form: FormState;
}

export function DeclarationForm({ declarations, visit, words, form }: Props) {
  const { t, write } = words;
  const field = fieldsOf(form);
  const [last] = declarations;
  const bases = LEGAL_BASES.filter((basis) => BASES[basis].isDeMinimis);
  return (
    <Section
      id="declaration"
      title={t('declaration.title')}
      lead={
        last === undefined
          ? t('declaration.none')
          : t('declaration.last', { day: write.date(last.declaredOn), by: last.by ?? '' })
      }
    >
      <Form name="declare" idempotencyKey={formKey(visit)}>
        {DECLARED_LINES.map((place) => (
          <More summary={t('declaration.line', { n: place })} open={isTyped(form, place)}>
            <div class="form">
              <TextField {...field(`title${place}`)} label={t('declaration.what')} maxlength={200} optional />
              <TextField {...field(`authority${place}`)} label={t('grant.authority')} maxlength={200} optional />
              <DateField {...field(`grantedOn${place}`)} label={t('column.grantedOn')} optional />
              <NumberField {...field(`amount${place}`)} label={t('column.amount')} unit="€" decimal optional />
              <Select
                {...field(`basis${place}`, 'de-minimis-2023')}
                label={t('column.basis')}
                blank={false}
                optional
                options={bases.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
              />
            </div>
          </More>
        ))}
        <DateField {...field('declaredOn', write.date(visit.today))} label={t('declaration.day')} />
        <CheckField {...field('complete')} label={t('declaration.complete')} optional={false} />
        <SubmitButton>{t('declaration.send')}</SubmitButton>
      </Form>
    </Section>
  );
}

/** Whether somebody wrote in a line, or was told what to correct in it: then it stands open. */
function isTyped({ values, errors }: FormState, place: number): boolean {
  const names = ['title', 'authority', 'grantedOn', 'amount'].map((name) => `${name}${place}`);
  return names.some((name) => errors[name] !== undefined || textOf(values[name]) !== '');
}
