import type { ComponentChildren } from 'preact';
import type { Locale } from '../i18n/locale.ts';
import { ScreenLocale, useText } from './text.ts';
import { Button, ButtonLink } from './components/button.tsx';
import { HiddenFields } from './components/form.tsx';

export type Theme = 'auto' | 'light' | 'dark';

export interface NavigationLink {
  readonly href: string;
  readonly label: string;
  readonly current?: boolean | undefined;
}

export interface ShellAssets {
  /** The built style sheet. */
  readonly css: string;
  /** Both fonts, fetched at once with the page. */
  readonly preloadFonts: readonly string[];
  /** The scripts of the islands that stand on this page; none on most. */
  readonly islands: readonly string[];
  readonly favicon: string;
}

export interface ShellProps {
  readonly locale: Locale;
  readonly title: string;
  readonly description?: string | undefined;
  readonly canonical?: string | undefined;
  /** The same page in the other language, by whole address. */
  readonly alternates?: readonly { readonly lang: Locale; readonly href: string }[] | undefined;
  readonly unlisted?: boolean | undefined;
  readonly structuredData?: object | undefined;
  readonly feed?: { readonly href: string; readonly title: string } | undefined;
  /** By whole address. */
  readonly shareImage?: string | undefined;
  /** A page without script asks again after so many seconds. */
  readonly refreshSeconds?: number | undefined;
  readonly territoryName: string;
  readonly homeHref: string;
  readonly navigation: readonly NavigationLink[];
  readonly signedIn?: { readonly name: string; readonly href: string; readonly signOutAction: string } | undefined;
  readonly signInHref?: string | undefined;
  readonly languageSwitch?: { readonly href: string; readonly label: string; readonly lang: Locale } | undefined;
  /** The choice kept in a cookie, and the address that changes it. */
  readonly theme: { readonly current: Theme; readonly action: string; readonly returnTo: string };
  /** A quiet line above everything: invented data, maintenance. */
  readonly banner?: ComponentChildren;
  /** What just happened, said once. */
  readonly notice?: string | undefined;
  /** The page came back with something to correct: its title says so first. */
  readonly hasErrors?: boolean | undefined;
  readonly assets: ShellAssets;
  readonly footer: readonly NavigationLink[];
  readonly width?: 'reading' | 'wide' | undefined;
  readonly children: ComponentChildren;
}

/** The whole document around a page. Its markup carries no inline script and no inline style. */
export function Shell(props: ShellProps) {
  const { locale, theme, notice, width = 'wide', children } = props;
  return (
    <ScreenLocale.Provider value={locale}>
      <html lang={locale} data-theme={theme.current === 'auto' ? undefined : theme.current}>
        <Head {...props} />
        <body>
          <SkipLink />
          <Header {...props} />
          <main id="content" tabIndex={-1} class={width === 'reading' ? 'wrap reading' : 'wrap'}>
            {notice ? <output class="flash note">{notice}</output> : null}
            {children}
          </main>
          <Footer {...props} />
        </body>
      </html>
    </ScreenLocale.Provider>
  );
}

function Head(props: ShellProps) {
  const { title, territoryName, description, canonical, alternates = [], assets, hasErrors, unlisted } = props;
  const t = useText();
  const whole = title === territoryName ? `${title} · Terreau` : `${title} · ${territoryName}`;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{hasErrors ? t('title.error', { title: whole }) : whole}</title>
      {assets.preloadFonts.map((href) => (
        <link rel="preload" href={href} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
      <link rel="stylesheet" href={assets.css} />
      <link rel="icon" href={assets.favicon} type="image/svg+xml" />
      <meta name="color-scheme" content="light dark" />
      {description ? <meta name="description" content={description} /> : null}
      {unlisted ? <meta name="robots" content="noindex" /> : null}
      {canonical ? <link rel="canonical" href={canonical} /> : null}
      {alternates.map(({ lang, href }) => (
        <link rel="alternate" hreflang={lang} href={href} />
      ))}
      {description ? <meta property="og:title" content={title} /> : null}
      {description ? <meta property="og:description" content={description} /> : null}
      <ShareCard {...props} />
      {props.feed ? (
        <link rel="alternate" type="application/atom+xml" href={props.feed.href} title={props.feed.title} />
      ) : null}
      {props.refreshSeconds ? (
        <Refresh seconds={props.refreshSeconds} address={props.theme.returnTo} scripted={assets.islands.length > 0} />
      ) : null}
      {props.structuredData ? <StructuredData data={props.structuredData} /> : null}
      {assets.islands.map((src) => (
        <script type="module" src={src} />
      ))}
    </head>
  );
}

/** How the page looks where its address is shared. */
function ShareCard({ shareImage, canonical, territoryName, locale, title }: ShellProps) {
  if (!shareImage) return null;
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:url" content={canonical} />
      <meta property="og:site_name" content={territoryName} />
      <meta property="og:locale" content={locale === 'fr' ? 'fr_FR' : 'en_GB'} />
      <meta property="og:image" content={shareImage} />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta property="og:image:alt" content={title} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}

/**
 * Asks for the page again; not where a script of the page follows the work by itself. By its address, because a page
 * that was reached with a `#fragment` would otherwise only jump there again.
 */
function Refresh({ seconds, address, scripted }: { seconds: number; address: string; scripted: boolean }) {
  const again = <meta http-equiv="refresh" content={`${seconds};url=${address}`} />;
  return scripted ? <noscript>{again}</noscript> : again;
}

/** Data, not a script: browsers never run it, and a strict content policy lets it be. */
function StructuredData({ data }: { data: object }) {
  const text = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: text }} />;
}

function SkipLink() {
  const t = useText();
  return (
    <a class="skip" href="#content">
      {t('skip')}
    </a>
  );
}

function Header(props: ShellProps) {
  const { banner, territoryName, homeHref } = props;
  const t = useText();
  return (
    <header>
      {banner ? (
        <div class="banner">
          <p class="wrap">{banner}</p>
        </div>
      ) : null}
      <div class="bar">
        <div class="wrap">
          <a class="brand" href={homeHref}>
            <Sprout />
            {territoryName}
          </a>
          <span class="menu-button">
            <Button type="button" tone="quiet" small popovertarget="menu">
              {t('menu')}
            </Button>
          </span>
          <Menu {...props} />
        </div>
      </div>
    </header>
  );
}

/** One menu for all widths: a popover on a phone, a line on a desk, and the browser does the opening. */
function Menu({ navigation, languageSwitch, signedIn, signInHref }: ShellProps) {
  const t = useText();
  return (
    <div class="menu" id="menu" popover="auto">
      {navigation.length > 0 ? <MainNavigation links={navigation} /> : null}
      <div class="tools">
        {languageSwitch ? (
          <a href={languageSwitch.href} lang={languageSwitch.lang} hreflang={languageSwitch.lang}>
            {languageSwitch.label}
          </a>
        ) : null}
        {signedIn ? <Account {...signedIn} /> : null}
        {!signedIn && signInHref ? (
          <ButtonLink tone="quiet" small href={signInHref}>
            {t('sign-in')}
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}

function MainNavigation({ links }: { links: readonly NavigationLink[] }) {
  const t = useText();
  return (
    <nav class="nav" aria-label={t('navigation')}>
      <ul>
        {links.map(({ href, label, current }) => (
          <li>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Behind the person's name on a desk; at the end of the menu on a phone. */
function Account({ name, href, signOutAction }: NonNullable<ShellProps['signedIn']>) {
  const t = useText();
  return (
    <>
      <span class="account-button">
        <Button type="button" tone="quiet" small popovertarget="account">
          {name}
        </Button>
      </span>
      <div class="account" id="account" popover="auto">
        <a href={href}>{t('account')}</a>
        <form method="post" action={signOutAction}>
          <Button tone="quiet" small>
            {t('sign-out')}
          </Button>
        </form>
      </div>
    </>
  );
}

function Footer({ footer, theme }: ShellProps) {
  const t = useText();
  const choices: readonly Theme[] = ['auto', 'light', 'dark'];
  return (
    <footer class="foot">
      <div class="wrap">
        <nav aria-label={t('footer')}>
          <ul>
            {footer.map(({ href, label }) => (
              <li>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
        <form class="theme" method="post" action={theme.action} aria-label={t('theme')}>
          <HiddenFields values={{ returnTo: theme.returnTo }} />
          <span>{t('theme')}</span>
          {choices.map((choice) => (
            <button name="theme" value={choice} aria-pressed={theme.current === choice ? 'true' : 'false'}>
              {t(`theme.${choice}`)}
            </button>
          ))}
        </form>
      </div>
    </footer>
  );
}

function Sprout() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <path d="M12 21V9M3 21h18" />
      <path d="M12 12c0-5 3-8 9-8 0 5-3 8-9 8Z" fill="currentColor" stroke="none" />
      <path d="M12 15c0-3.500-2.500-6-7-6 0 4 2.500 6 7 6Z" fill="currentColor" stroke="none" opacity=".55" />
    </svg>
  );
}
