/**
 * What a picture is, by its own bytes: PNG, JPEG or WebP, and how large it draws.
 *
 * Must always hold: the name and the type that a sender claims count for nothing; a file that goes on after the picture
 * ends is refused, because it may be something else as well; nothing is decoded, so that a small file cannot cost much.
 */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp';

export interface Picture {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

export const LARGEST_LOGO_BYTES = 512 * 1024;
export const LARGEST_LOGO_SIDE = 2000;

export type PictureFault = 'not-a-picture' | 'too-heavy' | 'too-wide';

export function readLogo(bytes: Uint8Array): Picture | PictureFault {
  if (bytes.length > LARGEST_LOGO_BYTES) return 'too-heavy';
  const picture = readPicture(bytes);
  if (picture === undefined || picture.width < 1 || picture.height < 1) return 'not-a-picture';
  return Math.max(picture.width, picture.height) > LARGEST_LOGO_SIDE ? 'too-wide' : picture;
}

/** None when it is no whole picture of a kind that is known. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngOf(view) ?? jpegOf(view) ?? webpOf(view);
}

const PNG_START = '\u0089PNG\r\n\u001a\n';

/** Chunks one after the other, from the header to the end mark, which is the end of the file. */
function pngOf(view: DataView): Picture | undefined {
  if (view.byteLength < 45 || textAt(view, 0, 8) !== PNG_START || textAt(view, 12, 4) !== 'IHDR') return undefined;
  for (let place = 8; place + 12 <= view.byteLength; place += 12 + view.getUint32(place)) {
    if (textAt(view, place + 4, 4) !== 'IEND') continue;
    if (place + 12 !== view.byteLength) return undefined;
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  return undefined;
}

/** Marks with their lengths until the frame's own, which has the size; the end mark is the end of the file. */
function jpegOf(view: DataView): Picture | undefined {
  const end = view.byteLength - 2;
  if (end < 4 || view.getUint16(0) !== 0xff_d8 || view.getUint16(end) !== 0xff_d9) return undefined;
  for (let place = 2; place + 9 <= end; place += 2 + view.getUint16(place + 2)) {
    const mark = view.getUint16(place);
    if (mark < 0xff_c0 || mark > 0xff_fe) return undefined;
    if (!isFrame(mark)) continue;
    return { type: 'image/jpeg', width: view.getUint16(place + 7), height: view.getUint16(place + 5) };
  }
  return undefined;
}

/** SOF0 to SOF15, without the three marks among them that mean something else. */
function isFrame(mark: number): boolean {
  return mark >= 0xff_c0 && mark <= 0xff_cf && mark !== 0xff_c4 && mark !== 0xff_c8 && mark !== 0xff_cc;
}

function webpOf(view: DataView): Picture | undefined {
  if (view.byteLength < 30 || textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') return undefined;
  if (view.getUint32(4, true) + 8 !== view.byteLength) return undefined;
  const size = webpSize(view, textAt(view, 12, 4));
  return size === undefined ? undefined : { type: 'image/webp', ...size };
}

function webpSize(view: DataView, kind: string): { readonly width: number; readonly height: number } | undefined {
  if (kind === 'VP8X') return { width: 1 + threeBytes(view, 24), height: 1 + threeBytes(view, 27) };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return undefined;
}

function threeBytes(view: DataView, place: number): number {
  return view.getUint16(place, true) + view.getUint8(place + 2) * 65_536;
}

function textAt(view: DataView, place: number, length: number): string {
  if (place + length > view.byteLength) return '';
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + place, length));
}
