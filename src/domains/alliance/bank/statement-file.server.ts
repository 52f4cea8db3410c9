/** A statement's bytes to its movements, whatever its format; told by its content, never by its name. */
import { done, refused, type Done } from '../../../lib/result.ts';
import { readLines } from '../../../platform/files/delimited.ts';
import { decodeText } from '../../../platform/files/text-encoding.ts';
import { readXml } from '../../../platform/files/xml-tree.ts';
import { readCamt } from './camt.ts';
import { MAX_MOVEMENTS, MAX_STATEMENT_BYTES, type RefusedFile, type StatementFile } from './movement.ts';
import { readStatementRows } from './statement-csv.ts';

export async function readStatementFile(bytes: Uint8Array): Promise<Done<StatementFile> | RefusedFile> {
  if (bytes.length === 0) return refused('file-empty');
  if (bytes.length > MAX_STATEMENT_BYTES) return refused('file-too-large');
  const decoded = decodeText(bytes);
  if (!decoded.ok) return refused('not-a-statement');
  const text = decoded.value.text.replace(/^\ufeff/u, '');
  const read = /^\s*</u.test(text) ? readXmlStatement(text) : await readCsvStatement(text);
  if (!read.ok) return read;
  const count = read.value.statements.reduce((sum, { movements }) => sum + movements.length, 0);
  if (count === 0) return refused('no-movements');
  return count > MAX_MOVEMENTS ? refused('too-many-movements', { maximum: MAX_MOVEMENTS }) : read;
}

function readXmlStatement(text: string): Done<StatementFile> | RefusedFile {
  const root = readXml(text);
  if (root.ok) return readCamt(root.value);
  const reason = root.reason === 'has-doctype' ? 'has-doctype' : 'not-xml';
  return refused(reason, { line: root.facts?.['line'] ?? 1 });
}

async function readCsvStatement(text: string): Promise<Done<StatementFile> | RefusedFile> {
  const read = await readLines(text, MAX_MOVEMENTS);
  if (!read.ok) return refused('no-columns');
  const { records, skipped } = read.value;
  if (records.length > MAX_MOVEMENTS + 100) return refused('too-many-movements', { maximum: MAX_MOVEMENTS });
  const rows = readStatementRows(records.map((cells, place) => ({ cells, number: place + 1 + skipped })));
  return rows.ok ? done(rows.value) : rows;
}
