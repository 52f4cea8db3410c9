/**
 * A request to a page of a territory, from address to answer.
 *
 * Must always hold: one transaction reads the visitor's rights and does the act; anything but `done` rolls it back;
 * a form's key acts once; a signed-out visitor gets back what was typed; what may not be seen answers 404.
 */
import type { Context } from 'hono';
import { principalOf } from './domains/territory/principal.server.ts';
import { ANONYMOUS, personOf, type Principal } from './domains/territory/principal.ts';
import type { Identity } from './domains/identity/identity.ts';
import type { TerritoryBook } from './domains/territory/territories.server.ts';
import type { Services, TerritoryPage, TerritoryVisit } from './domains/territory/visit.ts';
import type { FillRandom, Id, PersonId, TerritoryId } from './lib/ids.ts';
import { withTerritory, type Database, type TerritoryTransaction } from './platform/postgres/database.ts';
import { undoing } from './platform/postgres/undoing.ts';
import { EMPTY_FORM, type FormState } from './lib/form-state.ts';
import { readFormInput, type FormInput } from './platform/web/form.ts';
import { readSpooledForm } from './platform/web/spooled-form.ts';
import { actionOf, PageAnswer, type ActionOutcome } from './platform/web/page.ts';
import { askedUrl, drainBody, leaveNotice, localeOf, readBody } from './request.ts';
import type { Site } from './site.tsx';

export interface TerritoryRequests {
  readonly database: Database;
  readonly territories: TerritoryBook;
  readonly services: Services;
  readonly site: Site;
  readonly now: () => Temporal.Instant;
  readonly fillRandom: FillRandom;
  readonly identity: Identity;
  /** Told of what went wrong after an answer was settled. */
  readonly onFailure: (failure: unknown) => void;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
type AnyPage = TerritoryPage<any>;
type Asked = Omit<TerritoryVisit, 'principal'>;

export async function answerGet(requests: TerritoryRequests, page: AnyPage, context: Context): Promise<Response> {
  const asked = await visitOf(requests, context);
  if (asked === undefined) return requests.site.notFound(context);
  return show(requests, page, context, asked, EMPTY_FORM);
}

export async function answerPost(requests: TerritoryRequests, page: AnyPage, context: Context): Promise<Response> {
  const asked = await visitOf(requests, context);
  if (asked === undefined) return requests.site.notFound(context);
  if (page.maySendFiles === undefined)
    return act(requests, page, context, asked, readFormInput(await readBody(context)));
  const visitor = await withTerritory(requests.database, asked.territory.id, (tx) => withPrincipal(asked, tx), {
    readOnly: true,
  });
  if (!page.maySendFiles(visitor)) {
    await drainBody(context);
    const isSignedOut = visitor.principal.kind === 'anonymous';
    return isSignedOut
      ? requests.site.signedOut(context, asked, readFormInput({}))
      : requests.site.notFound(context, visitor);
  }
  const spooled = await readSpooledForm(context.req.raw);
  try {
    return await act(requests, page, context, asked, readFormInput(spooled.body));
  } finally {
    await spooled.close();
  }
}

async function act(
  requests: TerritoryRequests,
  page: AnyPage,
  context: Context,
  asked: Asked,
  input: FormInput,
): Promise<Response> {
  const action = actionOf(page, input.action);
  if (action === undefined) return answerNowhere(requests, context);
  const work = async (tx: TerritoryTransaction) => {
    const visit = await withPrincipal(asked, tx);
    return once(tx, visit, input, () => action(visit, input, tx));
  };
  const outcome = await undoing(work, (tracked) => withTerritory(requests.database, asked.territory.id, tracked));
  switch (outcome.kind) {
    case 'done':
      for (const cookie of outcome.setCookies ?? []) context.header('set-cookie', cookie, { append: true });
      if (outcome.notice !== undefined) leaveNotice(context, outcome.notice);
      await afterwards(requests, outcome.afterCommit);
      return context.redirect(outcome.location, 303);
    case 'shown': {
      const shown = await show(requests, page, context, asked, outcome.form, 200);
      // What is shown this once is kept nowhere.
      shown.headers.set('cache-control', 'no-store');
      return shown;
    }
    case 'invalid':
      return show(requests, page, context, asked, outcome.form);
    case 'not-found':
      return requests.site.notFound(context, asked);
    case 'signed-out':
      return requests.site.signedOut(context, asked, input);
  }
}

/** An address that no page answers: told inside the territory when it begins with one. */
export async function answerNowhere(requests: TerritoryRequests, context: Context): Promise<Response> {
  const [, slug = ''] = context.req.path.split('/');
  const asked = await visitOf(requests, context, slug);
  if (asked === undefined) return requests.site.notFound(context);
  const visit = await withTerritory(requests.database, asked.territory.id, (tx) => withPrincipal(asked, tx), {
    readOnly: true,
  });
  return requests.site.notFound(context, visit);
}

/** What follows the commit never spoils its answer: the act is done, and the operator is told of what did not follow. */
export async function afterwards(
  requests: Pick<TerritoryRequests, 'onFailure'>,
  work: (() => Promise<void>) | undefined,
): Promise<void> {
  await work?.().catch(requests.onFailure);
}

async function show(
  requests: TerritoryRequests,
  page: AnyPage,
  context: Context,
  asked: Asked,
  form: FormState,
  status: 200 | 422 = form === EMPTY_FORM ? 200 : 422,
): Promise<Response> {
  const loaded = await withTerritory(
    requests.database,
    asked.territory.id,
    async (tx) => {
      const visit = await withPrincipal(asked, tx);
      return { visit, data: (await page.load(visit, tx)) as unknown };
    },
    { readOnly: true },
  );
  const { visit, data } = loaded;
  if (!(data instanceof PageAnswer)) {
    return requests.site.page(context, visit, page.view(data, visit, form), status);
  }
  switch (data.kind) {
    case 'not-found':
      return requests.site.notFound(context, visit);
    case 'sign-in':
      return visit.signedIn === undefined && isOpenSecret(page)
        ? requests.site.signIn(context, visit)
        : requests.site.notFound(context, visit);
    case 'redirect':
      return context.redirect(data.location ?? '/', 303);
    case 'response':
      return data.response ?? requests.site.notFound(context, visit);
  }
}

/** An address without an id of its own says nothing by asking to sign in; one with an id would say that the id exists. */
export function isOpenSecret(page: AnyPage): boolean {
  return !page.path.slice(page.path.indexOf('/', 1)).includes(':');
}

/** Runs the act unless this form already acted; a second press waits for the first, then gets its answer. */
async function once(
  tx: TerritoryTransaction,
  visit: TerritoryVisit,
  input: FormInput,
  act: () => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  const personId = personOf(visit.principal);
  if (input.key === undefined || personId === null) return act();
  const key = { territory_id: tx.territoryId, key: input.key };
  const taken = await tx
    .insertInto('form_submissions')
    .values({ ...key, person_id: personId, location: '', created_at: visit.now })
    .onConflict((conflict) => conflict.columns(['territory_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (taken === undefined) {
    const location = await earlierLocation(tx, key, personId);
    // Somebody else's key (a copied page): it says nothing about this act.
    return location === undefined ? act() : { kind: 'done', location };
  }
  const outcome = await act();
  if (outcome.kind === 'done' || outcome.kind === 'shown') {
    await tx
      .updateTable('form_submissions')
      .set({ location: outcome.location })
      .where('territory_id', '=', tx.territoryId)
      .where('key', '=', input.key)
      .execute();
  }
  return outcome;
}

async function earlierLocation(
  tx: TerritoryTransaction,
  key: { territory_id: TerritoryId; key: Id<'submission'> },
  personId: PersonId,
): Promise<string | undefined> {
  const earlier = await tx
    .selectFrom('form_submissions')
    .select('location')
    .where('territory_id', '=', key.territory_id)
    .where('key', '=', key.key)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return earlier?.location;
}

async function visitOf(requests: TerritoryRequests, context: Context, slug?: string): Promise<Asked | undefined> {
  const params = context.req.param() as Record<string, string>;
  const territory = await requests.territories.find(slug ?? params['territory'] ?? '');
  if (territory === undefined) return undefined;
  const now = requests.now();
  const { headers } = context.req.raw;
  return {
    territory,
    locale: localeOf(context),
    now,
    today: now.toZonedDateTimeISO(territory.zone).toPlainDate(),
    url: askedUrl(context),
    params,
    fillRandom: requests.fillRandom,
    services: requests.services,
    identity: requests.identity,
    signedIn: await requests.identity.signedInUser(headers),
    headers,
  };
}

async function withPrincipal(asked: Asked, tx: TerritoryTransaction): Promise<TerritoryVisit> {
  const principal: Principal = asked.signedIn === undefined ? ANONYMOUS : await principalOf(tx, asked.signedIn.email);
  return { ...asked, principal };
}
