/** What the forms about people may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { identifier, manyOf, oneOf, text } from '../../platform/web/fields.ts';
import { mailAddress } from '../identity/mail-address.ts';
import { MEMBERSHIP_ROLES, ROLES } from './principal.ts';

const locale = oneOf(['fr', 'en']);
const role = oneOf(ROLES);
const membershipRole = oneOf(MEMBERSHIP_ROLES);

const none = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

export const invitationForm = z.object({
  email: mailAddress,
  name: text({ maximum: 120 }),
  locale,
  organisation: z.preprocess(none, identifier<'organisation'>().optional()),
  membershipRole: membershipRole.default('member'),
  roles: manyOf(ROLES.length).pipe(z.array(role)),
});
export type InvitationInput = z.output<typeof invitationForm>;

export const profileForm = z.object({ name: text({ maximum: 120 }), locale });
export type ProfileInput = z.output<typeof profileForm>;

export const roleForm = z.object({ role });
export const membershipForm = z.object({ organisation: identifier<'organisation'>(), membershipRole });
export const endMembershipForm = z.object({ organisation: identifier<'organisation'>() });
export const signInForm = z.object({ signIn: z.string().max(100) });
