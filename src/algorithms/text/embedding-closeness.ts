/**
 * How close the vectors of a language model are, of needs and of offers.
 *
 * The cosines of such models crowd in a narrow band (any two texts of one language stand near 0.6 in many): what is
 * told is how far a pair stands above the mean cosine of all pairs, as a share of what is left above it.
 *
 * Must always hold: 0…1, or NaN where a side has no vector, or one of another length; the same vectors in the same
 * order give the same bits.
 */
export type Vectors = readonly (Float32Array | null)[];

export function embeddingCloseness(needs: Vectors, offers: Vectors): (need: number) => Float64Array {
  const [asked, given] = [needs.map(toUnit), offers.map(toUnit)];
  const usual = meanCosine(asked, given);
  return (need) => {
    const own = asked[need];
    return Float64Array.from(given, (offer) => {
      if (!own || !offer || own.length !== offer.length) return Number.NaN;
      return Math.min(1, Math.max(0, (dotOf(own, offer) - usual) / (1 - usual)));
    });
  };
}

function toUnit(vector: Float32Array | null): Float32Array | null {
  if (vector === null) return null;
  const scale = 1 / Math.sqrt(dotOf(vector, vector));
  return Number.isFinite(scale) ? vector.map((value) => value * scale) : null;
}

/** The mean over all pairs is the product of the mean vectors. Opposite means count as strangers. */
function meanCosine(asked: Vectors, given: Vectors): number {
  const [one, other] = [meanOf(asked), meanOf(given)];
  const cosine = one.length === other.length ? dotOf(one, other) : 0;
  return Math.min(MOST_USUAL, Math.max(0, cosine));
}

/** A model that finds all texts alike still leaves some room above. */
const MOST_USUAL = 0.95;

function meanOf(vectors: Vectors): Float64Array {
  const known = vectors.filter((vector) => vector !== null);
  const sum = new Float64Array(known[0]?.length ?? 0);
  for (const vector of known) sum.forEach((value, place) => (sum[place] = value + (vector[place] ?? 0)));
  return sum.map((value) => value / Math.max(1, known.length));
}

function dotOf(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let dot = 0;
  for (let place = 0; place < x.length; place++) dot += (x[place] ?? 0) * (y[place] ?? 0);
  return dot;
}
