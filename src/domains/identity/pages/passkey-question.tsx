/** What shall this browser ask of its keys? JSON for the script of the sign-in page and of the account. */
import { NOT_FOUND, respondWith } from '../../../platform/web/page.ts';
import { instancePage } from '../instance-visit.ts';

export const passkeyQuestionPage = instancePage<never>({
  path: '/connexion/cle.json',

  async load({ url, signedIn, identity }) {
    const isForNew = url.searchParams.get('pour') === 'nouvelle';
    if (isForNew && signedIn === undefined) return NOT_FOUND;
    const question = await identity.passkeyQuestion(isForNew ? signedIn : undefined);
    const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
    return respondWith(new Response(JSON.stringify(question), { headers }));
  },

  view() {
    throw new Error('This address answers with JSON.');
  },
});
