/**
 * `bin/terreau check PLAN`: is this plan what it claims to be? The independent checker alone; whoever made the file, and
 * with which program, need not be trusted.
 *
 * Must always hold: a file is accepted only when its plan keeps every limit, its sums are right, its prices prove what it
 * claims, what it tells in words' ids agrees with its figures, and its digest and signature are those of its content.
 */
import { checkAllocation } from '../../src/algorithms/flow/check-allocation.ts';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { parseStrictJson } from './canonical-json.ts';
import { readArguments } from './command-line.ts';
import { DocumentFault, readDocument, type ReadDocument } from './document-reader.ts';
import { brokenLimits, wrongStatement } from './document-statements.ts';
import { commandText, readLanguage, type CommandText } from './messages.ts';
import { refusalSentence } from './refusal-words.ts';
import { digestOf, fingerprintOf, readKey, verifySignature, type SignedDocument } from './signature.ts';
import { bytesOf, EXIT, printable, type Command } from './terminal.ts';

const OPTIONS = { key: { type: 'string' }, language: { type: 'string' } } as const;

export const checkCommand: Command = async (args, terminal) => {
  const { values, files } = readArguments(args, OPTIONS, {
    least: 1,
    most: 1,
    named: 'one plan, or - for the standard input',
  });
  const [file = '-'] = files;
  const t = commandText(readLanguage(values.language, terminal));
  const named = file === '-' ? 'standard input' : printable(file);
  const wanted = values.key === undefined ? undefined : await readFingerprint(values.key, terminal);
  const document = parseStrictJson(textOf(await bytesOf(file, terminal), named), named);
  const { isAccepted, sentence } = judge(document, wanted, t, named);
  await terminal.write(`${sentence}\n`);
  return isAccepted ? EXIT.done : EXIT.refused;
};

export interface Judgement {
  readonly isAccepted: boolean;
  readonly sentence: string;
}

/** `wanted` is the fingerprint of the key that must have signed. Throws when the file is no plan at all. */
export function judge(document: unknown, wanted: string | undefined, t: CommandText, named: string): Judgement {
  const refuse = (reason: string) => ({ isAccepted: false, sentence: t('check.refused', { reason }) });
  let read: ReadDocument;
  try {
    read = readDocument(document);
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    if (!isPlan(document)) throw new OperatorError(`${named}: this is no plan (${error.message}).`);
    return refuse(t('check.unlawful', { reason: error.message }));
  }
  const verdict = checkAllocation(read.problem, read.answer);
  if (!verdict.accepted) return refuse(refusalSentence(t, verdict.refusal, read));
  const wrong =
    brokenLimits(document, read) ?? (read.format === 'terreau-plan' ? wrongStatement(document, read) : undefined);
  if (wrong !== undefined) return refuse(t('check.unlawful', { reason: wrong }));
  const seal = judgeSeal(document as SignedDocument, read.format, wanted, t);
  if (!seal.isAccepted) return refuse(seal.sentence);
  const [{ length: needs }, { length: offers }] = [read.ids.needs, read.ids.offers];
  const total = 'totalScore' in read.answer ? read.answer.totalScore : 0;
  return { isAccepted: true, sentence: `${t(`check.${verdict.proven}`, { needs, offers, total })} ${seal.sentence}` };
}

/** What the digest and the signature say; both must be right where they stand, the signature where it is wanted. */
function judgeSeal(document: SignedDocument, format: string, wanted: string | undefined, t: CommandText): Judgement {
  const digest = digestOf(document);
  const isBare = document.digest === undefined && format !== 'terreau-plan';
  if (!isBare && document.digest !== digest) return { isAccepted: false, sentence: t('check.digest') };
  if (document.signature === undefined)
    return {
      isAccepted: wanted === undefined,
      sentence: t(wanted === undefined ? 'check.unsigned' : 'check.unsignedWanted'),
    };
  const key = verifySignature(document, digest);
  if (key === undefined) return { isAccepted: false, sentence: t('check.signature') };
  const fingerprint = fingerprintOf(key);
  if (wanted !== undefined && wanted !== fingerprint)
    return { isAccepted: false, sentence: t('check.otherKey', { fingerprint, wanted }) };
  return {
    isAccepted: true,
    sentence: t(wanted === undefined ? 'check.signed' : 'check.signedByWanted', { fingerprint }),
  };
}

function isPlan(document: unknown): boolean {
  const { format, version } = (document ?? {}) as Partial<SignedDocument>;
  return (format === 'terreau-plan' || format === 'terreau-plan-certificate') && version === 1;
}

async function readFingerprint(key: string, terminal: Parameters<Command>[1]): Promise<string> {
  if (/^SHA256:[A-Za-z0-9+/]{43}$/u.test(key)) return key;
  return fingerprintOf(readKey(await bytesOf(key, terminal), 'public', printable(key)));
}

function textOf(bytes: Uint8Array, named: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new OperatorError(`${named}: this is not a text in UTF-8.`);
    throw error;
  }
}
