/** Places, phases, ties and people of an organisation, each with its form. */
import type { FormState } from '../../../lib/form-state.ts';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import type { PersonId } from '../../../lib/ids.ts';
import type { Life } from '../life-queries.server.ts';
import { findingText, lifeText } from '../messages.ts';
import { TIE_KINDS } from '../organisation-profile.ts';
import { formKey, pathIn, type TerritoryVisit } from '../visit.ts';
import { AddForm, LifeList } from './life-list.tsx';

interface Props {
  readonly life: Life;
  readonly form: FormState;
  readonly visit: TerritoryVisit;
}

export function Places({ life: { places }, form, visit }: Props) {
  const t = lifeText(visit.locale);
  const field = fieldsOf(form);
  const lines = places.map(({ label, address, postalCode, commune, ...line }) => ({
    ...line,
    text: [label, address, [postalCode, commune].filter(Boolean).join(' ')].filter(Boolean).join(', '),
  }));
  return (
    <LifeList kind="place" title={t('places')} none={t('places.none')} {...{ lines, visit }} isKept>
      <AddForm name="place" title={t('places.add')} isOpen={isSent(form, 'label')} visit={visit}>
        <TextField {...field('label')} label={t('label')} help={t('label.help')} maxlength={120} />
        <TextField {...field('address')} label={t('address')} maxlength={300} optional />
        <TextField {...field('postalCode')} label={t('postalCode')} maxlength={20} width="short" optional />
        <TextField {...field('commune')} label={t('commune')} maxlength={80} optional />
        <Period name="place" {...{ form, visit }} />
      </AddForm>
    </LifeList>
  );
}

export function Phases({ life: { phases }, form, visit }: Props) {
  const t = lifeText(visit.locale);
  const lines = phases.map(({ phase, ...line }) => ({ ...line, text: phase }));
  return (
    <LifeList kind="phase" title={t('phases')} none={t('phases.none')} {...{ lines, visit }} isKept>
      <AddForm name="phase" title={t('phases.add')} isOpen={isSent(form, 'phase')} visit={visit}>
        <TextField {...fieldsOf(form)('phase')} label={t('phase')} help={t('phase.help')} maxlength={120} />
        <Period name="phase" isDated {...{ form, visit }} />
      </AddForm>
    </LifeList>
  );
}

export function Ties({ life: { ties }, form, visit, isKept }: Props & { readonly isKept: boolean }) {
  const t = lifeText(visit.locale);
  const finding = findingText(visit.locale);
  const field = fieldsOf(form);
  const lines = ties.map(({ tie, isFrom, name, slug, ...line }) => ({
    ...line,
    text: (
      <>
        {isFrom ? finding(`page.tie.${tie}`) : finding(`page.tied.${tie}`)}{' '}
        <a href={pathIn(visit, 'organisations', slug)}>{name}</a>
      </>
    ),
  }));
  const lead = isKept ? undefined : t('ties.team');
  return (
    <LifeList kind="tie" title={t('ties')} none={t('ties.none')} {...{ lead, lines, visit, isKept }}>
      {isKept ? (
        <AddForm name="tie" title={t('ties.add')} isOpen={isSent(form, 'other')} visit={visit}>
          <Select
            {...field('tie')}
            label={t('tie')}
            options={TIE_KINDS.map((value) => ({ value, label: finding(`page.tie.${value}`) }))}
          />
          <TextField {...field('other')} label={t('other')} help={t('other.help')} maxlength={300} />
          <Period name="tie" {...{ form, visit }} />
        </AddForm>
      ) : null}
    </LifeList>
  );
}

export function Affiliations({
  life: { affiliations },
  people,
  form,
  visit,
}: Props & { readonly people: readonly { readonly id: PersonId; readonly name: string }[] }) {
  const t = lifeText(visit.locale);
  const field = fieldsOf(form);
  const lines = affiliations.map(({ name, title, isPublicContact, ...line }) => ({
    ...line,
    text: (
      <>
        {[name, title].filter(Boolean).join(', ')} {isPublicContact ? <Tag tone="info">{t('public')}</Tag> : null}
      </>
    ),
    more: (
      <Form
        name="contact"
        hidden={isPublicContact ? { id: line.id } : { id: line.id, isPublicContact: 'yes' }}
        idempotencyKey={formKey(visit)}
        inline
      >
        <SubmitButton tone="quiet" small>
          {t(isPublicContact ? 'hide' : 'show')}
        </SubmitButton>
      </Form>
    ),
  }));
  return (
    <LifeList kind="affiliation" title={t('affiliations')} none={t('affiliations.none')} {...{ lines, visit }} isKept>
      {people.length === 0 ? <p class="soft">{t('affiliations.nobody')}</p> : null}
      {people.length === 0 ? null : (
        <AddForm name="affiliation" title={t('affiliations.add')} isOpen={isSent(form, 'person')} visit={visit}>
          <Select
            {...field('person')}
            label={t('person')}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextField {...field('title')} label={t('role')} maxlength={200} optional />
          <CheckField {...field('isPublicContact')} label={t('isPublicContact')} help={t('isPublicContact.help')} />
          <Period name="person" {...{ form, visit }} />
        </AddForm>
      )}
    </LifeList>
  );
}

/** Whether this form is the one that came back. */
function isSent({ values, errors }: FormState, name: string): boolean {
  return name in values || name in errors;
}

function Period({
  name,
  isDated = false,
  form,
  visit,
}: Omit<Props, 'life'> & { readonly name: string; readonly isDated?: boolean }) {
  const t = lifeText(visit.locale);
  const field = fieldsOf(form);
  return (
    <>
      <DateField {...field(`${name}Since`)} label={t('since')} optional={!isDated} />
      <DateField {...field(`${name}Until`)} label={t('until')} optional />
    </>
  );
}
