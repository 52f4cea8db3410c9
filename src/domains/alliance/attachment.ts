/**
 * Files that are attached to agreements and expenses, known by their first bytes and not by what a browser says of them.
 *
 * Must always hold: a signed text is a PDF; evidence of an expense is a PDF or a picture; nothing else is kept.
 */
import { done, refused, type Result } from '../../lib/result.ts';

export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

const SIGNATURES = [
  { type: 'application/pdf', extension: 'pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', extension: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', extension: 'jpg', bytes: [0xff, 0xd8, 0xff] },
] as const;
export type AttachmentType = (typeof SIGNATURES)[number]['type'];

export type AttachmentRefusal = 'file-empty' | 'file-too-large' | 'not-a-pdf' | 'not-evidence';

/** What the file is, when it may be kept as `use`. */
export function checkAttachment(
  start: Uint8Array,
  sizeBytes: number,
  use: 'text' | 'evidence',
): Result<AttachmentType, AttachmentRefusal> {
  if (sizeBytes === 0) return refused('file-empty');
  if (sizeBytes > MAX_ATTACHMENT_BYTES) return refused('file-too-large');
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, place) => start[place] === byte));
  if (use === 'text') return known?.type === 'application/pdf' ? done(known.type) : refused('not-a-pdf');
  return known === undefined ? refused('not-evidence') : done(known.type);
}

export function extensionOf(type: string): string {
  return SIGNATURES.find((each) => each.type === type)?.extension ?? 'bin';
}
