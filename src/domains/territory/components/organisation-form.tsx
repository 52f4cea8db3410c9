/** The form of an organisation: the same to add one and to edit one. */
import { formatter } from '../../../i18n/format.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Checkboxes } from '../../../ui/components/choice-cards.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { directoryText } from '../messages.ts';
import { PARTS, themeLabel, type Organisation, type Theme } from '../organisation.ts';
import { mayApproveFacts } from '../policy.ts';
import { formKey, type TerritoryVisit } from '../visit.ts';

const NAF_SECTIONS = [...'ABCDEFGHIJKLMNOPQRSTU'];

interface OrganisationFormProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly themes: readonly Theme[];
  /** The organisation as it is known; none when it is added. */
  readonly organisation?: Organisation;
  readonly cancelHref: string;
}

export function OrganisationForm({ visit, form, themes, organisation, cancelHref }: OrganisationFormProps) {
  const t = directoryText(visit.locale);
  const field = fieldsOf(form);
  return (
    <Form form={form} idempotencyKey={formKey(visit)} hidden={{ version: String(organisation?.version ?? 0) }}>
      <TextField
        {...field('name', organisation?.name)}
        label={t('form.name')}
        maxlength={160}
        autocomplete="organization"
      />
      <PartsField {...field('parts', organisation?.parts)} visit={visit} known={organisation?.parts ?? []} />
      <TextArea
        {...field('summaryFr', organisation?.summaryFr)}
        label={t('form.summaryFr')}
        help={t('form.summaryFrHelp')}
        rows={4}
        maxlength={2000}
        optional
      />
      <TextArea
        {...field('summaryEn', organisation?.summaryEn)}
        label={t('form.summaryEn')}
        rows={4}
        maxlength={2000}
        optional
      />
      <Checkboxes
        {...field('themes', organisation?.themes)}
        label={t('form.themes')}
        choices={themes.map((theme) => ({ value: theme.code, label: themeLabel(visit.locale, theme) }))}
        optional
      />
      <IdentityFields {...{ visit, form, organisation }} />
      <div class="row">
        <SubmitButton>{organisation ? t('form.save') : t('form.create')}</SubmitButton>
        <ButtonLink tone="plain" href={cancelHref}>
          {t('form.cancel')}
        </ButtonLink>
      </div>
    </Form>
  );
}

/** What registers know of it: all may be left open. */
function IdentityFields({
  visit,
  form,
  organisation,
}: Pick<OrganisationFormProps, 'visit' | 'form'> & { organisation: Organisation | undefined }) {
  const t = directoryText(visit.locale);
  const field = fieldsOf(form);
  const write = formatter(visit.locale, visit.territory.zone);
  return (
    <>
      <TextField
        {...field('commune', organisation?.commune ?? '')}
        label={t('form.commune')}
        maxlength={80}
        optional
        width="medium"
      />
      <TextField
        {...field('website', organisation?.website ?? '')}
        label={t('form.website')}
        type="url"
        maxlength={300}
        optional
      />
      <TextField
        {...field('siren', organisation?.siren ?? '')}
        label={t('form.siren')}
        help={t('form.sirenHelp')}
        inputmode="numeric"
        width="medium"
        optional
      />
      <Select
        {...field('nafSection', organisation?.nafSection ?? '')}
        label={t('form.nafSection')}
        help={t('form.nafSectionHelp')}
        options={NAF_SECTIONS.map((letter) => ({ value: letter, label: letter }))}
        blank={t('form.none')}
        width="medium"
        optional
      />
      <NumberField {...field('employees', organisation?.employees ?? '')} label={t('form.employees')} optional />
      <DateField
        {...field('foundedOn', organisation?.foundedOn ? write.date(organisation.foundedOn) : '')}
        label={t('form.foundedOn')}
        optional
      />
    </>
  );
}

type PartsFieldProps = ReturnType<ReturnType<typeof fieldsOf>> & { visit: TerritoryVisit; known: readonly string[] };

/** Parts are the team's to set; a manager's form sends them back as they are. */
function PartsField({ visit, known, ...field }: PartsFieldProps) {
  const t = directoryText(visit.locale);
  if (!mayApproveFacts(visit.principal)) return known.map((part) => <input type="hidden" name="parts" value={part} />);
  return (
    <Checkboxes
      {...field}
      label={t('form.parts')}
      help={t('form.partsHelp')}
      choices={PARTS.map((part) => ({ value: part, label: t(`part.${part}`) }))}
    />
  );
}
