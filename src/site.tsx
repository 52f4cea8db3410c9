/** The site around the pages: shell, navigation, and the few pages that stand for an answer (404, signed out, broken). */
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { ComponentChild, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Territory, TerritoryVisit } from './domains/territory/visit.ts';
import type { Locale } from './i18n/locale.ts';
import { translator } from './i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import { navigationOf } from './navigation.ts';
import type { ClientAssets } from './platform/web/assets.ts';
import { textsOf } from './lib/form-state.ts';
import type { FormInput } from './platform/web/form.ts';
import type { View } from './platform/web/page.ts';
import { localeOf, takeNotice, themeOf } from './request.ts';
import { ANONYMOUS, type Principal } from './domains/territory/principal.ts';
import { ButtonLink } from './ui/components/button.tsx';
import { DescriptionList } from './ui/components/description-list.tsx';
import { Form, HiddenFields, SubmitButton } from './ui/components/form.tsx';
import { PageHead } from './ui/components/page-head.tsx';
import { Shell, type ShellProps } from './ui/shell.tsx';

export type SiteText = ReturnType<typeof siteText>;

/** Whom and where a page is drawn for; a page of the instance has no territory. */
export interface Place {
  readonly locale: Locale;
  readonly url: URL;
  readonly territory?: Territory;
  readonly principal?: Principal;
  /** Who signed in on this browser, known here or not. */
  readonly signedIn?: { readonly email: string } | undefined;
}

export interface Site {
  page(context: Context, place: Place, view: View, status: 200 | 422): Response | Promise<Response>;
  notFound(context: Context, place?: Place): Response | Promise<Response>;
  signIn(context: Context, place: Place): Response;
  signedOut(context: Context, place: Place, input: FormInput): Response | Promise<Response>;
  /** A form that another site sent. */
  foreignForm(context: Context): Response | Promise<Response>;
  tooLarge(context: Context): Response | Promise<Response>;
  broken(context: Context): Response | Promise<Response>;
}

export interface SiteOptions {
  readonly assets: ClientAssets;
  readonly publicOrigin: string;
}

const SITE_NAME = 'Terreau';
const LICENCE = 'https://joinup.ec.europa.eu/collection/eupl';

export function createSite(options: SiteOptions): Site {
  const draw = (context: Context, place: Place, view: View, status: 200 | 401 | 403 | 404 | 413 | 422 | 500) => {
    const html = renderToString(
      <Shell {...shellProps(options, context, place, view, status)}>{view.body as ComponentChild}</Shell>,
    );
    context.header('cache-control', 'private, no-cache');
    context.header('vary', 'Cookie, Accept-Language');
    context.header('content-language', place.locale);
    context.header('speculation-rules', '"/speculation-rules.json"');
    return context.html(`<!doctype html>${html}`, status);
  };
  return {
    page: draw,
    notFound: (context, place = nowhere(context)) => draw(context, place, notFoundView(place), 404),
    signIn: (context, place) =>
      context.redirect(`/connexion?retour=${encodeURIComponent(place.url.pathname + place.url.search)}`, 303),
    signedOut: (context, place, input) => draw(context, place, signedOutView(place, input), 401),
    foreignForm: (context) => draw(context, nowhere(context), plainView(nowhere(context), 'foreignForm'), 403),
    tooLarge: (context) => draw(context, nowhere(context), plainView(nowhere(context), 'tooLarge'), 413),
    broken: (context) => draw(context, nowhere(context), brokenView(context), 500),
  };
}

export function siteText(locale: Locale) {
  return translator(locale, { fr, en });
}

function nowhere(context: Context): Place {
  return { locale: localeOf(context), url: new URL(context.req.url) };
}

function shellProps(
  options: SiteOptions,
  context: Context,
  place: Place,
  view: View,
  status: number,
): Omit<ShellProps, 'children'> {
  const { locale, url, territory, principal = ANONYMOUS } = place;
  const t = siteText(locale);
  const other: Locale = locale === 'fr' ? 'en' : 'fr';
  const home = territory === undefined ? '/' : `/${territory.slug}`;
  const here = url.pathname + url.search;
  return {
    locale,
    title: view.title,
    description: view.description,
    canonical: options.publicOrigin + url.pathname,
    alternates: (['fr', 'en'] as const).map((lang) => ({ lang, href: options.publicOrigin + inLanguage(url, lang) })),
    unlisted: view.unlisted ?? view.description === undefined,
    structuredData: view.structuredData,
    feed: view.feed,
    shareImage: view.shareImage === undefined ? undefined : options.publicOrigin + view.shareImage,
    refreshSeconds: view.refreshSeconds,
    territoryName: territory?.name ?? SITE_NAME,
    homeHref: home,
    navigation: territory === undefined ? [] : navigationOf({ territory, principal, url }, t),
    signedIn: signedInProps(place, home),
    signInHref: url.pathname.startsWith('/connexion') ? undefined : `/connexion?retour=${encodeURIComponent(here)}`,
    languageSwitch: { href: inLanguage(url, other), label: other === 'en' ? 'English' : 'Français', lang: other },
    theme: { current: themeOf(context), action: '/apparence', returnTo: here },
    banner: territory?.isDemonstration
      ? t.rich<VNode>('banner', { link: (inside) => <a href={`${home}/demonstration`}>{inside}</a> })
      : undefined,
    notice: status === 200 && getCookie(context, 'notice') !== undefined ? takeNotice(context) : undefined,
    hasErrors: status === 422,
    assets: {
      css: options.assets.css,
      preloadFonts: options.assets.fonts,
      favicon: '/favicon.svg',
      islands: (view.islands ?? []).map((name) => options.assets.island(name)),
    },
    footer: footerOf(home, t),
    width: view.width,
  };
}

function signedInProps(place: Place, home: string): ShellProps['signedIn'] {
  const name = place.principal?.kind === 'person' ? place.principal.name : place.signedIn?.email;
  return name === undefined
    ? undefined
    : { name, href: place.territory === undefined ? '/' : `${home}/moi`, signOutAction: '/deconnexion' };
}

function footerOf(home: string, t: SiteText) {
  const ofTerritory = [
    { href: `${home}/organisations?format=csv`, label: t('footer.openData') },
    { href: `${home}/accessibilite`, label: t('footer.accessibility') },
    { href: `${home}/vie-privee`, label: t('footer.privacy') },
  ];
  return [...(home === '/' ? [] : ofTerritory), { href: LICENCE, label: t('footer.source') }];
}

function inLanguage(url: URL, lang: Locale): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('lang', lang);
  return `${url.pathname}?${query}`;
}

function notFoundView(place: Place): View {
  const t = siteText(place.locale);
  const home = place.territory === undefined ? '/' : `/${place.territory.slug}`;
  const isSignedIn = place.signedIn !== undefined || place.principal?.kind === 'person';
  const title = isSignedIn ? t('notFound.title') : t('notFound.signedOut');
  const signIn = `/connexion?retour=${encodeURIComponent(place.url.pathname + place.url.search)}`;
  return {
    title,
    unlisted: true,
    width: 'reading',
    body: (
      <>
        <PageHead title={title} lead={t('notFound.body')} />
        <div class="row">
          {isSignedIn ? null : <ButtonLink href={signIn}>{t('notFound.signIn')}</ButtonLink>}
          <ButtonLink tone={isSignedIn ? 'main' : 'quiet'} href={home}>
            {t('notFound.home')}
          </ButtonLink>
        </div>
      </>
    ),
  };
}

/** What was typed comes back, to be sent again once signed in. */
function signedOutView(place: Place, input: FormInput): View {
  const t = siteText(place.locale);
  const typed = Object.entries(input.values).flatMap(([name, value]) => textsOf(value).map((text) => ({ name, text })));
  const written = typed.filter(({ text }) => text.trim() !== '' && !/^[0-9a-f-]{36}$/u.test(text));
  return {
    title: t('signedOut.title'),
    unlisted: true,
    width: 'reading',
    body: (
      <>
        <PageHead title={t('signedOut.title')} lead={t('signedOut.body')} />
        <p>
          <a href={`/connexion?retour=${encodeURIComponent(place.url.pathname)}`} target="_blank" rel="noopener">
            {t('signedOut.signIn')}
          </a>
        </p>
        <Form
          action={place.url.pathname + place.url.search}
          name={input.action}
          {...(input.key === undefined ? {} : { idempotencyKey: input.key })}
        >
          {typed.map(({ name, text }) => (
            <HiddenFields values={{ [name]: text }} />
          ))}
          <SubmitButton>{t('signedOut.resend')}</SubmitButton>
        </Form>
        <h2>{t('signedOut.written')}</h2>
        <DescriptionList facts={written.map(({ name, text }) => ({ term: name, details: text }))} />
      </>
    ),
  };
}

function plainView(place: Place, message: 'foreignForm' | 'tooLarge'): View {
  const t = siteText(place.locale);
  return {
    title: t(`${message}.title`),
    unlisted: true,
    width: 'reading',
    body: <PageHead title={t(`${message}.title`)} lead={t(`${message}.body`)} />,
  };
}

function brokenView(context: Context): View {
  const t = siteText(localeOf(context));
  const request = String(context.get('requestId' as never));
  const retry =
    context.req.method === 'GET' ? (
      <ButtonLink href={new URL(context.req.url).pathname}>{t('broken.retry')}</ButtonLink>
    ) : null;
  return {
    title: t('broken.title'),
    unlisted: true,
    width: 'reading',
    body: <PageHead title={t('broken.title')} lead={t('broken.body', { request })} actions={retry} />,
  };
}

/** A visit of a territory is itself a place. */
export type TerritoryPlace = Pick<TerritoryVisit, 'locale' | 'url' | 'territory' | 'principal'>;
