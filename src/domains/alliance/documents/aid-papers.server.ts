/** The certificate of a firm's State aid, and the written notice of one grant (DM-16): their facts as they are now. */
import { parseId, type OrganisationId } from '../../../lib/ids.ts';
import { done, refused, type Result } from '../../../lib/result.ts';
import { sha256 } from '../../../platform/files/pdf-writer.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { isInPeriod } from '../aid.ts';
import { listAid, type AidLine } from '../aid-queries.server.ts';
import { LEGAL_TABLE_VERSION } from '../legal-table.ts';
import { visibleOrganisationAid } from '../organisation-aid.server.ts';
import { canonicalFacts } from './document.ts';
import { senderOf, type PaperRefusal } from './money-papers.server.ts';
import type { AidLineFacts, CertificateFacts, NoticeFacts } from './paper-facts.ts';
import type { IssuingVisit, PaperSource } from './paper-source.server.ts';

/** `subject`: the organisation's word in addresses. The same facts on the same day are the same certificate. */
export async function certificatePaper(
  tx: TerritoryTransaction,
  visit: IssuingVisit,
  subject: string,
): Promise<Result<PaperSource<CertificateFacts>, PaperRefusal>> {
  const aid = await visibleOrganisationAid({ ...visit, params: { organisation: subject } }, tx);
  if (aid === undefined) return refused('not-found');
  const counted = aid.lines.filter(
    ({ state, grantedOn }) => state !== 'withdrawn' && isInPeriod(grantedOn, aid.window),
  );
  const facts: CertificateFacts = {
    ...(await senderOf(tx, visit.territory)),
    organisation: aid.organisation.name,
    organisationSiren: aid.organisation.siren,
    others: aid.others,
    from: aid.window.from.toString(),
    until: aid.window.until.toString(),
    usedCents: String(aid.usedCents),
    ceilingCents: String(aid.ceilingCents),
    roomCents: String(aid.steps[0]?.cents ?? 0n),
    lines: counted.map(lineFacts),
    lawVersion: LEGAL_TABLE_VERSION,
  };
  const issueKey = `${aid.organisation.id}:${visit.today}:${sha256(canonicalFacts(facts))}`;
  return done({ kind: 'aid-certificate', organisationId: aid.organisation.id, issueKey, facts });
}

/** `subject`: the grant. Once for each grant that was decided here. */
export async function noticePaper(
  tx: TerritoryTransaction,
  visit: IssuingVisit,
  subject: string,
): Promise<Result<PaperSource<NoticeFacts> & { readonly organisationId: OrganisationId }, PaperRefusal>> {
  const grantId = parseId<'grant'>(subject);
  const [line] = grantId === undefined ? [] : await listAid(tx, { grantId });
  if (line === undefined || line.organisationId === null) return refused('not-found');
  if (line.origin !== 'decided' || line.state === 'withdrawn') return refused('not-ours');
  const facts: NoticeFacts = {
    ...(await senderOf(tx, visit.territory)),
    ...lineFacts(line),
    organisation: line.firmName,
    organisationSiren: line.siren,
    lawVersion: LEGAL_TABLE_VERSION,
  };
  return done({ kind: 'aid-notice', organisationId: line.organisationId, issueKey: subject, facts });
}

function lineFacts({ title, authority, grantedOn, basis, cents }: AidLine): AidLineFacts {
  return { title, authority, grantedOn: grantedOn.toString(), basis, cents: String(cents) };
}
