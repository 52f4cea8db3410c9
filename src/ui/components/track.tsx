export type Tone = 'green' | 'slate' | 'ochre' | 'plum' | 'terracotta' | 'ink';

/** A bar filled to a share of its length. Only a drawing: the figure stands beside it in words. */
export function Track({ share, tone = 'green' }: { share: number; tone?: Tone | undefined }) {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10;
  return (
    <svg class={`track tone-${tone}`} aria-hidden="true" width="100%" height="8">
      <rect width={`${filled}%`} height="100%" rx="4" />
    </svg>
  );
}
