/** One's own name and language. */
import type { FormState } from '../../../lib/form-state.ts';
import { ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { directoryText } from '../messages.ts';
import type { Person } from '../person.ts';
import { formKey, type TerritoryVisit } from '../visit.ts';

export function ProfilePanel({ person, visit, form }: { person: Person; visit: TerritoryVisit; form: FormState }) {
  const t = directoryText(visit.locale);
  const field = fieldsOf(form);
  return (
    <Panel title={t('me.profile')} lead={person.email}>
      <Form name="edit" form={form} idempotencyKey={formKey(visit)}>
        <TextField {...field('name', person.name)} label={t('me.name')} maxlength={120} autocomplete="name" />
        <ChoiceCards
          {...field('locale', person.locale)}
          label={t('me.locale')}
          help={t('me.localeHelp')}
          choices={[
            { value: 'fr', label: <span lang="fr">{t('locale.fr')}</span> },
            { value: 'en', label: <span lang="en">{t('locale.en')}</span> },
          ]}
        />
        <SubmitButton>{t('me.save')}</SubmitButton>
      </Form>
    </Panel>
  );
}
