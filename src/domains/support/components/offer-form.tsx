/** The form of an offer: three answers are enough, conditions are folded away. The same to state one and to edit one. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { Checkboxes } from '../../../ui/components/choice-cards.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey } from '../../territory/visit.ts';
import { NO_CONDITIONS } from '../conditions.ts';
import { supportText } from '../messages.ts';
import { MAX_BODY, MAX_TITLE } from '../need.ts';
import type { WholeOffer } from '../offer-queries.server.ts';
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

interface OfferFormProps extends FormFrame {
  readonly choices: FormChoices;
  /** The offer as it stands; none when it is stated. */
  readonly offer?: WholeOffer;
  readonly suggested?: { readonly kind?: string; readonly organisation?: string };
  readonly cancelHref: string;
}

const DETAILS = ['body', 'themes', 'visibility', 'minimum', 'availableFrom', 'availableTo'];
const CONDITIONS = ['nafSections', 'regions', 'minEmployees', 'maxEmployees', 'excludesSoleTraders', 'toVerify'];

export function OfferForm({ visit, form, choices, offer, suggested = {}, cancelHref }: OfferFormProps) {
  const t = supportText(visit.locale);
  const field = fieldsOf(form);
  const hidden: Record<string, string> = { version: String(offer?.version ?? 0) };
  if (offer !== undefined) hidden['organisation'] = offer.organisationId;
  const known = offer === undefined ? {} : { offer };
  return (
    <Form form={form} idempotencyKey={formKey(visit)} hidden={hidden}>
      {offer === undefined ? (
        <OrganisationField
          visit={visit}
          form={form}
          organisations={choices.organisations}
          chosen={suggested.organisation}
        />
      ) : null}
      <KindField
        visit={visit}
        form={form}
        choices={choices}
        subject="offers"
        known={offer?.kindCode ?? suggested.kind}
      />
      <TextArea
        {...field('title', offer?.title)}
        label={t('form.offerSentence')}
        help={t('form.offerSentenceHelp')}
        rows={2}
        maxlength={MAX_TITLE}
      />
      <NumberField
        {...field('capacity', offer?.capacity ?? 4)}
        label={t('form.capacity')}
        help={t('form.capacityHelp')}
      />
      <Details visit={visit} form={form} choices={choices} {...known} />
      <Conditions visit={visit} form={form} {...known} />
      <div class="row">
        <SubmitButton full={offer === undefined}>
          {t(offer === undefined ? 'form.sendOffer' : 'form.save')}
        </SubmitButton>
        {offer === undefined ? null : (
          <ButtonLink tone="plain" href={cancelHref}>
            {t('form.cancel')}
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}

function Details({ visit, form, choices, offer }: FormFrame & { choices: FormChoices; offer?: WholeOffer }) {
  const t = supportText(visit.locale);
  const field = fieldsOf(form);
  const write = formatter(visit.locale, visit.territory.zone);
  const { availableFrom, availableUntil } = offer?.conditions ?? NO_CONDITIONS;
  const last = availableUntil?.subtract({ days: 1 });
  return (
    <More summary={t('form.more')} open={offer !== undefined || hasError(form, DETAILS)}>
      <div class="form">
        <TextArea
          {...field('body', offer?.body)}
          label={t('form.body')}
          help={t('form.bodyOfferHelp')}
          rows={5}
          maxlength={MAX_BODY}
          optional
        />
        <NumberField
          {...field('minimum', offer?.minimum ?? 0)}
          label={t('form.minimum')}
          help={t('form.minimumHelp')}
          optional
        />
        <DateField
          {...field('availableFrom', availableFrom ? write.date(availableFrom) : '')}
          label={t('form.from')}
          optional
        />
        <DateField
          {...field('availableTo', last ? write.date(last) : '')}
          label={t('form.to')}
          help={t('form.toHelp')}
          optional
        />
        <ThemesField visit={visit} form={form} themes={choices.themes} known={offer?.themeCodes ?? []} />
        <VisibilityField visit={visit} form={form} known={offer?.visibility ?? 'territory'} />
      </div>
    </More>
  );
}

function Conditions({ visit, form, offer }: FormFrame & { offer?: WholeOffer }) {
  const t = supportText(visit.locale);
  const field = fieldsOf(form);
  const conditions = offer?.conditions ?? NO_CONDITIONS;
  return (
    <More summary={t('form.conditions')} open={hasError(form, CONDITIONS)}>
      <div class="form">
        <p class="soft small">{t('form.conditionsHelp')}</p>
        <SectionsField visit={visit} form={form} known={conditions.nafSections} help={t('form.allSections')} />
        <Checkboxes
          {...field('regions', conditions.regions)}
          label={t('form.regions')}
          help={t('form.allRegions')}
          choices={regionOptions()}
          optional
        />
        <NumberField
          {...field('minEmployees', conditions.minEmployees ?? '')}
          label={t('form.minEmployees')}
          optional
        />
        <NumberField
          {...field('maxEmployees', conditions.maxEmployees ?? '')}
          label={t('form.maxEmployees')}
          optional
        />
        <CheckField
          {...field('excludesSoleTraders', conditions.excludesSoleTraders ? 'yes' : '')}
          label={t('form.excludesSoleTraders')}
        />
        <TextArea
          {...field('toVerify', conditions.toVerify.join('\n'))}
          label={t('form.toVerify')}
          help={t('form.toVerifyHelp')}
          rows={3}
          maxlength={2000}
          optional
        />
      </div>
    </More>
  );
}

function hasError(form: FormFrame['form'], names: readonly string[]): boolean {
  return names.some((name) => form.errors[name] !== undefined);
}
