/** Statements of an account as a bank writes them: invented sums, in the form of ISO 20022 camt.053. */
import { xmlText } from '../../src/lib/xml.ts';

export interface StatedEntry {
  /** As the file writes it: `10000.00`. */
  readonly amount: string;
  readonly isDebit?: boolean;
  readonly isReversal?: boolean;
  readonly bookedOn: string;
  readonly valueOn?: string;
  readonly status?: string;
  readonly reference?: string;
  /** One transfer unless the entry groups several. */
  readonly parts?: readonly StatedPart[];
  readonly currency?: string;
}

export interface StatedPart {
  readonly amount?: string;
  readonly name?: string;
  readonly iban?: string;
  readonly endToEndId?: string;
  readonly text?: string;
  readonly structured?: string;
}

/** `version` is that of camt.053.001: 2, 4 and 8 write the same facts in other places. */
export function statementXml(iban: string, entries: readonly StatedEntry[], version: 2 | 4 | 8 = 8): string {
  const body = entries.map((entry) => entryXml(entry, version)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${String(version).padStart(2, '0')}">
<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-20T06:00:00+01:00</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
${body}
</Stmt></BkToCstmrStmt></Document>
`;
}

function entryXml(entry: StatedEntry, version: 2 | 4 | 8): string {
  const { amount, isDebit = false, isReversal = false, bookedOn, valueOn = bookedOn, status = 'BOOK' } = entry;
  const { currency = 'EUR', parts = [{}], reference } = entry;
  return [
    `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${isDebit ? 'DBIT' : 'CRDT'}</CdtDbtInd>`,
    isReversal ? '<RvslInd>true</RvslInd>' : '',
    version === 8 ? `<Sts><Cd>${status}</Cd></Sts>` : `<Sts>${status}</Sts>`,
    `<BookgDt><Dt>${bookedOn}</Dt></BookgDt><ValDt><Dt>${valueOn}</Dt></ValDt>`,
    reference === undefined ? '' : `<AcctSvcrRef>${xmlText(reference)}</AcctSvcrRef>`,
    `<NtryDtls>${parts.map((part) => partXml(part, version, isDebit)).join('')}</NtryDtls></Ntry>`,
  ].join('');
}

function partXml(part: StatedPart, version: 2 | 4 | 8, isDebit: boolean): string {
  const side = isDebit ? 'Cdtr' : 'Dbtr';
  const { amount, name, iban, endToEndId = 'NOTPROVIDED', text, structured } = part;
  const sum = amount === undefined ? '' : `<Amt Ccy="EUR">${amount}</Amt>`;
  const named = name === undefined ? '' : `<Nm>${xmlText(name)}</Nm>`;
  return [
    `<TxDtls><Refs><EndToEndId>${xmlText(endToEndId)}</EndToEndId></Refs>`,
    version === 2 && sum !== '' ? `<AmtDtls><TxAmt>${sum}</TxAmt></AmtDtls>` : sum,
    `<RltdPties><${side}>${version === 8 ? `<Pty>${named}</Pty>` : named}</${side}>`,
    iban === undefined ? '' : `<${side}Acct><Id><IBAN>${iban}</IBAN></Id></${side}Acct>`,
    '</RltdPties><RmtInf>',
    text === undefined ? '' : `<Ustrd>${xmlText(text)}</Ustrd>`,
    structured === undefined ? '' : `<Strd><CdtrRefInf><Ref>${xmlText(structured)}</Ref></CdtrRefInf></Strd>`,
    '</RmtInf></TxDtls>',
  ].join('');
}
