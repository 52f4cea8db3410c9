/** What does Terreau know of me, what may I do here, and on which devices am I signed in? */
import type { Passkey, SignIn } from '../../identity/identity.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { EMPTY_FORM } from '../../../lib/form-state.ts';
import { AccessTokens, isOfTokens } from '../components/access-tokens.tsx';
import { isOfPasskeys, Passkeys } from '../components/passkeys.tsx';
import { ProfilePanel } from '../components/profile-panel.tsx';
import { SignIns } from '../components/sign-ins.tsx';
import { PASSKEY_ACTS } from '../passkey-acts.server.ts';
import { endToken, makeToken } from '../token-acts.server.ts';
import type { AccessToken } from '../access-token.ts';
import { listTokens } from '../tokens.server.ts';
import { directoryText } from '../messages.ts';
import { editProfile } from '../people-commands.server.ts';
import { personById } from '../people-queries.server.ts';
import { profileForm, signInForm } from '../people-schema.ts';
import type { Person } from '../person.ts';
import { mayListPeople } from '../policy-people.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

interface Data {
  readonly person: Person;
  readonly signIns: readonly SignIn[];
  readonly passkeys: readonly Passkey[];
  readonly tokens: readonly AccessToken[];
}

export const mePage = territoryPage<Data>({
  path: '/:territory/moi',

  async load({ principal, signedIn, identity }, tx) {
    if (signedIn === undefined) return SIGN_IN;
    const person = principal.kind === 'person' ? await personById(tx, principal, principal.personId) : undefined;
    if (person === undefined) return NOT_FOUND;
    return {
      person,
      signIns: await identity.listSignIns(signedIn.userId),
      passkeys: await identity.listPasskeys(signedIn.userId),
      tokens: await listTokens(tx, person.id),
    };
  },

  actions: {
    'make-token': makeToken,
    'revoke-token': endToken,
    ...PASSKEY_ACTS,

    async edit(visit, input, tx) {
      if (visit.principal.kind !== 'person') return { kind: 'signed-out' };
      const parsed = parseForm(profileForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const edited = await editProfile(tx, visit.principal, parsed.value, visit);
      if (!edited.ok) return { kind: 'signed-out' };
      // The page that follows speaks the language just chosen, and the browser remembers it.
      return doneAt(
        `${pathIn(visit, 'moi')}?lang=${parsed.value.locale}`,
        directoryText(parsed.value.locale)('me.saved'),
      );
    },

    async 'close-sign-in'({ principal, signedIn, identity, ...visit }, input) {
      if (signedIn === undefined || principal.kind !== 'person') return { kind: 'signed-out' };
      const parsed = parseForm(signInForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return { kind: 'not-found' };
      await identity.closeSignIn(signedIn.userId, parsed.value.signIn);
      return doneAt(pathIn(visit, 'moi'), directoryText(visit.locale)('me.closed'));
    },

    async 'close-others'({ principal, signedIn, identity, ...visit }) {
      if (signedIn === undefined || principal.kind !== 'person') return { kind: 'signed-out' };
      const n = await identity.closeOtherSignIns(signedIn.userId, signedIn.sessionId);
      return doneAt(pathIn(visit, 'moi'), directoryText(visit.locale)('me.closedOthers', { n }));
    },
  },

  view({ person, signIns, passkeys, tokens }, visit, form) {
    const t = directoryText(visit.locale);
    return {
      title: t('me.title'),
      width: 'reading',
      islands: ['passkey'],
      body: (
        <>
          <PageHead title={person.name} lead={t('me.lead')} />
          <div class="stack">
            <PartsPanel person={person} visit={visit} />
            <ProfilePanel
              person={person}
              visit={visit}
              form={isOfTokens(form) || isOfPasskeys(form) ? EMPTY_FORM : form}
            />
            <SignIns signIns={signIns} visit={visit} />
            <Passkeys passkeys={passkeys} visit={visit} form={form} />
            <AccessTokens tokens={tokens} visit={visit} form={form} />
          </div>
        </>
      ),
    };
  },
});

function PartsPanel({ person, visit }: { person: Person; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  const { roles, memberships } = person;
  return (
    <Panel title={t('me.parts')}>
      {roles.length + memberships.length === 0 ? <p>{t('me.noPart')}</p> : null}
      {roles.length > 0 ? (
        <Tags>
          {roles.map((role) => (
            <Tag>{t(`role.${role}`)}</Tag>
          ))}
        </Tags>
      ) : null}
      {memberships.length > 0 ? (
        <ul>
          {memberships.map(({ organisationName, organisationSlug, role }) => (
            <li>
              <a href={pathIn(visit, 'organisations', organisationSlug)}>
                {t('people.memberOf', { organisation: organisationName, role })}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {mayListPeople(visit.principal) ? (
        <p>
          <a href={pathIn(visit, 'personnes')}>{t('me.invite')}</a>
        </p>
      ) : null}
    </Panel>
  );
}
