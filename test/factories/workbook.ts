/** A small Excel workbook, packed by hand, so that a test may spoil any part of it. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface MadePart {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the packed file says of its size, when that is a lie. */
  readonly claimedBytes?: number;
}

/** Sheets by name, each with the XML of its rows. */
export function makeWorkbook(sheets: Readonly<Record<string, string>>, others: readonly MadePart[] = []): Buffer {
  const names = Object.keys(sheets);
  return packParts([
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="r"><sheets>${names.map((name, place) => `<sheet name="${name}" sheetId="${place + 1}" r:id="r${place}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${names.map((_, place) => `<Relationship Id="r${place}" Target="worksheets/sheet${place}.xml"/>`).join('')}</Relationships>`,
    },
    ...Object.values(sheets).map((rows, place) => ({
      name: `xl/worksheets/sheet${place}.xml`,
      content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    })),
    ...others,
  ]);
}

export function packParts(parts: readonly MadePart[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedBytes } of parts) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedBytes ?? bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}
