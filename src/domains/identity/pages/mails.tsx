/** What would people receive? The mails of a demonstration that has no mail server. */
import { formatDateTime } from '../../../i18n/format.ts';
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { instancePage, type InstanceVisit } from '../instance-visit.ts';
import { identityText } from '../messages.ts';
import { hasDemonstration, listKeptMails, type KeptMail } from '../queries.server.ts';

const SHOWN = 50;
/** Mails belong to no territory: hours are those of the country. */
const ZONE = 'Europe/Paris';

export const mailsPage = instancePage<readonly KeptMail[]>({
  path: '/mails',

  async load(visit, tx) {
    if (!visit.keepsMails || !(await hasDemonstration(tx))) return NOT_FOUND;
    return listKeptMails(tx, SHOWN);
  },

  view(mails, visit) {
    const t = identityText(visit.locale);
    return {
      title: t('mails.title'),
      width: 'reading',
      unlisted: true,
      body: (
        <>
          <PageHead title={t('mails.title')} lead={t('mails.lead')} />
          {mails.length === 0 ? (
            <EmptyState
              title={t('mails.empty')}
              action={
                <ButtonLink tone="quiet" href="/connexion">
                  {t('mails.signin')}
                </ButtonLink>
              }
            >
              {t('mails.empty-why')}
            </EmptyState>
          ) : (
            <div class="stack">
              {mails.map((mail) => (
                <MailPanel mail={mail} visit={visit} />
              ))}
            </div>
          )}
        </>
      ),
    };
  },
});

function MailPanel({ mail, visit }: { mail: KeptMail; visit: InstanceVisit }) {
  const t = identityText(visit.locale);
  const at = formatDateTime(visit.locale, mail.createdAt, ZONE);
  return (
    <Panel
      title={mail.subject}
      lead={
        <>
          {t('mails.to', { address: mail.recipient })} · <time dateTime={mail.createdAt.toString()}>{at}</time>
        </>
      }
    >
      <div class="prose">
        {mail.text
          .trim()
          .split(/\n{2,}/u)
          .map((paragraph) => (
            <p>{paragraph.split('\n').flatMap((line, place) => [place > 0 ? <br /> : null, ...withLinks(line)])}</p>
          ))}
      </div>
      {mail.calendarName === null ? null : <p class="small soft">{t('mails.calendar', { name: mail.calendarName })}</p>}
    </Panel>
  );
}

/** The addresses of a text as links. */
function withLinks(line: string) {
  return line.split(/(https?:\/\/\S+)/u).map((piece, place) =>
    place % 2 === 1 ? (
      <a href={piece} rel="nofollow">
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
