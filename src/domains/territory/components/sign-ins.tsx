/** The browsers on which somebody is signed in, each with the button that closes it. */
import { formatDateTime } from '../../../i18n/format.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { deviceOf } from '../../identity/device.ts';
import type { SignIn } from '../../identity/identity.ts';
import { directoryText } from '../messages.ts';
import { formKey, type TerritoryVisit } from '../visit.ts';

export function SignIns({ signIns, visit }: { signIns: readonly SignIn[]; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  const isThis = ({ id }: SignIn) => id === visit.signedIn?.sessionId;
  const at = (moment: Temporal.Instant) => (
    <time dateTime={moment.toString()}>{formatDateTime(visit.locale, moment, visit.territory.zone)}</time>
  );
  return (
    <Section title={t('me.signIns')} lead={t('me.signInsLead')}>
      <DataTable<SignIn>
        caption={t('me.signInsCaption')}
        hideCaption
        rows={signIns}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'device',
            title: t('me.device'),
            heading: true,
            cell: (row) => (
              <>
                {deviceName(row, visit)} {isThis(row) ? <Tag tone="good">{t('me.thisDevice')}</Tag> : null}
              </>
            ),
          },
          { key: 'since', title: t('me.since'), cell: ({ since }) => at(since) },
          { key: 'used', title: t('me.lastUsed'), cell: ({ lastUsed }) => at(lastUsed) },
          {
            key: 'close',
            title: t('me.action'),
            hideTitle: true,
            cell: (row) => (isThis(row) ? '' : <CloseForm signIn={row} visit={visit} />),
          },
        ]}
      />
      {signIns.some((row) => !isThis(row)) ? (
        <Form name="close-others" idempotencyKey={formKey(visit)}>
          <SubmitButton tone="quiet">{t('me.closeOthers')}</SubmitButton>
        </Form>
      ) : null}
    </Section>
  );
}

function CloseForm({ signIn, visit }: { signIn: SignIn; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  return (
    <Form name="close-sign-in" hidden={{ signIn: signIn.id }} idempotencyKey={formKey(visit)} inline>
      <SubmitButton tone="quiet" small>
        {t('me.close')}
        <span class="hidden"> {deviceName(signIn, visit)}</span>
      </SubmitButton>
    </Form>
  );
}

function deviceName({ userAgent }: SignIn, visit: TerritoryVisit): string {
  const t = directoryText(visit.locale);
  const { browser, system } = deviceOf(userAgent);
  if (browser !== undefined && system !== undefined) return t('me.deviceKnown', { browser, system });
  return browser ?? system ?? t('me.deviceUnknown');
}
