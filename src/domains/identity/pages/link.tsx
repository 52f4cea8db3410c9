/** Is it you who opens this link? The address it is for, and one button: opening the page uses nothing. */
import { parseForm } from '../../../platform/web/form.ts';
import { doneAt } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { LINK_MINUTES } from '../identity.ts';
import { instancePage, type InstanceVisit } from '../instance-visit.ts';
import { identityText } from '../messages.ts';
import { homeOf } from '../queries.server.ts';
import { returnPath, withReturn } from '../return-path.ts';
import { followForm, linkToken } from '../schema.ts';

interface Data {
  readonly token: string;
  /** For whom the link is; undefined once it was used, or is too old. */
  readonly email: string | undefined;
  readonly returnTo: string | undefined;
}

export const linkPage = instancePage<Data>({
  path: '/connexion/lien',

  async load({ url, identity }) {
    const token = linkToken.safeParse(url.searchParams.get('jeton')).data;
    const returnTo = returnPath(url.searchParams.get('retour') ?? undefined);
    return {
      token: token ?? '',
      returnTo,
      email: token === undefined ? undefined : await identity.addressOfLink(token),
    };
  },

  actions: {
    async default(visit, input, tx) {
      const parsed = parseForm(followForm, input, String);
      if (!parsed.ok) return doneAt('/connexion/lien');
      const { jeton, retour } = parsed.value;
      const started = await visit.identity.followLink(jeton, visit.headers);
      if (started === undefined) return doneAt(withReturn('/connexion/lien', retour));
      const welcome = doneAt(retour ?? (await homeOf(tx, started.email)), identityText(visit.locale)('link.welcome'));
      return { ...welcome, setCookies: started.setCookies };
    },
  },

  view({ token, email, returnTo }, visit) {
    const t = identityText(visit.locale);
    const title = t(email === undefined ? 'link.gone' : 'link.title');
    const body =
      email === undefined ? (
        <Gone visit={visit} returnTo={returnTo} />
      ) : (
        <Enter visit={visit} email={email} hidden={{ jeton: token, ...(returnTo && { retour: returnTo }) }} />
      );
    return { title, width: 'reading', unlisted: true, body };
  },
});

function Enter({
  visit,
  email,
  hidden,
}: {
  visit: InstanceVisit;
  email: string;
  hidden: Readonly<Record<string, string>>;
}) {
  const t = identityText(visit.locale);
  return (
    <>
      <PageHead title={t('link.title')} lead={t('link.lead', { email })} />
      {visit.signedIn && visit.signedIn.email !== email ? (
        <p>{t('link.replaces', { email: visit.signedIn.email })}</p>
      ) : null}
      <Form action="/connexion/lien" hidden={hidden}>
        <SubmitButton>{t('link.enter')}</SubmitButton>
      </Form>
    </>
  );
}

function Gone({ visit, returnTo }: { visit: InstanceVisit; returnTo: string | undefined }) {
  const t = identityText(visit.locale);
  return (
    <>
      <PageHead title={t('link.gone')} lead={t('link.gone-why', { minutes: LINK_MINUTES })} />
      <p>
        <ButtonLink href={withReturn('/connexion', returnTo)}>{t('link.again')}</ButtonLink>
      </p>
    </>
  );
}
