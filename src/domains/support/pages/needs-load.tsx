/** Which file of needs should be loaded, and what would that do? For the team. */
import { filePage, importPage } from '../components/file-page.tsx';

export const needsLoadPage = filePage('needs');
export const needsImportPage = importPage('needs');
