/** Which territory? The first page of an instance; with one territory it leads straight to it. */
import { redirectTo } from '../../../platform/web/page.ts';
import { Card, Cards } from '../../../ui/components/card.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { instancePage } from '../../identity/instance-visit.ts';
import { observatoryText } from '../messages.ts';
import { openTerritories, type OpenTerritory } from '../queries.server.ts';

export const landingPage = instancePage<{ readonly territories: readonly OpenTerritory[] }>({
  path: '/',

  async load(visit, tx) {
    const territories = await openTerritories(tx, visit.signedIn?.email);
    const [only, ...others] = territories;
    return only !== undefined && others.length === 0 ? redirectTo(`/${only.slug}`) : { territories };
  },

  view({ territories }, visit) {
    const t = observatoryText(visit.locale);
    const mine = territories.filter(({ isMine }) => isMine);
    const cards = (list: readonly OpenTerritory[]) => (
      <Cards>
        {list.map(({ slug, name }) => (
          <Card title={name} href={`/${slug}`} />
        ))}
      </Cards>
    );
    return {
      title: t('landing.title'),
      description: t('landing.heading'),
      body: (
        <>
          <PageHead
            hero
            title={t('landing.heading')}
            lead={territories.length === 0 ? t('landing.none') : t('landing.lead')}
          />
          {mine.length === 0 ? null : <Section title={t('landing.mine')}>{cards(mine)}</Section>}
          {cards(territories.filter(({ isMine }) => !isMine))}
        </>
      ),
    };
  },
});
