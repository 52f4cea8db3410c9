/** The form of a need: four answers are enough, the rest is folded away. The same to state one and to edit one. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey } from '../../territory/visit.ts';
import { supportText } from '../messages.ts';
import { MAX_BODY, MAX_TITLE, URGENCIES } from '../need.ts';
import type { WholeNeed } from '../need-queries.server.ts';
import type { FormChoices } from '../stated-queries.server.ts';
import {
  KindField,
  OrganisationField,
  regionOptions,
  SectionsField,
  ThemesField,
  VisibilityField,
  type FormFrame,
} from './shared-fields.tsx';

interface NeedFormProps extends FormFrame {
  readonly choices: FormChoices;
  /** The need as it stands; none when it is stated. */
  readonly need?: WholeNeed;
  /** Chosen beforehand, from the address. */
  readonly suggested?: { readonly kind?: string; readonly organisation?: string };
  readonly cancelHref: string;
}

const DETAILS = ['body', 'urgency', 'themes', 'visibility', 'nafSections', 'region', 'employees', 'soleTrader'];
const PROJECT = ['nafSections', 'region', 'employees', 'soleTrader'];

export function NeedForm({ visit, form, choices, need, suggested = {}, cancelHref }: NeedFormProps) {
  const t = supportText(visit.locale);
  const field = fieldsOf(form);
  const write = formatter(visit.locale, visit.territory.zone);
  const hidden: Record<string, string> = { version: String(need?.version ?? 0) };
  if (need !== undefined) hidden['organisation'] = need.organisationId;
  return (
    <Form form={form} idempotencyKey={formKey(visit)} hidden={hidden}>
      {need === undefined ? (
        <OrganisationField
          visit={visit}
          form={form}
          organisations={choices.organisations}
          chosen={suggested.organisation}
        />
      ) : null}
      <KindField visit={visit} form={form} choices={choices} subject="needs" known={need?.kindCode ?? suggested.kind} />
      <TextArea
        {...field('title', need?.title)}
        label={t('form.needSentence')}
        help={t('form.needSentenceHelp')}
        rows={2}
        maxlength={MAX_TITLE}
      />
      <NumberField
        {...field('quantity', need?.quantity ?? 2)}
        label={t('form.quantity')}
        help={t('form.quantityHelp')}
      />
      <DateField
        {...field('neededBy', need?.neededBy ? write.date(need.neededBy) : '')}
        label={t('form.neededBy')}
        optional
      />
      <Details visit={visit} form={form} choices={choices} {...(need === undefined ? {} : { need })} />
      <div class="row">
        <SubmitButton full={need === undefined}>{t(need === undefined ? 'form.sendNeed' : 'form.save')}</SubmitButton>
        {need === undefined ? null : (
          <ButtonLink tone="plain" href={cancelHref}>
            {t('form.cancel')}
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}

function Details({ visit, form, choices, need }: FormFrame & { choices: FormChoices; need?: WholeNeed }) {
  const t = supportText(visit.locale);
  const field = fieldsOf(form);
  const isOpen = need !== undefined || hasAny(form, DETAILS);
  return (
    <More summary={t('form.more')} open={isOpen}>
      <div class="form">
        <TextArea
          {...field('body', need?.body)}
          label={t('form.body')}
          help={t('form.bodyNeedHelp')}
          rows={5}
          maxlength={MAX_BODY}
          optional
        />
        <ChoiceCards
          {...field('urgency', String(need?.urgency ?? 2))}
          label={t('form.urgency')}
          choices={URGENCIES.map((urgency) => ({ value: String(urgency), label: t(`urgency.${urgency}`) }))}
        />
        <ThemesField visit={visit} form={form} themes={choices.themes} known={need?.themeCodes ?? []} />
        <VisibilityField visit={visit} form={form} known={need?.visibility ?? 'territory'} />
        <Project visit={visit} form={form} {...(need === undefined ? {} : { need })} />
      </div>
    </More>
  );
}

/** What eligibility looks at, when the project is not like the organisation. */
function Project({ visit, form, need }: FormFrame & { need?: WholeNeed }) {
  const t = supportText(visit.locale);
  const field = fieldsOf(form);
  const own = need?.ownFacts ?? {};
  const soleTrader = own.isSoleTrader === undefined || own.isSoleTrader === null ? '' : own.isSoleTrader ? 'yes' : 'no';
  const yesNo = (['yes', 'no'] as const).map((value) => ({ value, label: t(`form.${value}`) }));
  return (
    <More summary={t('form.project')} open={hasAny(form, PROJECT) || Object.keys(own).length > 0}>
      <div class="form">
        <p class="soft small">{t('form.projectHelp')}</p>
        <SectionsField visit={visit} form={form} known={own.nafSections ?? []} />
        <Select
          {...field('region', own.regionCode ?? '')}
          label={t('form.region')}
          blank={t('form.notSaid')}
          options={regionOptions()}
          width="medium"
          optional
        />
        <NumberField {...field('employees', own.employees ?? '')} label={t('form.employees')} optional />
        <Select
          {...field('soleTrader', soleTrader)}
          label={t('form.soleTrader')}
          blank={t('form.notSaid')}
          options={yesNo}
          width="medium"
          optional
        />
      </div>
    </More>
  );
}

/** Whether a refused form has something to show among these fields: an error, or what was typed there. */
function hasAny(form: FormFrame['form'], names: readonly string[]): boolean {
  return names.some((name) => form.errors[name] !== undefined);
}
