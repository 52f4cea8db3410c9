/** The links that the program prints at its start: opening one signs in. In a demonstration only. */
import { NOT_FOUND, respondWith } from '../../../platform/web/page.ts';
import { enterAs, personaAt } from '../demonstration.server.ts';
import { territoryPage } from '../visit.ts';

export const demonstrationEnterPage = territoryPage<never>({
  path: '/:territory/demonstration/:role',

  async load(visit, tx) {
    const persona = await personaAt(visit, tx, visit.params['role'] ?? '');
    if (persona === undefined) return NOT_FOUND;
    const { location, setCookies } = await enterAs(visit, persona);
    const headers = new Headers({ location, 'cache-control': 'no-store' });
    for (const cookie of setCookies) headers.append('set-cookie', cookie);
    return respondWith(new Response(null, { status: 303, headers }));
  },

  view: () => ({ title: '', body: null }),
});
