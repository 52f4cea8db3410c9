/** From what a form of State aid sent to its command: amounts become equivalents, sides of a link become firms. */
import { ensureId } from '../../lib/ids.ts';
import { refused, type Done, type Refused } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import { decideGrant, type CeilingRefusal, type GrantRefusal } from './aid-commands.server.ts';
import { grossEquivalent } from './aid-equivalent.ts';
import { listAid, type AidLine } from './aid-queries.server.ts';
import type { GrantFormInput, SuccessionFormInput } from './aid-schema.ts';
import type { GrantId } from './aid.ts';
import { recordSuccession } from './undertaking-commands.server.ts';
import { ensureFirm } from './undertaking-facts.server.ts';
import type { FirmId } from './undertaking.ts';

export type EquivalentRefusal = 'ask-an-expert' | 'terms-missing';

/** A refusal with the lines that fill the window, to be named. */
export interface NamedRefusal extends CeilingRefusal {
  readonly named: readonly AidLine[];
}

export async function decideFromForm(
  tx: TerritoryTransaction,
  principal: Principal,
  form: GrantFormInput,
  today: Temporal.PlainDate,
  at: Moment,
): Promise<Done<GrantId> | Refused<GrantRefusal | EquivalentRefusal> | NamedRefusal> {
  const { instrument, amount: amountCents, months, share, grantedOn } = form;
  const sharePerMillion = share === undefined ? undefined : BigInt(share) * 100n;
  const equivalent = grossEquivalent({ instrument, amountCents, months, sharePerMillion, grantedOn });
  if (!equivalent.ok) return refused(equivalent.reason);
  const { organisation, authority, basis, nace, purpose, title, judged } = form;
  const input = {
    organisationId: organisation,
    grantedOn,
    authority,
    instrument,
    basis,
    cents: equivalent.value,
    nace,
    purpose,
    title,
    // What a public body decides is public; help in kind is valued with its share before it comes here.
    publicSharePerMillion: 1_000_000n,
    isJudged: judged,
  };
  const answer = await decideGrant(tx, principal, input, today, at);
  if (answer.ok || answer.reason !== 'over-ceiling') return answer;
  const firmIds = [...new Set(answer.passed.filling.map(({ firmId }) => firmId))];
  return { ...answer, named: firmIds.length === 0 ? [] : await listAid(tx, { firmIds }) };
}

/** The firm that a list named: `organisation:…`, made when it is tied for the first time, or `firm:…`. */
export async function firmOfSide(tx: TerritoryTransaction, side: string, at: Moment): Promise<FirmId | undefined> {
  const [kind, id = ''] = side.split(':');
  return kind === 'firm' ? ensureId<'firm'>(id) : ensureFirm(tx, ensureId<'organisation'>(id), at);
}

/** A merger or a split as its form tells it: sides become firms. */
export async function succeedFromForm(
  tx: TerritoryTransaction,
  principal: Principal,
  { from, effectiveOn, heirs }: SuccessionFormInput,
  at: Moment,
) {
  const fromId = await firmOfSide(tx, from, at);
  const known: { firmId: FirmId; equityCents: bigint }[] = [];
  for (const { side, equityCents } of heirs) {
    const firmId = await firmOfSide(tx, side, at);
    if (firmId !== undefined) known.push({ firmId, equityCents });
  }
  if (fromId === undefined || known.length < heirs.length) return refused('not-found' as const);
  return recordSuccession(tx, principal, { fromId, effectiveOn, heirs: known }, at);
}
