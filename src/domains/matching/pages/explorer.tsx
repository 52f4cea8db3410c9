/** Who would get what if a capacity, a need or a pair were otherwise? The address holds the question; nothing is stored. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, redirectTo, SIGN_IN } from '../../../platform/web/page.ts';
import { addressWith, pathIn, territoryPage } from '../../territory/visit.ts';
import { runAddress } from '../address.ts';
import { ExplorerPage, isInPage } from '../components/explorer-page.tsx';
import { loadExplorerScreen, type ExplorerScreen } from '../explorer-screen.server.ts';
import { keepPairs } from '../keep-pairs.server.ts';
import { matchingText } from '../messages.ts';
import { mayReadPlans } from '../policy.ts';
import { keepForm } from '../schema.ts';
import { actOnRun, refuse, runOf } from '../visited.server.ts';
import { isField, readFields, readWhatIf, writeWhatIf } from '../what-if.ts';

export const explorerPage = territoryPage<ExplorerScreen>({
  path: '/:territory/plans/:round/essais/:run/explorer',
  twin: { areas: ['matching'], bodies: { keep: keepForm } },
  async load(visit, tx) {
    if (!mayReadPlans(visit.principal)) return SIGN_IN;
    const found = await runOf(visit, tx);
    const screen = found && (await loadExplorerScreen(visit, tx, found));
    if (screen === undefined) return NOT_FOUND;
    const query = visit.url.searchParams;
    const sent = screen.explorer && readFields(query, screen.explorer.problem);
    if (sent === undefined) return screen;
    const others = [...query.keys()].filter(isField).map((name) => [name, '']);
    return redirectTo(addressWith(visit, { ...Object.fromEntries(others), ...writeWhatIf(sent), ...keptSight(query) }));
  },
  actions: {
    keep: (visit, input, tx) =>
      actOnRun(visit, tx, async (round, runId) => {
        const t = matchingText(visit.locale);
        const found = await runOf(visit, tx);
        const screen = found && (await loadExplorerScreen(visit, tx, found));
        if (screen?.explorer === undefined) return { kind: 'not-found' };
        const parsed = parseForm(keepForm, input, fieldErrors(visit.locale));
        if (!parsed.ok) return invalid(parsed.form);
        const { problem } = screen.explorer;
        const whatIf = readWhatIf(visit.url.searchParams, problem);
        const kept = await keepPairs(
          tx,
          visit.principal,
          { roundId: round.id, pool: screen.pool, problem, whatIf, reason: parsed.value.reason },
          visit,
        );
        if (!kept.ok) {
          const { facts = {}, reason } = kept;
          const said = t(`refused.${reason}`, facts);
          const named = facts['giver'] === undefined ? said : t('explorer.refused', { ...facts, reason: said });
          return refuse(reason, () => invalid(formError(input, named)));
        }
        const n = kept.value.kept;
        if (n === 0) return invalid(formError(input, t('explorer.keptNothing')));
        return doneAt(runAddress(pathIn(visit), round.id, runId), t('explorer.kept', { n }));
      }),
  },
  view(screen, visit, form) {
    const t = matchingText(visit.locale);
    const { round, run } = screen;
    return {
      title: t('explorer.short', { number: run.number, title: round.title }),
      ...(screen.explorer !== undefined && isInPage(screen) ? { islands: ['explorer'] } : {}),
      body: <ExplorerPage screen={screen} visit={visit} t={t} form={form} />,
    };
  },
});

/** What is looked at stays in the address, when something is. */
function keptSight(query: URLSearchParams): Record<string, string> {
  return { voir: query.get('voir') ?? '', flux: query.get('flux') ?? '' };
}
