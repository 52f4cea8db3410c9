/** The keys of somebody's devices: which there are, when each last served, another one. */
import { formatDateTime } from '../../../i18n/format.ts';
import { EMPTY_FORM, type FormState } from '../../../lib/form-state.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import type { Passkey } from '../../identity/identity.ts';
import { directoryText } from '../messages.ts';
import { keyNameField } from '../people-schema.ts';
import { formKey, type TerritoryVisit } from '../visit.ts';

interface Props {
  readonly passkeys: readonly Passkey[];
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

export function Passkeys({ passkeys, visit, form }: Props) {
  const t = directoryText(visit.locale);
  const isTyped = isOfPasskeys(form);
  return (
    <Section title={t('key.title')} lead={t('key.lead')}>
      {passkeys.length === 0 ? <p class="soft">{t('key.none')}</p> : <KeyTable passkeys={passkeys} visit={visit} />}
      <div data-island="passkey" data-is-new="yes" hidden={!isTyped}>
        <Form
          name="add-passkey"
          form={isTyped ? form : EMPTY_FORM}
          hidden={{ answer: '' }}
          idempotencyKey={formKey(visit)}
        >
          <TextField
            {...fieldsOf(isTyped ? form : EMPTY_FORM)('keyName', '')}
            label={t('key.name')}
            help={t('key.nameHelp')}
            maxlength={80}
          />
          <SubmitButton tone="quiet">{t('key.add')}</SubmitButton>
        </Form>
        <p data-failure role="alert" hidden>
          {t('key.failed')}
        </p>
      </div>
    </Section>
  );
}

/** Whether what comes back to the page is a form of a key. */
export function isOfPasskeys({ values, errors }: FormState): boolean {
  return [...Object.keys(values), ...Object.keys(errors)].some((name) => name.startsWith('keyName'));
}

function KeyTable({ passkeys, visit }: Pick<Props, 'passkeys' | 'visit'>) {
  const t = directoryText(visit.locale);
  const at = (moment: Temporal.Instant | null) =>
    moment === null ? (
      t('key.neverUsed')
    ) : (
      <time dateTime={moment.toString()}>{formatDateTime(visit.locale, moment, visit.territory.zone)}</time>
    );
  return (
    <DataTable<Passkey>
      caption={t('key.title')}
      hideCaption
      rows={passkeys}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('key.name'), heading: true, cell: ({ name }) => name },
        { key: 'since', title: t('me.since'), cell: ({ since }) => at(since) },
        { key: 'used', title: t('me.lastUsed'), cell: ({ lastUsed }) => at(lastUsed) },
        {
          key: 'acts',
          title: t('me.action'),
          hideTitle: true,
          cell: (key) => <KeyActs passkey={key} visit={visit} />,
        },
      ]}
    />
  );
}

function KeyActs({ passkey: { id, name }, visit }: { passkey: Passkey; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  return (
    <>
      <More summary={t('key.rename', { name })}>
        <Form name="name-passkey" hidden={{ key: id }} idempotencyKey={formKey(visit)}>
          <TextField {...fieldsOf(EMPTY_FORM)(keyNameField(id), name)} label={t('key.name')} maxlength={80} />
          <SubmitButton tone="quiet" small>
            {t('key.save')}
          </SubmitButton>
        </Form>
      </More>
      <Form name="remove-passkey" hidden={{ key: id }} idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="quiet" small>
          {t('key.remove')}
          <span class="hidden"> {name}</span>
        </SubmitButton>
      </Form>
    </>
  );
}
