/** The file of a document that was issued, drawn again from its frozen words. */
import { PDF_TYPE, writePdf } from '../../../../platform/files/pdf-writer.ts';
import { download, NOT_FOUND } from '../../../../platform/web/page.ts';
import { territoryPage } from '../../../territory/visit.ts';
import { documentNumber } from '../document.ts';
import { visibleDocument } from '../document-queries.server.ts';

export const documentFilePage = territoryPage<never>({
  path: '/:territory/documents/:document/fichier',

  async load(visit, tx) {
    const document = await visibleDocument(visit, tx);
    if (document === undefined) return NOT_FOUND;
    return download(await writePdf(document.paper), `${documentNumber(document)}.pdf`, PDF_TYPE);
  },

  view(never) {
    return never;
  },
});
