/** The mail that carries a sign-in link, in the language of the page that asked for it. */
import { translator, type Locale } from '../../i18n/translator.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import { LINK_MINUTES } from './identity.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

/** `link` holds the token: the mail is the only place where it is written. */
export function linkMail(to: string, link: string, locale: Locale, now: Temporal.Instant): Mail {
  const t = translator(locale, { fr, en });
  const text = [t('mail.greeting'), t('mail.open'), link, t('mail.limits', { minutes: LINK_MINUTES }), t('mail.ignore')].join('\n\n');
  return { to, subject: t('mail.subject'), text: `${text}\n`, expiresAt: now.add({ minutes: LINK_MINUTES }) };
}
