/** Keeps and hands out the files of agreements and expenses. Whoever calls has asked the policy. */
import type { Id } from '../../lib/ids.ts';
import { done, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { respondWith, type PageAnswer } from '../../platform/web/page.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import { readStoredFileIn, storeFile } from '../territory/stored-files.server.ts';
import { checkAttachment, extensionOf, type AttachmentRefusal } from './attachment.ts';

export async function keepAttachment(
  tx: TerritoryTransaction,
  principal: Principal,
  { file, use }: { readonly file: File; readonly use: 'text' | 'evidence' },
  at: Moment,
): Promise<Result<Id<'file'>, AttachmentRefusal>> {
  const start = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const checked = checkAttachment(start, file.size, use);
  if (!checked.ok) return checked;
  const incoming = { name: file.name, type: checked.value, stream: () => file.stream() };
  return done(await storeFile(tx, principal, incoming, at));
}

/** The file to download, under a name of ours; `name` is ASCII. */
export async function attachmentAnswer(
  tx: TerritoryTransaction,
  fileId: Id<'file'>,
  name: string,
): Promise<PageAnswer | undefined> {
  const file = await tx
    .selectFrom('stored_files')
    .select('media_type')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', fileId)
    .executeTakeFirst();
  if (file === undefined) return undefined;
  const parts = await Array.fromAsync(readStoredFileIn(tx, fileId));
  const headers = {
    'content-type': file.media_type,
    'content-disposition': `attachment; filename="${name}.${extensionOf(file.media_type)}"`,
  };
  return respondWith(new Response(Buffer.concat(parts), { headers }));
}
