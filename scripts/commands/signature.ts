/**
 * The digest and the signature of a plan.
 *
 * The digest is SHA-256 of the canonical JSON (`canonical-json.ts`) of the document without its members `digest` and
 * `signature`, written `sha256:` and 64 hexadecimal figures. What is signed, with Ed25519 (RFC 8032), is one line of
 * ASCII that ends with a line feed:
 *
 *   FORMAT VERSION DIGEST        for example: terreau-plan 1 sha256:9f86d081…
 *
 * A key is known by its fingerprint: `SHA256:` and the SHA-256 of its DER (SubjectPublicKeyInfo) in base64 without `=`.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { canonicalJson } from './canonical-json.ts';

export interface Signature {
  readonly algorithm: 'Ed25519';
  /** SubjectPublicKeyInfo, DER in base64. */
  readonly publicKey: string;
  readonly value: string;
}

export interface SignedDocument {
  readonly format: string;
  readonly version: number;
  readonly digest?: unknown;
  readonly signature?: unknown;
}

export function digestOf(document: SignedDocument): string {
  const { digest: _digest, signature: _signature, ...rest } = document;
  return `sha256:${createHash('sha256').update(canonicalJson(rest)).digest('hex')}`;
}

export function signDocument(document: SignedDocument, digest: string, key: KeyObject): Signature {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  return { algorithm: 'Ed25519', publicKey, value: sign(null, signedBytes(document, digest), key).toString('base64') };
}

/** The public key when the signature is its own and right; undefined otherwise. */
export function verifySignature(document: SignedDocument, digest: string): KeyObject | undefined {
  const { algorithm, publicKey, value, ...others } = (document.signature ?? {}) as Partial<Signature>;
  if (algorithm !== 'Ed25519' || Object.keys(others).length > 0) return undefined;
  const [der, bytes] = [exactBase64(publicKey), exactBase64(value)];
  if (der === undefined || bytes === undefined) return undefined;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const isExact = key.export({ type: 'spki', format: 'der' }).equals(der);
    const isRight = key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(document, digest), key, bytes);
    return isExact && isRight ? key : undefined;
  } catch {
    return undefined;
  }
}

export function fingerprintOf(key: KeyObject): string {
  const der = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/u, '')}`;
}

/** The key of a PEM file; `named` is how a fault names it. */
export function readKey(pem: Uint8Array, kind: 'private' | 'public', named: string): KeyObject {
  try {
    const key = kind === 'private' ? createPrivateKey(Buffer.from(pem)) : createPublicKey(Buffer.from(pem));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, whatever the reason.
  }
  throw new OperatorError(`${named}: this is no ${kind} Ed25519 key (bin/terreau key create FILE makes a pair).`);
}

function signedBytes({ format, version }: SignedDocument, digest: string): Buffer {
  return Buffer.from(`${format} ${version} ${digest}\n`, 'ascii');
}

/** Base64 may be written in several ways; only the usual one counts. */
function exactBase64(text: unknown): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
