/** The programs that act for somebody: their tokens, a form for another, and the new one, shown this once. */
import { formatDateTime } from '../../../i18n/format.ts';
import { EMPTY_FORM, textOf, type FormState } from '../../../lib/form-state.ts';
import { SCOPE_AREAS } from '../../../platform/web/twin.ts';
import { Checkboxes, ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { stateOf, TOKEN_DAYS, type AccessToken } from '../access-token.ts';
import { directoryText, type DirectoryText } from '../messages.ts';
import { formKey, type TerritoryVisit } from '../visit.ts';
import { SHOWN_TOKEN } from '../token-acts.server.ts';

interface Props {
  readonly tokens: readonly AccessToken[];
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

export function AccessTokens({ tokens, visit, form }: Props) {
  const t = directoryText(visit.locale);
  const isTyped = isOfTokens(form) && !(SHOWN_TOKEN in form.values);
  return (
    <Section title={t('token.title')} lead={t.rich('token.lead', { link: (inside) => <a href="/api">{inside}</a> })}>
      <NewToken form={form} t={t} />
      {tokens.length === 0 ? null : <TokenTable tokens={tokens} visit={visit} t={t} />}
      <More summary={t('token.new')} open={isTyped}>
        <TokenForm visit={visit} form={isTyped ? form : EMPTY_FORM} t={t} />
      </More>
    </Section>
  );
}

/** Whether what comes back to the page is the form of a token, or a token just made. */
export function isOfTokens({ values, errors }: FormState): boolean {
  return ['tokenName', 'scopes', 'days', SHOWN_TOKEN].some((name) => name in values || name in errors);
}

function NewToken({ form, t }: { form: FormState; t: DirectoryText }) {
  const token = textOf(form.values[SHOWN_TOKEN]);
  if (token === '') return null;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a notice holds more than words in a line
    <Notice role="status" title={t('token.made', { name: textOf(form.values['shownName']) })}>
      <p>{t('token.madeHelp')}</p>
      <p>
        <code>{token}</code>
      </p>
    </Notice>
  );
}

function TokenTable({ tokens, visit, t }: { tokens: readonly AccessToken[]; visit: TerritoryVisit; t: DirectoryText }) {
  const at = (moment: Temporal.Instant | null) =>
    moment === null ? (
      t('token.never')
    ) : (
      <time dateTime={moment.toString()}>{formatDateTime(visit.locale, moment, visit.territory.zone)}</time>
    );
  return (
    <DataTable<AccessToken>
      caption={t('token.title')}
      hideCaption
      rows={tokens}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          title: t('token.name'),
          heading: true,
          cell: (row) => <TokenName token={row} visit={visit} t={t} />,
        },
        {
          key: 'scopes',
          title: t('token.scopes'),
          cell: ({ scopes }) => scopes.map((scope) => scopeLabel(t, scope)).join(', '),
        },
        { key: 'expires', title: t('token.expires'), cell: ({ expiresAt }) => at(expiresAt) },
        { key: 'used', title: t('token.used'), cell: ({ lastUsedAt }) => at(lastUsedAt) },
        {
          key: 'revoke',
          title: t('me.action'),
          hideTitle: true,
          cell: (row) =>
            stateOf(row, visit.now) === 'open' ? (
              <Form name="revoke-token" hidden={{ token: row.id }} idempotencyKey={formKey(visit)} inline>
                <SubmitButton tone="quiet" small>
                  {t('token.revoke')}
                  <span class="hidden"> {row.name}</span>
                </SubmitButton>
              </Form>
            ) : (
              ''
            ),
        },
      ]}
    />
  );
}

function TokenName({ token, visit, t }: { token: AccessToken; visit: TerritoryVisit; t: DirectoryText }) {
  const state = stateOf(token, visit.now);
  return (
    <>
      {token.name} {state === 'open' ? null : <Tag tone="neutral">{t(`token.state.${state}`)}</Tag>}
    </>
  );
}

function TokenForm({ visit, form, t }: { visit: TerritoryVisit; form: FormState; t: DirectoryText }) {
  const field = fieldsOf(form);
  const scopes = SCOPE_AREAS.flatMap((area) => [`${area}:read`, `${area}:write`]);
  return (
    <Form name="make-token" form={form} idempotencyKey={formKey(visit)}>
      <TextField {...field('tokenName')} label={t('token.name')} help={t('token.nameHelp')} maxlength={80} />
      <Checkboxes
        {...field('scopes')}
        label={t('token.scopes')}
        help={t('token.scopesHelp')}
        choices={scopes.map((value) => ({ value, label: scopeLabel(t, value) }))}
      />
      <ChoiceCards
        {...field('days', '90')}
        label={t('token.days')}
        choices={TOKEN_DAYS.map((value) => ({ value, label: t('token.daysValue', { n: Number(value) }) }))}
      />
      <SubmitButton>{t('token.make')}</SubmitButton>
    </Form>
  );
}

function scopeLabel(t: DirectoryText, scope: string): string {
  const [area = '', verb = ''] = scope.split(':');
  const known = SCOPE_AREAS.find((item) => item === area);
  if (known === undefined) return scope;
  return t(verb === 'write' ? 'token.scopeWrite' : 'token.scopeRead', { area: t(`token.area.${known}`) });
}
