import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { Shell, type ShellProps } from './shell.tsx';

const props: ShellProps = {
  locale: 'fr',
  title: 'Besoins',
  territoryName: 'Clermont Auvergne',
  homeHref: '/clermont-auvergne',
  navigation: [
    { href: '/a', label: 'Le territoire' },
    { href: '/b', label: 'Besoins', current: true },
  ],
  signInHref: '/connexion',
  languageSwitch: { href: '/en', label: 'English', lang: 'en' },
  theme: { current: 'dark', action: '/apparence', returnTo: '/b?tri=date' },
  banner: 'Données inventées.',
  assets: {
    css: '/site.css',
    preloadFonts: ['/a.woff2', '/b.woff2'],
    islands: [],
    favicon: '/favicon.svg',
  },
  footer: [{ href: '/donnees', label: 'Données ouvertes' }],
  children: <h1>Besoins</h1>,
};
const draw = (more: Partial<ShellProps> = {}) => renderToString(<Shell {...props} {...more} />);

test('the document names its language, its theme, its title and its landmarks', () => {
  const html = draw();
  assert.match(html, /^<html lang="fr" data-theme="dark"><head><meta charset="utf-8"/);
  assert.match(html, /<title>Besoins · Clermont Auvergne<\/title>/);
  assert.match(html, /<a class="skip" href="#content">Aller au contenu/);
  assert.match(html, /<main id="content" tabindex="-1" class="wrap">/);
  assert.match(html, /<nav class="nav" aria-label="Navigation principale">/);
  assert.match(html, /<a href="\/b" aria-current="page">Besoins/);
  for (const mark of ['<header', '<main', '<footer', '<h1']) assert.equal(html.split(mark).length, 2, mark);
  assert.doesNotMatch(draw({ theme: { ...props.theme, current: 'auto' } }), /data-theme/);
});

test('both fonts are fetched with the page, and no script or style is written into it', () => {
  const html = draw();
  assert.equal(html.match(/rel="preload" href="\/[ab]\.woff2" as="font" type="font\/woff2" crossorigin/g)?.length, 2);
  assert.doesNotMatch(html, /<script|<style|\sstyle=|\son\w+=/);
  assert.match(draw({ assets: { ...props.assets, islands: ['/map.js'] } }), /<script type="module" src="\/map\.js">/);
});

test('data for machines cannot close its own element', () => {
  const html = draw({ structuredData: { name: '</script><script>alert(1)</script>' } });
  assert.equal(html.match(/<\/script>/g)?.length, 1);
  assert.match(html, /\\u003c\/script/);
});

test('the theme is changed by a form, which comes back here', () => {
  const html = draw();
  assert.match(html, /<form class="theme" method="post" action="\/apparence"/);
  assert.match(html, /name="returnTo" value="\/b\?tri=date"/);
  assert.match(html, /name="theme" value="dark" aria-pressed="true">Sombre/);
  assert.match(html, /name="theme" value="auto" aria-pressed="false">Automatique/);
});

test('the visitor signs in, the person signs out', () => {
  assert.match(draw(), /<a href="\/connexion" class="button quiet small">Se connecter/);
  const html = draw({
    signedIn: { name: 'Camille Roche', href: '/moi', signOutAction: '/sortir' },
  });
  assert.doesNotMatch(html, /Se connecter/);
  assert.match(html, /popovertarget="account"[^>]*>Camille Roche/);
  assert.match(html, /<form method="post" action="\/sortir">/);
});

test('everything inside speaks the language of the shell', () => {
  const html = draw({ locale: 'en', hasErrors: true, notice: 'Saved.' });
  assert.match(html, /<title>To correct: Besoins/);
  assert.match(html, /Skip to content/);
  assert.match(html, /<output class="flash note">Saved\./);
});

test('search engines are told what they need, and where to stay out', () => {
  const html = draw({
    description: 'Ce que chacun donne.',
    canonical: 'https://exemple.fr/b',
    alternates: [{ lang: 'en', href: 'https://exemple.fr/b?langue=en' }],
    unlisted: true,
    refreshSeconds: 2,
  });
  assert.match(html, /<meta name="description" content="Ce que chacun donne\."/);
  assert.match(html, /<link rel="alternate" hreflang="en"/);
  assert.match(html, /<meta name="robots" content="noindex"/);
  assert.match(html, /<meta http-equiv="refresh" content="2;url=\//);
});
