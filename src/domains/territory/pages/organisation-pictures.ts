/** The pictures of an organisation: its logo, and the card that stands for its page where it is shared. */
import { NOT_FOUND, respondWith, type PageAnswer } from '../../../platform/web/page.ts';
import { directoryText } from '../messages.ts';
import { logoOf, profileBySlug } from '../organisation-profile.server.ts';
import { summaryIn } from '../organisation.ts';
import { drawShareCard } from '../share-card.server.ts';
import { territoryPage } from '../visit.ts';

export const logoPicture = territoryPage<never>({
  path: '/:territory/organisations/:organisation/logo',

  async load(visit, tx) {
    const logo = await logoOf(tx, visit.params['organisation'] ?? '');
    return logo === undefined ? NOT_FOUND : picture(logo.content, logo.mediaType);
  },

  view: neverShown,
});

export const sharePicture = territoryPage<never>({
  path: '/:territory/organisations/:organisation/carte.png',

  async load(visit, tx) {
    const profile = await profileBySlug(tx, visit.params['organisation'] ?? '');
    if (profile === undefined || !profile.isListed) return NOT_FOUND;
    const { organisation } = profile;
    const t = directoryText(visit.locale);
    const image = await drawShareCard({
      title: organisation.name,
      kicker: organisation.parts.map((part) => t(`part.${part}`)).join(', '),
      text: summaryIn(visit.locale, organisation),
      territory: visit.territory.name,
    });
    return image === undefined ? NOT_FOUND : picture(image, 'image/png');
  },

  view: neverShown,
});

function picture(content: Uint8Array<ArrayBuffer>, type: string): PageAnswer {
  const headers = {
    'content-type': type,
    'cache-control': 'public, max-age=86400',
    'x-content-type-options': 'nosniff',
  };
  return respondWith(new Response(content, { headers }));
}

function neverShown(): never {
  throw new Error('These addresses answer with a picture.');
}
