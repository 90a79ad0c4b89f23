import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFile } from './textEncoding.ts';

/** The bytes of a text in an encoding of one byte a letter. */
function encoded(text: string, encoding: string): Uint8Array {
  const letters = Array.from(new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)));
  return Uint8Array.from(text, (letter) => letters.indexOf(letter));
}

test.each([
  ['Très bien, à côté de la forêt', 'windows-1252'],
  ['El niño comió, ¿dónde está?', 'windows-1252'],
  ['Größe prüfen, Straße “kehren” – 5 €', 'windows-1252'],
  ['Ring Åse, kjøp brød på lørdag', 'windows-1252'],
  ['Zadzwonić do urzędu, kupić chleb', 'windows-1250'],
  ['Koupit mléko, zavolat řediteli, dárek pro děti', 'windows-1250'],
  ['Füvet nyírni, őszi gyümölcs', 'windows-1250'],
  ['Позвонить Ирине, взять договор', 'windows-1251'],
  ['Позвонить Ирине, взять договор', 'koi8-r'],
  ['Αγορά γάλακτος', 'windows-1253'],
  ['Süt almayı unutma, çiçekleri sula, ışık', 'windows-1254'],
  ['Nupirkti pieną ir šviežių uogų', 'windows-1257'],
  ['Müller anrufen, Größe', 'macintosh'],
])('%s reads best in %s', (text, encoding) => {
  const file = decodeFile(encoded(`Subject\r\n${text}\r\n`, encoding), 'en');
  expect(file).toEqual({ text: `Subject\r\n${text}\r\n`, encoding, isCertain: false });
});

test('the language of the person decides where the bytes do not', () => {
  const bytes = encoded('Subject\r\nלקנות חלב\r\n', 'windows-1255');
  expect(decodeFile(bytes, 'he').encoding).toBe('windows-1255');
  expect(decodeFile(Uint8Array.of(0xc2, 0xf2, 0xc5, 0xa3, 0xc4, 0xcc), 'zh-CN').text).toBe('买牛奶');
  expect(decodeFile(Uint8Array.of(0x8b, 0x8d, 0x93, 0xfb, 0x82, 0xf0), 'ja').text).toBe('牛乳を');
});

test('UTF-8 and UTF-16 are certain', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { text: read, isCertain } = decodeFile(new TextEncoder().encode(`Subject: ${text}`), 'pl');
      expect([read, isCertain]).toEqual([`Subject: ${text}`, true]);
    }),
  );
  expect(decodeFile(Uint8Array.of(0xff, 0xfe, 0x41, 0), 'en')).toEqual({
    text: 'A',
    encoding: 'utf-16le',
    isCertain: true,
  });
});

test('a calendar folded anywhere between octets reads as it was', () => {
  const line = 'SUMMARY:Müll 🌱 und ☐ Äpfel';
  const bytes = new TextEncoder().encode(line);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 })), (folds) => {
      const at = new Set(folds);
      const folded = Array.from(bytes).flatMap((byte, index) => (at.has(index) ? [13, 10, 32, byte] : [byte]));
      const head = Array.from(new TextEncoder().encode('BEGIN:VCALENDAR\r\n'));
      const { text, encoding } = decodeFile(Uint8Array.from([...head, ...folded]), 'en');
      expect(encoding).toBe('utf-8');
      expect(text.replace(/\r\n /g, '').trim()).toBe(`BEGIN:VCALENDAR\r\n${line}`);
    }),
  );
});
