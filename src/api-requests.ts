/**
 * A program's request to the twin of a page, from address to answer.
 *
 * Must always hold: only a bearer token says who asks, never a cookie, so that no other site can ask in somebody's name;
 * the rights are the person's, read in the same transaction, and no more than the token's scopes; a token of another
 * territory opens nothing; what may not be seen answers 404; a key acts once.
 */
import type { Context } from 'hono';
import { apiAnswer, apiProblem, localeOfProgram, sendJson, versionTag, type AnswerStatus } from './api-answers.ts';
import { forgetOldWrites, keepAnswer, readKey, takeKey, type ApiKey } from './api-keys.ts';
import { readJsonInput, type ReadInput } from './api-input.ts';
import { isTokenShaped } from './domains/territory/access-token.ts';
import { ANONYMOUS } from './domains/territory/principal.ts';
import { bearerOf, touchToken, type TokenBearer } from './domains/territory/tokens.server.ts';
import type { TerritoryPage, TerritoryVisit } from './domains/territory/visit.ts';
import { withTerritory, type TerritoryTransaction } from './platform/postgres/database.ts';
import { undoing } from './platform/postgres/undoing.ts';
import { actionOf, PageAnswer, type Action, type ActionOutcome, type DoneOutcome } from './platform/web/page.ts';
import { pointerTo } from './platform/web/problem.ts';
import { writeTwin, type TwinLinks } from './platform/web/twin.ts';
import { askedUrl, drainBody } from './request.ts';
import { afterwards, isOpenSecret, type TerritoryRequests } from './territory-requests.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
type AnyPage = TerritoryPage<any>;
export type Asked = Omit<TerritoryVisit, 'principal'>;

export async function answerTwinGet(requests: TerritoryRequests, page: AnyPage, context: Context): Promise<Response> {
  const asked = await askedOf(requests, context);
  if (asked === undefined) return apiProblem(context, 'not-found');
  const token = tokenOf(context);
  const read = await withTerritory(
    requests.database,
    asked.territory.id,
    async (tx) => {
      const bearer = await bearerIn(tx, token, asked.now);
      if (bearer === 'unknown') return { kind: 'unknown' as const };
      const missing = page.twin?.areas.find((area) => bearer !== undefined && !bearer.scopes.has(`${area}:read`));
      if (missing !== undefined) return { kind: 'scope' as const, scope: `${missing}:read` };
      const visit = { ...asked, principal: bearer?.principal ?? ANONYMOUS };
      return { kind: 'read' as const, bearer, visit, data: (await page.load(visit, tx)) as unknown };
    },
    { readOnly: true },
  );
  if (read.kind === 'unknown') return apiProblem(context, 'unknown-token');
  if (read.kind === 'scope') return apiProblem(context, 'scope-missing', { facts: { scope: read.scope } });
  noteUse(requests, asked, read.bearer);
  const { data, visit } = read;
  if (data instanceof PageAnswer) return answerOther(page, context, visit, data);
  if (page.twin === undefined) return apiProblem(context, 'not-found');
  const written = writeTwin(page.twin, data, visit);
  return apiAnswer(context, JSON.stringify(onApi(written)), linksOf(written));
}

/** What a resource adds to the act of a page. */
export interface ActFrame {
  /** Looks before the act, in its transaction: refuses it, or adds to what was sent. */
  before?(
    visit: TerritoryVisit,
    tx: TerritoryTransaction,
  ): Promise<{ readonly refused: ActOutcome } | { readonly values: Readonly<Record<string, string>> }>;
  /** Reads what the act made, in its transaction. */
  after?(visit: TerritoryVisit, tx: TerritoryTransaction, done: DoneOutcome): Promise<WrittenAnswer>;
  /** What was sent, as the page's form says it. */
  reshape?(sent: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

export interface WrittenAnswer {
  readonly status: AnswerStatus;
  readonly body: string;
  readonly location?: string;
}

export async function answerTwinPost(
  requests: TerritoryRequests,
  page: AnyPage,
  context: Context,
  frame: ActFrame = {},
): Promise<Response> {
  const asked = await askedOf(requests, context);
  if (asked === undefined) return apiProblem(context, 'not-found');
  const name = context.req.query('action') ?? 'default';
  const action = actionOf(page, name);
  const acts = Object.keys(page.actions ?? {}).join(', ');
  if (action === undefined) return apiProblem(context, 'no-such-act', { facts: { acts } });
  const token = tokenOf(context);
  if (page.maySendFiles !== undefined) {
    const refusal = await refusalOfFiles(requests, page, context, asked, token);
    if (refusal !== undefined) return refusal;
  }
  const read = await readJsonInput(context, name, { isLarge: page.maySendFiles !== undefined, reshape: frame.reshape });
  if (!read.ok) return read.problem;
  try {
    return await actAs(requests, page, context, { asked, action, read, token, frame });
  } finally {
    await read.close();
  }
}

interface Act {
  readonly asked: Asked;
  readonly action: Action<TerritoryVisit, TerritoryTransaction>;
  readonly read: ReadInput;
  readonly token: string | undefined;
  readonly frame: ActFrame;
}

async function actAs(
  requests: TerritoryRequests,
  page: AnyPage,
  context: Context,
  { asked, action, read, token, frame }: Act,
): Promise<Response> {
  const key = await readKey(context, read);
  if (key === 'wrong') return apiProblem(context, 'bad-key');
  let used: TokenBearer | undefined;
  const work = async (tx: TerritoryTransaction): Promise<ActOutcome> => {
    const bearer = await bearerIn(tx, token, asked.now);
    if (bearer === 'unknown') return { kind: 'unknown' };
    used = bearer;
    const scope = `${page.twin?.areas[0]}:write`;
    if (bearer !== undefined && !bearer.scopes.has(scope)) return { kind: 'scope', scope };
    const visit = { ...asked, principal: bearer?.principal ?? ANONYMOUS };
    return actOnce(tx, visit, key, async () => {
      const looked = (await frame.before?.(visit, tx)) ?? { values: {} };
      if ('refused' in looked) return looked.refused;
      const input = { ...read.input, values: { ...read.input.values, ...looked.values } };
      const outcome = await action(visit, input, tx);
      if (outcome.kind !== 'done' || frame.after === undefined) return outcome;
      return { ...outcome, written: await frame.after(visit, tx, outcome) };
    });
  };
  const outcome = await undoing(work, (tracked) => withTerritory(requests.database, asked.territory.id, tracked));
  noteUse(requests, asked, used);
  if (outcome.kind === 'invalid' && page.twin?.response !== undefined) {
    const hidden = await refusalOfReader(requests, page, context, asked, token);
    if (hidden !== undefined) return hidden;
  }
  return answerOutcome(requests, context, outcome);
}

/** Files that may be large are only taken from who may send them: asked before they are read. */
async function refusalOfFiles(
  requests: TerritoryRequests,
  page: AnyPage,
  context: Context,
  asked: Asked,
  token: string | undefined,
): Promise<Response | undefined> {
  const bearer = await withTerritory(requests.database, asked.territory.id, (tx) => bearerIn(tx, token, asked.now), {
    readOnly: true,
  });
  const principal = bearer === undefined || bearer === 'unknown' ? ANONYMOUS : bearer.principal;
  if (page.maySendFiles?.({ ...asked, principal }) === true) return undefined;
  await drainBody(context);
  if (bearer === 'unknown') return apiProblem(context, 'unknown-token');
  return apiProblem(context, bearer === undefined ? 'not-signed-in' : 'not-found');
}

/** Whoever may not see the page is not told what was wrong in its form. */
async function refusalOfReader(
  requests: TerritoryRequests,
  page: AnyPage,
  context: Context,
  asked: Asked,
  token: string | undefined,
): Promise<Response | undefined> {
  const read = async (tx: TerritoryTransaction) => {
    const bearer = await bearerIn(tx, token, asked.now);
    const visit = { ...asked, principal: bearer === 'unknown' ? ANONYMOUS : (bearer?.principal ?? ANONYMOUS) };
    return { visit, data: (await page.load(visit, tx)) as unknown };
  };
  const { visit, data } = await withTerritory(requests.database, asked.territory.id, read, { readOnly: true });
  const isHidden = data instanceof PageAnswer && (data.kind === 'not-found' || data.kind === 'sign-in');
  return isHidden ? answerOther(page, context, visit, data) : undefined;
}

export type ActOutcome =
  | (ActionOutcome & { readonly written?: WrittenAnswer })
  | { readonly kind: 'unknown' }
  | { readonly kind: 'scope'; readonly scope: string }
  | { readonly kind: 'stale' | 'version-needed' }
  | { readonly kind: 'reused' }
  | { readonly kind: 'replayed'; readonly status: number; readonly location: string; readonly body: string };

async function answerOutcome(requests: TerritoryRequests, context: Context, outcome: ActOutcome): Promise<Response> {
  switch (outcome.kind) {
    case 'done':
    case 'shown':
      if (outcome.kind === 'done') await afterwards(requests, outcome.afterCommit);
      return answerWritten(context, writtenOf(outcome));
    case 'replayed':
      context.header('idempotency-replayed', 'true');
      return answerWritten(context, { ...outcome, status: outcome.status as AnswerStatus });
    case 'invalid': {
      const { errors, summary } = outcome.form;
      return apiProblem(context, 'invalid', {
        detail: summary,
        errors: Object.entries(errors).map(([field, detail]) => ({ pointer: pointerTo(field), detail })),
      });
    }
    case 'signed-out':
      return apiProblem(context, 'not-signed-in');
    case 'unknown':
      return apiProblem(context, 'unknown-token');
    case 'scope':
      return apiProblem(context, 'scope-missing', { facts: { scope: outcome.scope } });
    case 'reused':
      return apiProblem(context, 'key-reused');
    case 'not-found':
    case 'stale':
    case 'version-needed':
      return apiProblem(context, outcome.kind);
  }
}

/** The same key is answered again; a key that said something else is refused. */
async function actOnce(
  tx: TerritoryTransaction,
  visit: TerritoryVisit,
  key: ApiKey | undefined,
  act: () => Promise<ActOutcome>,
): Promise<ActOutcome> {
  if (key === undefined || visit.principal.kind !== 'person') return act();
  const { personId } = visit.principal;
  const earlier = await takeKey(tx, personId, key, visit.now);
  if (earlier !== undefined) return earlier;
  const outcome = await act();
  if (outcome.kind !== 'done') return outcome;
  const { status, location = '', body } = writtenOf(outcome);
  await keepAnswer(tx, personId, key, { status, location, body });
  return outcome;
}

function answerWritten(context: Context, { status, location = '', body }: WrittenAnswer): Response {
  if (location !== '') context.header('location', location);
  // What has a version is tagged as its own address tags it: the next change needs no other reading.
  const { version } = JSON.parse(body) as { readonly version?: unknown };
  return typeof version === 'number'
    ? sendJson(context, body, { etag: versionTag(version, body) }, status)
    : apiAnswer(context, body, {}, status);
}

function writtenOf(outcome: {
  readonly location: string;
  readonly notice?: string;
  readonly waiting?: readonly string[];
  readonly written?: WrittenAnswer;
}): WrittenAnswer {
  const { waiting } = outcome;
  const [path = ''] = outcome.location.split('#');
  const said = {
    href: `/api${path}`,
    page: outcome.location,
    message: outcome.notice ?? '',
    ...(waiting && { waiting }),
  };
  return outcome.written ?? { status: waiting === undefined ? 200 : 202, body: JSON.stringify(said) };
}

export function noteUse(requests: TerritoryRequests, asked: Asked, bearer: TokenBearer | undefined): void {
  if (bearer === undefined || !bearer.isDue) return;
  withTerritory(requests.database, asked.territory.id, async (tx) => {
    await touchToken(tx, bearer.tokenId, asked.now);
    await forgetOldWrites(tx, asked.now);
  }).catch(requests.onFailure);
}

/** `undefined` without a token; 'unknown' for one that opens nothing here. */
export async function bearerIn(
  tx: TerritoryTransaction,
  token: string | undefined,
  now: Temporal.Instant,
): Promise<TokenBearer | 'unknown' | undefined> {
  if (token === undefined) return undefined;
  return isTokenShaped(token) ? ((await bearerOf(tx, token, now)) ?? 'unknown') : 'unknown';
}

/** What the Authorization header holds: '' when it is there but no bearer token. */
export function tokenOf(context: Context): string | undefined {
  const header = context.req.header('authorization');
  return header === undefined ? undefined : (/^bearer ([^\s]+)$/iu.exec(header.trim())?.[1] ?? '');
}

export async function askedOf(requests: TerritoryRequests, context: Context): Promise<Asked | undefined> {
  const params = context.req.param() as Record<string, string>;
  const territory = await requests.territories.find(params['territory'] ?? '');
  if (territory === undefined) return undefined;
  const now = requests.now();
  const url = askedUrl(context);
  // The page's own address: its links are those of the page until they leave.
  url.pathname = url.pathname.replace(/^\/api/u, '');
  return {
    territory,
    locale: localeOfProgram(context),
    now,
    today: now.toZonedDateTimeISO(territory.zone).toPlainDate(),
    url,
    params,
    fillRandom: requests.fillRandom,
    services: requests.services,
    identity: requests.identity,
    signedIn: undefined,
    isProgram: true,
    headers: new Headers(),
  };
}

function answerOther(
  page: AnyPage,
  context: Context,
  visit: TerritoryVisit,
  answer: PageAnswer,
): Promise<Response> | Response {
  switch (answer.kind) {
    case 'not-found':
      return apiProblem(context, 'not-found');
    case 'sign-in':
      return apiProblem(
        context,
        visit.principal.kind === 'anonymous' && isOpenSecret(page) ? 'not-signed-in' : 'not-found',
      );
    case 'redirect':
      return context.redirect(`/api${answer.location ?? '/'}`, 303);
    case 'response':
      return answer.response ?? apiProblem(context, 'not-found');
  }
}

function linksOf(written: Record<string, unknown>): TwinLinks {
  return (written['links'] as TwinLinks | undefined) ?? {};
}

/** Links lead to twins. */
function onApi(written: Record<string, unknown>): Record<string, unknown> {
  if (written['links'] === undefined) return written;
  const led = Object.entries(linksOf(written)).map(([name, href]) => [name, `/api${href}`]);
  return { ...written, links: Object.fromEntries(led) };
}
