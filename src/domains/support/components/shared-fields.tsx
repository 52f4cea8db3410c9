/** Fields that the forms of a need and of an offer share. */
import { Checkboxes, ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { themeLabel, type Theme } from '../../territory/organisation.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import { NAF_SECTIONS, nafLabel } from '../../territory/naf-sections.ts';
import { VISIBILITIES, type Visibility } from '../need.ts';
import { REGIONS } from '../places.ts';
import type { FormChoices, OrganisationOption } from '../stated-queries.server.ts';

export interface FormFrame {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

/** The organisation is known when the person speaks for one only; otherwise it is chosen. */
export function OrganisationField({
  visit,
  form,
  organisations,
  chosen,
}: FormFrame & { organisations: readonly OrganisationOption[]; chosen: string | undefined }) {
  const t = supportText(visit.locale);
  const [only] = organisations;
  if (organisations.length === 1 && only !== undefined)
    return <input type="hidden" name="organisation" value={only.id} />;
  const options = organisations.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      {...fieldsOf(form)('organisation', chosen)}
      label={t('form.organisation')}
      help={t('form.organisationHelp')}
      options={options}
    />
  );
}

export function KindField({
  visit,
  form,
  choices,
  subject,
  known,
}: FormFrame & { choices: FormChoices; subject: 'needs' | 'offers'; known: string | undefined }) {
  const t = supportText(visit.locale);
  const count = (code: string) =>
    t(subject === 'needs' ? 'form.openOffers' : 'form.openNeeds', { n: choices.openByKind.get(code) ?? 0 });
  return (
    <ChoiceCards
      {...fieldsOf(form)('kind', known)}
      label={t(subject === 'needs' ? 'form.kindNeed' : 'form.kindOffer')}
      choices={choices.kinds.map((kind) => ({
        value: kind.code,
        label: kindLabel(visit.locale, kind),
        help: t('form.kindHelp', { units: t(`units.${kind.unit}`), count: count(kind.code) }),
      }))}
    />
  );
}

export function ThemesField({
  visit,
  form,
  themes,
  known,
}: FormFrame & { themes: readonly Theme[]; known: readonly string[] }) {
  const t = supportText(visit.locale);
  if (themes.length === 0) return null;
  const choices = themes.map((theme) => ({ value: theme.code, label: themeLabel(visit.locale, theme) }));
  return <Checkboxes {...fieldsOf(form)('themes', known)} label={t('form.themes')} choices={choices} optional />;
}

export function VisibilityField({ visit, form, known }: FormFrame & { known: Visibility }) {
  const t = supportText(visit.locale);
  const choices = VISIBILITIES.map((value) => ({
    value,
    label: t(`visibility.${value}`),
    help: t(`visibility.${value}Help`),
  }));
  return <ChoiceCards {...fieldsOf(form)('visibility', known)} label={t('form.visibility')} choices={choices} />;
}

export function SectionsField({ visit, form, known, help }: FormFrame & { known: readonly string[]; help?: string }) {
  const t = supportText(visit.locale);
  const choices = NAF_SECTIONS.map((letter) => ({ value: letter, label: nafLabel(visit.locale, letter) }));
  return (
    <Checkboxes
      {...fieldsOf(form)('nafSections', known)}
      label={t('form.sections')}
      help={help}
      choices={choices}
      optional
    />
  );
}

export function regionOptions() {
  return REGIONS.map((region) => ({ value: region.code, label: region.name }));
}
