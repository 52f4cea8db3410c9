/**
 * State aid of the demonstration: every declaration, grant and tie is invented, and their titles say so. What is real is
 * the law that they are tested against.
 */
import { mayBeNamed } from '../domains/alliance/aid.ts';
import { decideGrant, type GrantInput } from '../domains/alliance/aid-commands.server.ts';
import { contestGrant, declareAid } from '../domains/alliance/aid-declaration.server.ts';
import { ensureFirm } from '../domains/alliance/undertaking-facts.server.ts';
import { nameFirm, recordLink } from '../domains/alliance/undertaking-commands.server.ts';
import { present } from '../lib/assert.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, workingDay, type DemonstrationCalendar } from './calendar.ts';
import type { MadeDirectory, MadeOrganisation } from './directory.ts';
import { must } from './rounds.ts';

const LOADER = { kind: 'system', job: 'demonstration' } as const;

interface InventedGrant {
  readonly daysAgo: number;
  readonly euros: bigint;
  readonly title: string;
  readonly authority: 'Clermont Auvergne Métropole' | 'Région Auvergne-Rhône-Alpes';
  readonly purpose?: GrantInput['purpose'];
}

const METROPOLE = 'Clermont Auvergne Métropole';
const REGION = 'Région Auvergne-Rhône-Alpes';

/** By slug of the startup; what is granted to others than the first is chosen to show a nearly full window. */
const GRANTS: Readonly<Record<string, readonly InventedGrant[]>> = {
  mybus: [
    { daysAgo: 700, euros: 40_000n, title: 'Amorçage (aide fictive)', authority: REGION },
    { daysAgo: 240, euros: 25_000n, title: 'Prototype embarqué (aide fictive)', authority: METROPOLE },
    {
      daysAgo: 12,
      euros: 8_000n,
      title: 'Bureaux sous le prix du marché (aide fictive)',
      authority: METROPOLE,
      purpose: 'hosting',
    },
  ],
  'yes-it-is': [
    { daysAgo: 900, euros: 150_000n, title: 'Recherche appliquée (aide fictive)', authority: REGION },
    { daysAgo: 300, euros: 110_000n, title: 'Industrialisation (aide fictive)', authority: REGION },
  ],
  laou: [{ daysAgo: 5, euros: 30_000n, title: 'Arrivée d’une équipe (aide fictive)', authority: METROPOLE }],
};

export async function loadAid(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const at = (day: Temporal.PlainDate) => ({ now: momentOn(calendar, day, 10), fillRandom: random.fill });
  const today = calendar.today;
  // Once the regulation is over there is nothing to show.
  if (!mayBeNamed('de-minimis-2023', today)) return;
  for (const startup of directory.startups) {
    const grants = GRANTS[startup.slug];
    if (grants === undefined) continue;
    const declaredOn = today.subtract({ days: 1000 });
    const input = { organisationId: startup.id, declaredOn, lines: [] };
    must(await declareAid(tx, startup.manager, input, declaredOn, at(declaredOn)));
    for (const grant of grants) {
      const grantedOn = workingDay(today.subtract({ days: grant.daysAgo + 2 }));
      const decided = await decideGrant(tx, directory.team, grantOf(startup, grant, grantedOn), today, at(grantedOn));
      if (!decided.ok) throw new Error(`The demonstration was refused a grant: ${decided.reason}`);
      const isContested = startup.slug === 'yes-it-is' && grant.daysAgo === 300;
      const contest = { grantId: decided.value, reason: 'Le montant versé était plus petit (contestation fictive).' };
      if (isContested) must(await contestGrant(tx, startup.manager, contest, at(today.subtract({ days: 3 }))));
    }
  }
  await tieParent(tx, directory, calendar, random);
}

function grantOf(startup: MadeOrganisation, grant: InventedGrant, grantedOn: Temporal.PlainDate): GrantInput {
  return {
    organisationId: startup.id,
    grantedOn,
    authority: grant.authority,
    instrument: grant.purpose === 'hosting' ? 'in-kind' : 'grant',
    basis: mayBeNamed('de-minimis-2023', grantedOn) ? 'de-minimis-2023' : 'de-minimis-2013',
    cents: grant.euros * 100n,
    nace: '62.01',
    purpose: grant.purpose ?? 'innovation',
    title: grant.title,
    publicSharePerMillion: 1_000_000n,
    isJudged: false,
  };
}

/** An invented holding holds an invented majority of one startup. */
async function tieParent(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const held = directory.startups.find(({ slug }) => slug === 'laou');
  if (held === undefined) return;
  const since = calendar.today.subtract({ days: 400 });
  const at = { now: momentOn(calendar, since, 11), fillRandom: random.fill };
  const holding = { name: 'Holding fictive', siren: null, kind: 'firm', memberState: 'FR' } as const;
  const holderId = must(await nameFirm(tx, LOADER, holding, at));
  const heldId = present(await ensureFirm(tx, held.id, at), 'the firm of the startup that is held');
  const share = { ground: 'votes', votesPerMyriad: 6_000, until: null, evidence: 'Lien fictif' } as const;
  must(await recordLink(tx, LOADER, { holderId, heldId, since, ...share }, at));
}
