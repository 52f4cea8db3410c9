/** Reasons for which a need or an offer cannot be written, whichever it is. */
export type StatedRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'stale'
  | 'unknown-kind'
  | 'unknown-organisation'
  | 'unknown-theme';
