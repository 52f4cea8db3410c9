/** Which file of offers should be loaded, and what would that do? For the team. */
import { filePage, importPage } from '../components/file-page.tsx';

export const offersLoadPage = filePage('offers');
export const offersImportPage = importPage('offers');
