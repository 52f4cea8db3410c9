/** The logo of an organisation: a picture that is brought, changed or taken away, each time as a fact with its author. */
import type { OrganisationId } from '../../lib/ids.ts';
import { refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { editOrganisation, type Edited, type OrganisationRefusal } from './commands.server.ts';
import type { Moment } from './events.server.ts';
import type { FactSource } from './fact-writing.server.ts';
import { readLogo, type PictureFault } from './picture.ts';
import { mayEditOrganisation } from './policy.ts';
import type { Principal } from './principal.ts';
import { storeFile } from './stored-files.server.ts';

export interface LogoWish {
  readonly organisationId: OrganisationId;
  readonly version: number;
  /** None takes the logo away. */
  readonly content: Uint8Array | null;
}

/** The name that the sender gave is not kept: only the picture is. */
export async function changeLogo(
  tx: TerritoryTransaction,
  principal: Principal,
  { organisationId, version, content }: LogoWish,
  at: Moment,
  source: FactSource,
): Promise<Result<Edited, OrganisationRefusal | PictureFault>> {
  if (!mayEditOrganisation(principal, organisationId)) return refused('not-allowed');
  if (content === null)
    return editOrganisation(tx, principal, organisationId, { facts: { logoId: null }, version }, at, source);
  const picture = readLogo(content);
  if (typeof picture === 'string') return refused(picture);
  const file = {
    name: `logo.${picture.type.slice('image/'.length)}`,
    type: picture.type,
    stream: async function* () {
      yield content;
    },
  };
  const logoId = await storeFile(tx, principal, file, at);
  return editOrganisation(tx, principal, organisationId, { facts: { logoId }, version }, at, source);
}
