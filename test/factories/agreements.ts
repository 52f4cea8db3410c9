/** Agreements for tests, drafted and signed by the commands: what a test does not say has a plain, lawful value. */
import { draftAgreement, signAgreement } from '../../src/domains/alliance/agreement-commands.server.ts';
import type { AgreementId, AgreementKind, InstalmentId } from '../../src/domains/alliance/agreement.ts';
import { instalmentsOf } from '../../src/domains/alliance/instalment-queries.server.ts';
import type { AgreementInput } from '../../src/domains/alliance/schema.ts';
import { addInstalments } from '../../src/domains/alliance/terms-commands.server.ts';
import type { PersonPrincipal } from '../../src/domains/territory/principal.ts';
import type { Territory } from '../../src/domains/territory/visit.ts';
import type { OrganisationId } from '../../src/lib/ids.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../../src/platform/postgres/database.ts';
import { NOW } from './territory.ts';

export const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
export const TODAY = Temporal.PlainDate.from('2026-11-23');

export const AGREEMENT: AgreementInput = {
  title: 'Convention de partenariat',
  reference: 'CP-1',
  parties: '',
  startsOn: Temporal.PlainDate.from('2026-01-01'),
  endsOn: Temporal.PlainDate.from('2028-12-31'),
  renewalOn: undefined,
  programme: '',
  amountsPublic: false,
  counterparts: '',
  counterpartsCents: 0n,
  version: 0,
};

export interface AgreementOptions {
  readonly organisationId: OrganisationId;
  readonly kind?: AgreementKind;
  readonly input?: Partial<AgreementInput>;
  /** Cents of each instalment, due on the first days of the months of 2026. */
  readonly instalments?: readonly bigint[];
  readonly isDraft?: boolean;
}

export interface MadeAgreement {
  readonly id: AgreementId;
  readonly instalments: readonly InstalmentId[];
}

export function makeAgreement(
  database: Database,
  territory: Territory,
  team: PersonPrincipal,
  options: AgreementOptions,
): Promise<MadeAgreement> {
  return withTerritory(database, territory.id, (tx) => makeAgreementIn(tx, team, options));
}

export async function makeAgreementIn(
  tx: TerritoryTransaction,
  team: PersonPrincipal,
  { organisationId, kind = 'partner', input, instalments = [1_000_000n], isDraft = false }: AgreementOptions,
): Promise<MadeAgreement> {
  const drafted = await draftAgreement(tx, team, { ...AGREEMENT, ...input, organisationId, kind }, AT);
  if (!drafted.ok) throw new Error(drafted.reason);
  const { id } = drafted.value;
  for (const [place, amountCents] of instalments.entries()) {
    const line = { year: 2026, dueOn: new Temporal.PlainDate(2026, place + 1, 1), amountCents, condition: '' };
    const added = await addInstalments(tx, team, { id, line, everyYear: false }, AT);
    if (!added.ok) throw new Error(added.reason);
  }
  if (!isDraft) {
    const signed = await signAgreement(tx, team, { id, signedOn: TODAY, today: TODAY }, AT);
    if (!signed.ok) throw new Error(signed.reason);
  }
  return { id, instalments: (await instalmentsOf(tx, id)).map((line) => line.id) };
}
