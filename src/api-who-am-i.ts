/** Who asks? What a token is good for, and what its person may here. */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { apiAnswer, apiProblem } from './api-answers.ts';
import { askedOf, bearerIn, noteUse, tokenOf } from './api-requests.ts';
import { MEMBERSHIP_ROLES, ROLES } from './domains/territory/principal.ts';
import { withTerritory } from './platform/postgres/database.ts';
import { id, SCOPES } from './platform/web/twin.ts';
import type { TerritoryRequests } from './territory-requests.ts';

export const whoAmI = z.object({
  territory: z.object({ slug: z.string(), name: z.string() }),
  person: z.object({
    id,
    name: z.string(),
    email: z.string(),
    locale: z.enum(['fr', 'en']),
    roles: z.array(z.enum(ROLES)),
    memberships: z.array(z.object({ organisationId: id, role: z.enum(MEMBERSHIP_ROLES) })),
  }),
  scopes: z.array(z.enum(SCOPES)),
});

export function routeWhoAmI(api: Hono, requests: TerritoryRequests): void {
  api.get('/api/:territory/moi', (context) => answerWhoAmI(requests, context));
}

async function answerWhoAmI(requests: TerritoryRequests, context: Context): Promise<Response> {
  const asked = await askedOf(requests, context);
  if (asked === undefined) return apiProblem(context, 'not-found');
  const token = tokenOf(context);
  const bearer = await withTerritory(requests.database, asked.territory.id, (tx) => bearerIn(tx, token, asked.now), {
    readOnly: true,
  });
  if (bearer === undefined) return apiProblem(context, 'not-signed-in');
  if (bearer === 'unknown') return apiProblem(context, 'unknown-token');
  noteUse(requests, asked, bearer);
  const { personId, name, email, locale, roles, memberships } = bearer.principal;
  const said: z.output<typeof whoAmI> = {
    territory: { slug: asked.territory.slug, name: asked.territory.name },
    person: {
      id: personId,
      name,
      email,
      locale,
      roles: [...roles],
      memberships: [...memberships].map(([organisationId, role]) => ({ organisationId, role })),
    },
    scopes: SCOPES.filter((scope) => bearer.scopes.has(scope)),
  };
  return apiAnswer(context, JSON.stringify(said));
}
