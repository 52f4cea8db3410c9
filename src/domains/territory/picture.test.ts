import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LARGEST_LOGO_BYTES, readLogo, readPicture } from './picture.ts';

/** One pixel each, as programs write them. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const WEBP = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=', 'base64');
const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('ffc0000b080002000301011100', 'hex'),
  Buffer.from('ffda0008010100003f00d2cf20ffd9', 'hex'),
]);

test('the three kinds are known by their bytes, with their size', () => {
  assert.deepEqual(readPicture(PNG), { type: 'image/png', width: 1, height: 1 });
  assert.deepEqual(readPicture(WEBP), { type: 'image/webp', width: 1, height: 1 });
  assert.deepEqual(readPicture(JPEG), { type: 'image/jpeg', width: 3, height: 2 });
});

test('what is a picture and something else as well is refused, whichever comes first', () => {
  const page = Buffer.from('<script>alert(1)</script>');
  const archive = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
  for (const picture of [PNG, WEBP, JPEG])
    for (const other of [page, archive]) {
      assert.equal(readLogo(Buffer.concat([picture, other])), 'not-a-picture');
      assert.equal(readLogo(Buffer.concat([other, picture])), 'not-a-picture');
    }
  assert.equal(
    readLogo(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
    'not-a-picture',
  );
  assert.equal(readLogo(Buffer.from('GIF89a\u0001\u0000\u0001\u0000')), 'not-a-picture');
});

test('too heavy and too wide are told apart', () => {
  const wide = Buffer.from(PNG);
  wide.writeUInt32BE(2001, 16);
  assert.equal(readLogo(wide), 'too-wide');
  assert.equal(readLogo(new Uint8Array(LARGEST_LOGO_BYTES + 1)), 'too-heavy');
});

test('whatever the bytes, reading ends with an answer; one cut short is no picture', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(PNG, WEBP, JPEG),
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(120),
      (start, noise, cut) => {
        readPicture(Buffer.concat([start.subarray(0, cut), noise]));
        if (cut < start.length) assert.equal(readPicture(start.subarray(0, cut)), undefined);
      },
    ),
  );
});
