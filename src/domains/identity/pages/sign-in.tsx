/** Who are you? A mail address, and nothing else. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { textOf } from '../../../lib/form-state.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { instancePage } from '../instance-visit.ts';
import { identityText } from '../messages.ts';
import { homeOf } from '../queries.server.ts';
import { returnPath, withReturn } from '../return-path.ts';
import { linkForm, passkeyForm } from '../schema.ts';

export const signInPage = instancePage<{ readonly returnTo: string | undefined }>({
  path: '/connexion',

  load: async (visit) => ({ returnTo: returnPath(visit.url.searchParams.get('retour') ?? undefined) }),

  actions: {
    async default(visit, input) {
      const t = identityText(visit.locale);
      const parsed = parseForm(linkForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const { email, retour } = parsed.value;
      const asked = await visit.identity.requestLink({
        email,
        returnTo: retour,
        locale: visit.locale,
        clientAddress: visit.clientAddress,
      });
      if (!asked.ok)
        return invalid(formError(input, t('signin.too-many', { minutes: asked.facts?.['minutes'] ?? 1 }), 'email'));
      return doneAt(withReturn('/connexion/envoyee', retour), t('sent.notice', { email }));
    },

    async passkey(visit, input, tx) {
      const t = identityText(visit.locale);
      const parsed = parseForm(passkeyForm, input, fieldErrors(visit.locale));
      const refusal = (sentence: string) => invalid({ ...formError(input, sentence), values: withoutAnswer(input) });
      if (!parsed.ok) return refusal(t('key.refused'));
      const { answer, retour } = parsed.value;
      const started = await visit.identity.followPasskey(answer, visit.headers, visit.clientAddress);
      if (!started.ok)
        return refusal(
          started.reason === 'not-answered'
            ? t('key.refused')
            : t('signin.too-many', { minutes: started.facts?.['minutes'] ?? 1 }),
        );
      const { email, setCookies } = started.value;
      return { ...doneAt(retour ?? (await homeOf(tx, email)), t('link.welcome')), setCookies };
    },
  },

  view({ returnTo }, visit, form) {
    const t = identityText(visit.locale);
    const destination = textOf(form.values['retour']) || returnTo;
    return {
      title: t('signin.title'),
      width: 'reading',
      unlisted: true,
      islands: ['passkey'],
      body: (
        <>
          <PageHead title={t('signin.title')} lead={t('signin.lead')} />
          {visit.signedIn ? (
            <Notice tone="info" title={t('signin.already-as', { email: visit.signedIn.email })}>
              <ButtonLink tone="quiet" small href={destination ?? '/'}>
                {t('signin.continue')}
              </ButtonLink>
            </Notice>
          ) : null}
          <Form action="/connexion" form={form} hidden={destination ? { retour: destination } : {}}>
            <TextField
              {...fieldsOf(form)('email')}
              label={t('signin.email')}
              help={t('signin.email-help')}
              type="email"
              autocomplete="email"
              inputmode="email"
              maxlength={254}
            />
            {destination ? <p class="small soft">{t('signin.lead-to', { path: destination.slice(0, 120) })}</p> : null}
            <SubmitButton>{t('signin.send')}</SubmitButton>
          </Form>
          <div data-island="passkey" class="section" hidden>
            <p class="soft">{t('key.lead')}</p>
            <Form
              action="/connexion"
              name="passkey"
              hidden={{ answer: '', ...(destination && { retour: destination }) }}
              inline
            >
              <SubmitButton tone="quiet">{t('key.enter')}</SubmitButton>
            </Form>
            <p data-failure role="alert" hidden>
              {t('key.failed')}
            </p>
          </div>
        </>
      ),
    };
  },
});

/** An answer serves once: the form that comes back asks for another. */
function withoutAnswer({ values }: FormInput) {
  const { answer: _, ...rest } = values;
  return rest;
}
