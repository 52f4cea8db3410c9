/** What do these files say, what will they change, what did they change? For the team. */
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { ImportMapping } from '../components/import-mapping.tsx';
import { ImportOver, ImportProgress } from '../components/import-progress.tsx';
import { ImportReview } from '../components/import-review.tsx';
import { IMPORT_ACTS, readScreen, type ImportScreen } from '../import-acts.server.ts';
import { isUnderWay } from '../import.ts';
import { importText } from '../messages.ts';
import { IMPORT_BODIES, importTwin } from '../twin-schema.ts';

export const importPage = territoryPage<ImportScreen>({
  path: '/:territory/imports/:import',
  twin: {
    areas: ['directory', 'people'],
    response: importTwin,
    of: ({ given, ...screen }) => ({ import: given, ...screen }),
    bodies: IMPORT_BODIES,
  },
  maxBodyBytes: 4 * 1024 * 1024,
  load: readScreen,
  actions: IMPORT_ACTS,
  view(screen, visit, form) {
    const t = importText(visit.locale);
    const { state, fileNames } = screen.given;
    const isWaiting = isUnderWay(state);
    const title = isWaiting ? t('pending.title') : t(`${state as 'mapping'}.title`);
    const props = { ...screen, visit, form };
    return {
      title,
      ...(isWaiting ? { refreshSeconds: 2, islands: ['follow'] } : {}),
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('title'), href: pathIn(visit, 'imports') }, { label: fileNames.join(', ') }]}
            title={title}
            lead={state === 'mapping' ? t('mapping.lead') : undefined}
          />
          {isWaiting ? (
            <div data-island="follow">
              <ImportProgress {...props} />
            </div>
          ) : null}
          {state === 'mapping' ? <ImportMapping {...props} /> : null}
          {state === 'previewed' || state === 'applied' || state === 'undone' ? <ImportReview {...props} /> : null}
          {state === 'failed' || state === 'abandoned' ? <ImportOver {...props} /> : null}
        </>
      ),
    };
  },
});
