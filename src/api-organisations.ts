/**
 * Organisations as a resource: one by its id or its word, added, replaced. Its page's twin stands at the same address
 * under `?view=page`, with what the organisation asks, brings and gave.
 *
 * Must always hold: the ETag changes with every change of what it tags; a change is made on the version that was read
 * or refused.
 */
import { sql } from 'kysely';
import type { Context, Hono } from 'hono';
import { apiProblem, sendJson, versionTag } from './api-answers.ts';
import { answerTwinGet, answerTwinPost, askedOf, bearerIn, noteUse, tokenOf, type ActFrame } from './api-requests.ts';
import { organisationPage } from './domains/observatory/pages/organisation.tsx';
import type { Part } from './domains/territory/organisation.ts';
import { mayEditOrganisation } from './domains/territory/policy.ts';
import { organisationEditPage } from './domains/territory/pages/organisation-edit.tsx';
import { organisationNewPage } from './domains/territory/pages/organisation-new.tsx';
import { isInDirectory } from './domains/territory/queries.server.ts';
import { ANONYMOUS, isMemberOf, isTeam, type Principal } from './domains/territory/principal.ts';
import type { TerritoryVisit } from './domains/territory/visit.ts';
import { parseId, type OrganisationId } from './lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from './platform/postgres/database.ts';
import type { TerritoryRequests } from './territory-requests.ts';

const LIST = '/api/:territory/organisations';
const ONE = `${LIST}/:organisation`;

type Limit = Parameters<Hono['use']>[1];

/** Before the twin of the list, whose address it shares. */
export function routeNewOrganisation(api: Hono, requests: TerritoryRequests, limit: Limit): void {
  api.post(LIST, limit, (context) =>
    answerTwinPost(requests, organisationNewPage, context, {
      after: async (visit, tx, location) => {
        const made = await organisationIn(tx, decodeURIComponent(location.split('/').at(-1) ?? ''));
        return { status: 201, location: `/api${location}`, body: JSON.stringify(made && recordOf(made)) };
      },
    }),
  );
}

/** Before the twin of the page, after the words that are no organisation's. */
export function routeOneOrganisation(api: Hono, requests: TerritoryRequests, limit: Limit): void {
  api.get(ONE, (context) =>
    context.req.query('view') === 'page' ? answerTwinGet(requests, organisationPage, context) : one(requests, context),
  );
  api.put(ONE, limit, (context) =>
    answerTwinPost(requests, organisationEditPage, context, {
      before: (visit, tx) => onVersion(visit, tx, context.req.header('if-match')),
      after: async (visit, tx) => {
        const changed = await organisationIn(tx, visit.params['organisation'] ?? '');
        return { status: 200, body: JSON.stringify(changed && recordOf(changed)) };
      },
    }),
  );
}

async function one(requests: TerritoryRequests, context: Context): Promise<Response> {
  const asked = await askedOf(requests, context);
  if (asked === undefined) return apiProblem(context, 'not-found');
  const token = tokenOf(context);
  const work = (tx: TerritoryTransaction) =>
    Promise.all([bearerIn(tx, token, asked.now), organisationIn(tx, asked.params['organisation'] ?? '')]);
  const [bearer, row] = await withTerritory(requests.database, asked.territory.id, work, { readOnly: true });
  if (bearer === 'unknown') return apiProblem(context, 'unknown-token');
  if (bearer !== undefined && !bearer.scopes.has('directory:read'))
    return apiProblem(context, 'scope-missing', { facts: { scope: 'directory:read' } });
  noteUse(requests, asked, bearer);
  if (row === undefined || !maySee(bearer?.principal ?? ANONYMOUS, row)) return apiProblem(context, 'not-found');
  const body = JSON.stringify(recordOf(row));
  return sendJson(context, body, { etag: versionTag(row.version, body) });
}

/** Who is hidden or merged shows to its own people and to the team alone (rule GD-04). */
function maySee(principal: Principal, { id, is_listed: isListed }: OrganisationRow): boolean {
  return isListed || isTeam(principal) || isMemberOf(principal, id);
}

interface OrganisationRow {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly name: string;
  readonly summary_fr: string;
  readonly summary_en: string;
  readonly commune: string | null;
  readonly founded_on: string | null;
  readonly siren: string | null;
  readonly naf_section: string | null;
  readonly region_code: string | null;
  readonly employees: number | null;
  readonly website: string | null;
  readonly version: number;
  readonly is_listed: boolean;
  readonly parts: Part[];
  readonly themes: string[];
}

async function organisationIn(tx: TerritoryTransaction, given: string): Promise<OrganisationRow | undefined> {
  const id = parseId<'organisation'>(given);
  const by = id === undefined ? sql`slug = ${given}` : sql`id = ${id}::uuid`;
  const { rows } = await sql<OrganisationRow>`
    select id, slug, name, summary_fr, summary_en, commune, founded_on::text as founded_on, siren, naf_section, region_code, employees, website, version,
      is_listed,
      array(select part from organisation_parts p where p.territory_id = o.territory_id and p.organisation_id = o.id order by part) as parts,
      array(select theme_code from organisation_themes t where t.territory_id = o.territory_id and t.organisation_id = o.id order by theme_code) as themes
    from organisations o where o.territory_id = ${tx.territoryId}::uuid and ${isInDirectory('o')} and ${by}`.execute(
    tx,
  );
  return rows[0];
}

function recordOf(row: OrganisationRow): object {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    summaryFr: row.summary_fr,
    summaryEn: row.summary_en,
    commune: row.commune,
    foundedOn: row.founded_on,
    parts: row.parts,
    themes: row.themes,
    siren: row.siren,
    nafSection: row.naf_section,
    regionCode: row.region_code,
    employees: row.employees,
    website: row.website,
    version: row.version,
  };
}

/** Locks the organisation in the version that the program read. */
async function onVersion(visit: TerritoryVisit, tx: TerritoryTransaction, header: string | undefined): Promise<Looked> {
  if (visit.principal.kind === 'anonymous') return { refused: { kind: 'signed-out' } };
  const slug = visit.params['organisation'] ?? '';
  const { rows } = await sql<{ id: OrganisationId; version: number }>`
    select id, version from organisations where territory_id = ${tx.territoryId} and ${isInDirectory()} and slug = ${slug} for update`.execute(
    tx,
  );
  const [row] = rows;
  // Whoever may not change it is told no version.
  if (row === undefined || !mayEditOrganisation(visit.principal, row.id)) return { refused: { kind: 'not-found' } };
  if (header === undefined) return { refused: { kind: 'version-needed' } };
  const tags = header.split(',').map((tag) => /^(?:W\/)?"(\d+)-/u.exec(tag.trim())?.[1]);
  const isRight = header.trim() === '*' || tags.includes(String(row.version));
  return isRight ? { values: { version: String(row.version) } } : { refused: { kind: 'stale' } };
}

type Looked = Awaited<ReturnType<NonNullable<ActFrame['before']>>>;
