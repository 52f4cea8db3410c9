/** The signed text of an agreement, for whoever may read the agreement. */
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { slugOf } from '../../../lib/slug.ts';
import { territoryPage } from '../../territory/visit.ts';
import { attachmentAnswer } from '../attachments.server.ts';
import { visibleAgreement } from '../visible.server.ts';

export const agreementTextPage = territoryPage<never>({
  path: '/:territory/conventions/:agreement/texte',

  async load(visit, tx) {
    const agreement = await visibleAgreement(visit, tx);
    if (agreement === undefined || agreement.fileId === null) return NOT_FOUND;
    const name = slugOf(agreement.reference || agreement.title, 'convention');
    return (await attachmentAnswer(tx, agreement.fileId, name)) ?? NOT_FOUND;
  },

  view(never) {
    return never;
  },
});
