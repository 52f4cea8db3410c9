/** The mail that carries a sign-in link, in the language of the page that asked for it. */
import type { Locale } from '../../i18n/translator.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import { LINK_MINUTES } from './identity.ts';
import { identityText } from './messages.ts';

/** `link` holds the token: the mail is the only place where it is written. */
export function linkMail(to: string, link: string, locale: Locale, now: Temporal.Instant): Mail {
  const t = identityText(locale);
  const text = [
    t('mail.greeting'),
    t('mail.open'),
    link,
    t('mail.limits', { minutes: LINK_MINUTES }),
    t('mail.ignore'),
  ].join('\n\n');
  return { to, subject: t('mail.subject'), text: `${text}\n`, expiresAt: now.add({ minutes: LINK_MINUTES }) };
}
