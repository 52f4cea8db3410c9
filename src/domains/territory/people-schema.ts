/** What the forms about people may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { identifier, manyOf, oneOf, text } from '../../platform/web/fields.ts';
import { mailAddress } from '../identity/mail-address.ts';
import { keyAnswer } from '../identity/schema.ts';
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
const keyName = text({ maximum: 80 });
export const newPasskeyForm = z.object({ keyName, answer: keyAnswer });
/** Each key on the page has a name field of its own. */
export const keyNameField = (id: string) => `keyName-${id.slice(0, 24)}`;
export const namePasskeyForm = z.looseObject({ key: z.string().max(1400) }).transform((given, context) => {
  const field = keyNameField(given.key);
  const name = keyName.safeParse(given[field]);
  if (name.success) return { key: given.key, keyName: name.data };
  context.addIssue({ code: 'custom', message: name.error.issues[0]?.message ?? 'required', path: [field] });
  return z.NEVER;
});
export const passkeyChoiceForm = z.object({ key: z.string().max(1400) });
export const signInForm = z.object({ signIn: z.string().max(100) });
