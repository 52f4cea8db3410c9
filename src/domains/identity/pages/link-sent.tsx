/** What now? Where the link is, and what to do when it does not come. */
import type { VNode } from 'preact';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { LINK_MINUTES } from '../identity.ts';
import { instancePage } from '../instance-visit.ts';
import { identityText } from '../messages.ts';
import { hasDemonstration } from '../queries.server.ts';
import { returnPath, withReturn } from '../return-path.ts';

export const linkSentPage = instancePage<{ readonly showsMails: boolean }>({
  path: '/connexion/envoyee',

  load: async (visit, tx) => ({ showsMails: visit.keepsMails && (await hasDemonstration(tx)) }),

  view({ showsMails }, visit) {
    const t = identityText(visit.locale);
    const again = withReturn('/connexion', returnPath(visit.url.searchParams.get('retour') ?? undefined));
    return {
      title: t('sent.title'),
      width: 'reading',
      unlisted: true,
      body: (
        <>
          <PageHead title={t('sent.title')} lead={t('sent.what', { minutes: LINK_MINUTES })} />
          <div class="stack">
            {showsMails ? (
              <Notice tone="info">
                {t.rich<VNode>('sent.mails', { link: (inside) => <a href="/mails">{inside}</a> })}
              </Notice>
            ) : null}
            <p>{t('sent.nothing')}</p>
            <p>
              <ButtonLink tone="quiet" href={again}>
                {t('sent.again')}
              </ButtonLink>
            </p>
          </div>
        </>
      ),
    };
  },
});
