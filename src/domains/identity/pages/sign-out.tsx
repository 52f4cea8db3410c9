/** Do you want to leave? One button, for whoever comes by address; the header's button posts here at once. */
import { doneAt } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { instancePage } from '../instance-visit.ts';
import { identityText } from '../messages.ts';

export const signOutPage = instancePage<object>({
  path: '/deconnexion',

  load: async () => ({}),

  actions: {
    async default(visit) {
      const setCookies = await visit.identity.signOut(visit.headers);
      return { ...doneAt('/', identityText(visit.locale)('signout.done')), setCookies };
    },
  },

  view(_, visit) {
    const t = identityText(visit.locale);
    const lead =
      visit.signedIn === undefined ? t('signout.nobody') : t('signout.lead', { email: visit.signedIn.email });
    const form = (
      <Form action="/deconnexion">
        <SubmitButton>{t('signout.button')}</SubmitButton>
      </Form>
    );
    return {
      title: t('signout.title'),
      width: 'reading',
      unlisted: true,
      body: (
        <>
          <PageHead title={t('signout.title')} lead={lead} />
          {visit.signedIn === undefined ? (
            <p>
              <ButtonLink href="/connexion">{t('signin.title')}</ButtonLink>
            </p>
          ) : (
            form
          )}
        </>
      ),
    };
  },
});
