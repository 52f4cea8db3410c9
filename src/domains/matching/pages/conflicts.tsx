/** Which organisations must not be brought together, and which doubts has the team to clear up? */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { mayKeepConflicts, mayReadConflicts } from '../../territory/policy.ts';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { plansAddress } from '../address.ts';
import { DeclaredConflicts, DeclareConflict, ConflictAnswers, ConflictQuestions } from '../components/conflicts.tsx';
import { matchingText } from '../messages.ts';
import {
  askAgainAct,
  declareConflictAct,
  keepApartAct,
  letMeetAct,
  removeConflictAct,
} from '../conflict-acts.server.ts';
import { conflictsTwin, CONFLICT_BODIES } from '../twin-schema.ts';
import { loadConflicts, type ConflictScreen } from '../conflict-screen.server.ts';

export const conflictsPage = territoryPage<ConflictScreen>({
  path: '/:territory/plans/conflits',
  twin: { areas: ['matching', 'directory'], response: conflictsTwin, bodies: CONFLICT_BODIES },

  async load(visit, tx) {
    if (mayReadConflicts(visit.principal)) return loadConflicts(visit, tx);
    return visit.principal.kind === 'anonymous' ? SIGN_IN : NOT_FOUND;
  },

  actions: {
    declare: declareConflictAct,
    remove: removeConflictAct,
    apart: keepApartAct,
    meet: letMeetAct,
    again: askAgainAct,
  },

  view(screen, visit, form) {
    const t = matchingText(visit.locale);
    const props = { ...screen, visit, t };
    return {
      title: t('conflicts.short'),
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('plans.short'), href: plansAddress(pathIn(visit)) },
              { label: t('conflicts.short') },
            ]}
            title={t('conflicts.title', { n: screen.questions.length })}
            lead={t('conflicts.lead')}
          />
          <ConflictQuestions {...props} />
          {mayKeepConflicts(visit.principal) ? <DeclareConflict {...props} form={form} /> : null}
          <DeclaredConflicts {...props} />
          <ConflictAnswers {...props} />
        </>
      ),
    };
  },
});
