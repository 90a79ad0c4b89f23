/** A sample file. */
export type SampleFile = { name: string; mimeType: string; buffer: Buffer };

export const sampleFile = (name: string, mimeType: string, content: string | Buffer): SampleFile => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});

/** One pixel. */
export const samplePng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The least silence that makes a valid sound file. */
export function silentAudio(): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + 8000, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(8000, 40);
  return Buffer.concat([head, Buffer.alloc(8000, 128)]);
}

/** A PDF of one line with `action` as its open action. */
export function samplePdf(line: string, action = ''): Buffer {
  const stream = `BT /F1 24 Tf 40 100 Td (${line}) Tj ET`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${action} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A video of one red frame, 16 × 16: a WebM with one VP8 frame. */
export function sampleVideo(): Buffer {
  const frame = Buffer.from('kAEAnQEqEAAQAAdAliWgAnS6AAOYAP7lCvgnqXKP/jePAryXY6AAAA==', 'base64');
  const element = (id: string, ...content: readonly (Buffer | readonly number[])[]) => {
    const body = Buffer.concat(content.map((part) => Buffer.from(part)));
    const size = Buffer.alloc(4);
    // The first bits of a size say how many bytes it has.
    size.writeUInt32BE(0x1000_0000 + body.length);
    return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
  };
  const picture = element('e0', element('b0', [16]), element('ba', [16]));
  const track = [element('d7', [1]), element('73c5', [1]), element('83', [1]), element('86', Buffer.from('V_VP8'))];
  return Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm')), element('4287', [2]), element('4285', [2])),
    element(
      '18538067',
      element('1549a966', element('2ad7b1', [0x0f, 0x42, 0x40])),
      element('1654ae6b', element('ae', ...track, picture)),
      element('1f43b675', element('e7', [0]), element('a3', [0x81, 0, 0, 0x80], frame)),
    ),
  ]);
}

/** The header of an image that claims more pixels than any device can hold. */
export function decompressionBomb(): Buffer {
  const bomb = Buffer.from(samplePng);
  bomb.writeUInt32BE(0xffff, 16);
  bomb.writeUInt32BE(0xffff, 20);
  return bomb;
}
