/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8, in plain code: it runs where there is no crypto library or only
 * an asynchronous one, and anybody can draw the same numbers with `printf '%s' TEXT | sha256sum`.
 * Not for secrets: it takes no care of timing.
 */

/** The first 32 bits of the digest, as a number from 0 to 2^32 − 1. */
export function digestStart(text: string): number {
  return digest(text)[0]!;
}

/** The digest in hexadecimal. */
export function sha256(text: string): string {
  return Array.from(digest(text), (word) => word.toString(16).padStart(8, '0')).join('');
}

/** First 32 bits of the fractional part of a root, whole arithmetic on bigints: ⌊2^32 × root⌋ mod 2^32. */
function fractionOfRoot(prime: number, degree: bigint): number {
  const value = BigInt(prime) << (32n * degree);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime > 0)) primes.push(n);
const START = Uint32Array.from(primes.slice(0, 8), (prime) => fractionOfRoot(prime, 2n));
const ROUND = Uint32Array.from(primes, (prime) => fractionOfRoot(prime, 3n));
const words = new Uint32Array(64);

function digest(text: string): Uint32Array {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  const hash = START.slice();
  for (let at = 0; at < padded.length; at += 64) compress(hash, view, at);
  return hash;
}

function compress(hash: Uint32Array, view: DataView, at: number): void {
  for (let t = 0; t < 16; t++) words[t] = view.getUint32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const [x, y] = [words[t - 15]!, words[t - 2]!];
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[t] = words[t - 16]! + s0 + words[t - 7]! + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[t]! + words[t]!) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, k) => (hash[k]! += word));
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
