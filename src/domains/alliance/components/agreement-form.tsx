/** The form of an agreement: the same to draft one and to edit a draft. */
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { AGREEMENT_KINDS } from '../agreement.ts';
import type { Agreement, FormChoices } from '../agreement-queries.server.ts';
import { allianceWords } from './words.tsx';

interface AgreementFormProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly choices: FormChoices;
  /** The draft as it is known; none when it is new. */
  readonly agreement?: Agreement;
  readonly cancelHref: string;
}

export function AgreementForm({ visit, form, choices, agreement, cancelHref }: AgreementFormProps) {
  const { t } = allianceWords(visit);
  return (
    <Form form={form} idempotencyKey={formKey(visit)} hidden={{ version: String(agreement?.version ?? 0) }}>
      {agreement === undefined ? <WhoSigns visit={visit} form={form} choices={choices} /> : null}
      <Terms visit={visit} form={form} choices={choices} {...(agreement ? { agreement } : {})} />
      <Counterparts visit={visit} form={form} {...(agreement ? { agreement } : {})} />
      <div class="row">
        <SubmitButton>{agreement === undefined ? t('form.draft') : t('form.save')}</SubmitButton>
        <ButtonLink tone="plain" href={cancelHref}>
          {t('form.cancel')}
        </ButtonLink>
      </div>
    </Form>
  );
}

function WhoSigns({ visit, form, choices }: Omit<AgreementFormProps, 'cancelHref' | 'agreement'>) {
  const { t } = allianceWords(visit);
  const field = fieldsOf(form);
  return (
    <>
      <Select
        {...field('organisation', visit.url.searchParams.get('organisation') ?? undefined)}
        label={t('form.organisation')}
        options={choices.organisations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        {...field('kind')}
        label={t('form.kind')}
        help={t('form.kindHelp')}
        options={AGREEMENT_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        width="medium"
      />
    </>
  );
}

function Terms({ visit, form, choices, agreement }: Omit<AgreementFormProps, 'cancelHref'>) {
  const { t, write } = allianceWords(visit);
  const field = fieldsOf(form);
  const day = (date: Temporal.PlainDate | null | undefined) => (date ? write.date(date) : '');
  return (
    <>
      <TextField {...field('title', agreement?.title)} label={t('form.title')} maxlength={200} />
      <TextField
        {...field('reference', agreement?.reference)}
        label={t('form.reference')}
        maxlength={80}
        width="medium"
        optional
      />
      <TextArea
        {...field('parties', agreement?.parties)}
        label={t('form.parties')}
        help={t('form.partiesHelp')}
        rows={3}
        maxlength={1000}
        optional
      />
      <DateField {...field('startsOn', day(agreement?.startsOn))} label={t('form.startsOn')} />
      <DateField {...field('endsOn', day(agreement?.endsOn))} label={t('form.endsOn')} />
      <DateField {...field('renewalOn', day(agreement?.renewalOn))} label={t('form.renewalOn')} optional />
      {choices.programmes.length === 0 ? null : (
        <Select
          {...field('programme', agreement?.programme ?? '')}
          label={t('form.programme')}
          blank={t('form.noProgramme')}
          options={choices.programmes.map(({ code, labelFr, labelEn }) => ({
            value: code,
            label: visit.locale === 'fr' ? labelFr : labelEn,
          }))}
          optional
        />
      )}
      <CheckField
        {...field('amountsPublic', agreement?.amountsPublic ? 'yes' : '')}
        label={t('form.amountsPublic')}
        help={t('form.amountsPublicHelp')}
      />
    </>
  );
}

function Counterparts({ visit, form, agreement }: Omit<AgreementFormProps, 'cancelHref' | 'choices'>) {
  const { t, write } = allianceWords(visit);
  const field = fieldsOf(form);
  const value = agreement === undefined ? '' : write.money(agreement.counterpartsCents);
  return (
    <>
      <TextArea
        {...field('counterparts', agreement?.counterparts)}
        label={t('form.counterparts')}
        rows={3}
        maxlength={2000}
        optional
      />
      <NumberField
        {...field('counterpartsCents', value)}
        label={t('form.counterpartsCents')}
        help={t('form.counterpartsHelp')}
        unit="€"
        decimal
        width="medium"
        optional
      />
    </>
  );
}
