/**
 * Reads an account statement in ISO 20022, camt.053, versions .001.02 to .001.13: what changed between them (where a
 * status, an amount or a name stands) is looked for in each of its places.
 *
 * Must always hold: only what is booked is read, the rest is not there yet; an entry that groups several transfers
 * becomes one movement for each when their amounts add up to its own, else it stays one; the sign is that of the
 * entry, also of one that takes another back.
 */
import { done, refused, type Result } from '../../../lib/result.ts';
import { childOf, childrenOf, textAt, type XmlElement } from '../../../lib/xml.ts';
import { readAmount, readDay } from './bank-amount.ts';
import { parseIban } from './iban.ts';
import {
  faultList,
  faulty,
  isTooLarge,
  type FaultList,
  type ReadMovement,
  type RefusedFile,
  type StatementFile,
} from './movement.ts';

export function readCamt(root: XmlElement): Result<StatementFile, never> | RefusedFile {
  const message = childOf(root, 'BkToCstmrStmt');
  if (root.name !== 'Document' || message === undefined) return refused('not-a-statement');
  const list = faultList();
  const statements = childrenOf(message, 'Stmt').map((statement) => ({
    iban: ibanOfStatement(statement, list),
    row: statement.line,
    movements: childrenOf(statement, 'Ntry').flatMap((entry) => movementsOf(entry, list)),
  }));
  if (statements.length === 0) return refused('not-a-statement');
  return list.faults.length > 0 ? faulty(list.faults) : done({ format: 'camt.053', statements });
}

function ibanOfStatement(statement: XmlElement, list: FaultList): string | null {
  const given = textAt(statement, 'Acct', 'Id', 'IBAN');
  const iban = parseIban(given);
  if (iban === undefined) list.add(statement.line, 'Acct/Id/IBAN', given === '' ? 'missing' : 'not-an-iban');
  return iban ?? null;
}

function movementsOf(entry: XmlElement, list: FaultList): ReadMovement[] {
  const status = childOf(entry, 'Sts');
  const code = status === undefined ? 'BOOK' : textAt(status, 'Cd') || status.text.trim();
  if (code !== 'BOOK') return [];
  const sign = signOf(entry, list);
  const cents = amountOf(entry, list);
  const bookedOn = dayOf(entry, 'BookgDt', list);
  const valueOn = childOf(entry, 'ValDt') === undefined ? null : dayOf(entry, 'ValDt', list);
  if (sign === undefined || cents === undefined || bookedOn === undefined || valueOn === undefined || cents === 0n)
    return [];
  const whole = { bookedOn, valueOn, isReversal: /^(true|1)$/u.test(textAt(entry, 'RvslInd')) };
  const details = childrenOf(entry, 'NtryDtls').flatMap((each) => childrenOf(each, 'TxDtls'));
  const parts = details.map((part) => partCents(part, entry, sign));
  const sum = parts.reduce<bigint>((total, part) => total + (part ?? 0n), 0n);
  const isWhole = details.length < 2 || parts.includes(undefined) || sum !== sign * cents;
  if (isWhole) return [{ ...whole, ...wordsOf(entry, details, sign), row: entry.line, cents: sign * cents }];
  return details.flatMap((part, place): ReadMovement[] => {
    const own = parts[place] ?? 0n;
    return own === 0n ? [] : [{ ...whole, ...wordsOf(entry, [part], own < 0n ? -1n : 1n), row: part.line, cents: own }];
  });
}

function signOf(element: XmlElement, list: FaultList): bigint | undefined {
  const word = textAt(element, 'CdtDbtInd');
  if (word === 'CRDT') return 1n;
  return word === 'DBIT' ? -1n : list.add(element.line, 'CdtDbtInd', 'missing');
}

function amountOf(entry: XmlElement, list: FaultList): bigint | undefined {
  const amount = childOf(entry, 'Amt');
  if (amount === undefined) return list.add(entry.line, 'Amt', 'missing');
  if (amount.attributes['Ccy'] !== 'EUR') return list.add(amount.line, 'Amt/Ccy', 'not-euro');
  const read = readAmount(amount.text, '.');
  if (!read.ok) return list.add(amount.line, 'Amt', read.reason);
  if (read.value < 0n) return list.add(amount.line, 'Amt', 'not-an-amount');
  return isTooLarge(read.value) ? list.add(amount.line, 'Amt', 'too-large') : read.value;
}

function dayOf(entry: XmlElement, name: 'BookgDt' | 'ValDt', list: FaultList): Temporal.PlainDate | undefined {
  const text = textAt(entry, name, 'Dt') || textAt(entry, name, 'DtTm');
  if (text === '') return list.add(entry.line, name, 'missing');
  const read = /^\d{4}-\d{2}-\d{2}/u.test(text) ? readDay(text) : undefined;
  return read?.ok === true ? read.value : list.add(entry.line, name, read?.reason ?? 'not-a-date');
}

/** The amount of one transfer of an entry, in euros, with its sign; undefined where the file does not say. */
function partCents(part: XmlElement, entry: XmlElement, entrySign: bigint): bigint | undefined {
  const amount = childOf(part, 'Amt') ?? childOf(childOf(childOf(part, 'AmtDtls'), 'TxAmt'), 'Amt');
  if (amount === undefined || amount.attributes['Ccy'] !== childOf(entry, 'Amt')?.attributes['Ccy']) return undefined;
  const read = readAmount(amount.text, '.');
  if (!read.ok) return undefined;
  const word = textAt(part, 'CdtDbtInd');
  const sign = word === '' ? entrySign : word === 'CRDT' ? 1n : -1n;
  return sign * read.value;
}

/** Who stands on the other side, and what they wrote. */
function wordsOf(entry: XmlElement, details: readonly XmlElement[], sign: bigint) {
  const side = sign > 0n ? 'Dbtr' : 'Cdtr';
  const first = (read: (part: XmlElement) => string) => details.map(read).find((text) => text !== '') ?? '';
  const remittance = details.flatMap((part) => remittanceOf(part));
  const additional = [...details.map((part) => textAt(part, 'AddtlTxInf')), textAt(entry, 'AddtlNtryInf')];
  return {
    counterparty: first(
      (part) => textAt(part, 'RltdPties', side, 'Nm') || textAt(part, 'RltdPties', side, 'Pty', 'Nm'),
    ).slice(0, 200),
    counterpartyIban: first((part) => parseIban(textAt(part, 'RltdPties', `${side}Acct`, 'Id', 'IBAN')) ?? ''),
    endToEndId: first((part) => textAt(part, 'Refs', 'EndToEndId').replace(/^NOTPROVIDED$/u, '')).slice(0, 100),
    remittance: [...new Set([...remittance, ...additional].filter((text) => text !== ''))].join(' / ').slice(0, 1000),
    bankReference:
      (details.length === 1 ? first((part) => textAt(part, 'Refs', 'AcctSvcrRef')) : '').slice(0, 100) ||
      textAt(entry, 'AcctSvcrRef').slice(0, 100),
  };
}

function remittanceOf(part: XmlElement): string[] {
  const information = childOf(part, 'RmtInf');
  const structured = childrenOf(information, 'Strd').flatMap((each) => [
    textAt(each, 'CdtrRefInf', 'Ref'),
    ...childrenOf(each, 'RfrdDocInf').map((document) => textAt(document, 'Nb')),
    ...childrenOf(each, 'AddtlRmtInf').map(({ text }) => text.trim()),
  ]);
  return [...childrenOf(information, 'Ustrd').map(({ text }) => text.trim()), ...structured];
}
