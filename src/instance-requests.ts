/**
 * A request to a page of the instance (signing in and out, mails of the demonstration): it belongs to no territory.
 * Must always hold: one transaction on the instance's own tables; anything but `done` rolls it back.
 */
import type { Context } from 'hono';
import type { Identity } from './domains/identity/identity.ts';
import type { InstancePage, InstanceVisit } from './domains/identity/instance-visit.ts';
import type { FillRandom } from './lib/ids.ts';
import { withInstance, type Database, type InstanceTransaction } from './platform/postgres/database.ts';
import { undoing } from './platform/postgres/undoing.ts';
import { EMPTY_FORM, type FormState } from './lib/form-state.ts';
import { readFormInput } from './platform/web/form.ts';
import { actionOf, PageAnswer } from './platform/web/page.ts';
import { askedUrl, clientAddressOf, leaveNotice, localeOf, readBody } from './request.ts';
import type { Place, Site } from './site.tsx';

export interface InstanceRequests {
  readonly database: Database;
  readonly identity: Identity;
  readonly site: Site;
  readonly keepsMails: boolean;
  readonly now: () => Temporal.Instant;
  readonly fillRandom: FillRandom;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
type AnyPage = InstancePage<any>;

export async function answerInstanceGet(
  requests: InstanceRequests,
  page: AnyPage,
  context: Context,
): Promise<Response> {
  return show(requests, page, context, await visitOf(requests, context), EMPTY_FORM);
}

export async function answerInstancePost(
  requests: InstanceRequests,
  page: AnyPage,
  context: Context,
): Promise<Response> {
  const visit = await visitOf(requests, context);
  const input = readFormInput(await readBody(context));
  const action = actionOf(page, input.action);
  if (action === undefined) return requests.site.notFound(context, placeOf(visit));
  const work = (tx: InstanceTransaction) => action(visit, input, tx);
  const outcome = await undoing(work, (tracked) => withInstance(requests.database, tracked));
  switch (outcome.kind) {
    case 'done':
      for (const cookie of outcome.setCookies ?? []) context.header('set-cookie', cookie, { append: true });
      if (outcome.notice !== undefined) leaveNotice(context, outcome.notice);
      await outcome.afterCommit?.();
      return context.redirect(outcome.location, 303);
    case 'shown':
    case 'invalid':
      return show(requests, page, context, visit, outcome.form);
    case 'not-found':
    case 'signed-out':
      return requests.site.notFound(context, placeOf(visit));
  }
}

async function show(
  requests: InstanceRequests,
  page: AnyPage,
  context: Context,
  visit: InstanceVisit,
  form: FormState,
): Promise<Response> {
  const data: unknown = await withInstance(requests.database, (tx) => page.load(visit, tx), { readOnly: true });
  const place = placeOf(visit);
  if (!(data instanceof PageAnswer))
    return requests.site.page(context, place, page.view(data, visit, form), form === EMPTY_FORM ? 200 : 422);
  if (data.kind === 'redirect') return context.redirect(data.location ?? '/', 303);
  if (data.kind === 'response' && data.response !== undefined) return data.response;
  return data.kind === 'sign-in' ? requests.site.signIn(context, place) : requests.site.notFound(context, place);
}

async function visitOf(requests: InstanceRequests, context: Context): Promise<InstanceVisit> {
  const { headers } = context.req.raw;
  return {
    locale: localeOf(context),
    now: requests.now(),
    url: askedUrl(context),
    params: context.req.param() as Record<string, string>,
    fillRandom: requests.fillRandom,
    identity: requests.identity,
    signedIn: await requests.identity.signedInUser(headers),
    headers,
    clientAddress: clientAddressOf(context),
    keepsMails: requests.keepsMails,
  };
}

function placeOf(visit: InstanceVisit): Place {
  return { locale: visit.locale, url: visit.url, signedIn: visit.signedIn };
}
