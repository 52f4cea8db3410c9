/**
 * Vectors of an embedding service as the pool keeps them: a byte per direction, in letters.
 *
 * Must always hold: what is kept is what is used, so that the same pool gives the same plan without the service; a
 * cosine between kept vectors differs from that of the service by less than a hundredth.
 */
export function packVector(vector: Float32Array): string {
  const greatest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = greatest > 0 ? MOST / greatest : 0;
  return new Uint8Array(Int8Array.from(vector, (value) => Math.round(value * scale)).buffer).toBase64();
}

export function unpackVector(kept: string): Float32Array {
  return Float32Array.from(new Int8Array(Uint8Array.fromBase64(kept).buffer));
}

const MOST = 127;
