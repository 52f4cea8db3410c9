/** The facts of an organisation beyond its name and text: register, place, dates of life, other names and links. */
import { formatter } from '../../../i18n/format.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { DateField } from '../../../ui/components/date-field.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { NO_FACTS, type Facts } from '../facts.ts';
import { factsText } from '../messages.ts';
import { mayApproveFacts } from '../policy.ts';
import type { TerritoryVisit } from '../visit.ts';

interface MoreFieldsProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly facts: Facts | undefined;
}

export function OrganisationMoreFields(props: MoreFieldsProps) {
  const { visit, form, facts = NO_FACTS } = props;
  const t = factsText(visit.locale);
  const field = fieldsOf(form);
  const isOpen = Object.keys(form.errors).length > 0;
  return (
    <>
      <More summary={t('form.identity')} open={isOpen}>
        <TextField
          {...field('legalName', facts.legalName ?? '')}
          label={t('fact.legalName')}
          maxlength={200}
          optional
        />
        <TextArea
          {...field('otherNames', facts.otherNames.join('\n'))}
          label={t('fact.otherNames')}
          help={t('form.otherNamesHelp')}
          rows={3}
          optional
        />
        <TextField
          {...field('siret', facts.siret ?? '')}
          label={t('fact.siret')}
          help={t('form.siretHelp')}
          inputmode="numeric"
          width="medium"
          optional
        />
        <TextField {...field('nafCode', facts.nafCode ?? '')} label={t('fact.nafCode')} width="short" optional />
        <TextArea
          {...field('links', facts.links.map(({ url, label }) => `${url} ${label}`.trim()).join('\n'))}
          label={t('fact.links')}
          help={t('form.linksHelp')}
          rows={3}
          optional
        />
        {mayApproveFacts(visit.principal) ? (
          <Select
            {...field('isListed', facts.isListed ? 'yes' : 'no')}
            label={t('fact.isListed')}
            options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`value.${value}`) }))}
            width="short"
          />
        ) : null}
      </More>
      <PlaceFields {...props} isOpen={isOpen} />
      <LifeFields {...props} isOpen={isOpen} />
    </>
  );
}

type SectionProps = MoreFieldsProps & { readonly isOpen: boolean };

function PlaceFields({ visit, form, facts = NO_FACTS, isOpen }: SectionProps) {
  const t = factsText(visit.locale);
  const field = fieldsOf(form);
  return (
    <More summary={t('form.place')} open={isOpen}>
      <TextField {...field('address', facts.address ?? '')} label={t('fact.address')} maxlength={300} optional />
      <TextField
        {...field('postalCode', facts.postalCode ?? '')}
        label={t('fact.postalCode')}
        maxlength={20}
        width="short"
        optional
      />
      <TextField
        {...field('communeCode', facts.communeCode ?? '')}
        label={t('fact.communeCode')}
        maxlength={5}
        width="short"
        optional
      />
      {(['latitude', 'longitude'] as const).map((name) => (
        <TextField
          {...field(name, facts[name] === null ? '' : String(facts[name]))}
          label={t(`fact.${name}`)}
          help={t('form.degreesHelp')}
          inputmode="decimal"
          width="short"
          optional
        />
      ))}
    </More>
  );
}

function LifeFields({ visit, form, facts = NO_FACTS, isOpen }: SectionProps) {
  const t = factsText(visit.locale);
  const field = fieldsOf(form);
  const write = formatter(visit.locale, visit.territory.zone);
  const days = ['arrivedOn', 'leftOn', 'closedOn'] as const;
  return (
    <More summary={t('form.life')} open={isOpen}>
      <p class="help">{t('form.lifeHelp')}</p>
      {days.map((name) => {
        const day = facts[name];
        return <DateField {...field(name, day === null ? '' : write.date(day))} label={t(`fact.${name}`)} optional />;
      })}
    </More>
  );
}
