/** The mail that invites somebody, in the language that its reader was given. It holds no secret: only the way in. */
import type { Locale } from '../../i18n/translator.ts';
import { directoryText } from './messages.ts';

export interface InvitationMail {
  readonly to: string;
  readonly name: string;
  readonly locale: Locale;
  readonly inviterName: string;
  readonly territoryName: string;
  /** The organisation that the person joins; none when they are given a role alone. */
  readonly organisationName: string | undefined;
  /** Whole address of the sign-in page. */
  readonly signInAddress: string;
}

export function invitationMail(invitation: InvitationMail): { to: string; subject: string; text: string } {
  const {
    to,
    name,
    locale,
    inviterName: inviter,
    territoryName: territory,
    organisationName: organisation,
  } = invitation;
  const t = directoryText(locale);
  const why =
    organisation === undefined
      ? t('invite.mail.role', { inviter, territory })
      : t('invite.mail.organisation', { inviter, organisation, territory });
  const text = [
    t('invite.mail.hello', { name }),
    why,
    t('invite.mail.what'),
    t('invite.mail.enter', { email: to }),
    invitation.signInAddress,
  ].join('\n\n');
  return { to, subject: t('invite.mail.subject', { inviter, territory }), text: `${text}\n` };
}
