import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileExtension, safeFileName, displayFileName } from './fileName.ts';

test.each([
  ['plan.pdf', 'plan.pdf'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\Windows\\a.txt', 'C__Windows_a.txt'],
  ['con.txt', '_con.txt'],
  ['NUL', '_NUL'],
  ['console.txt', 'console.txt'],
  ['.htaccess', 'htaccess'],
  ['a.txt. ', 'a.txt'],
  ['a\u0000b\n.txt', 'ab.txt'],
  ['a"<b>|c?*.txt', 'a__b__c__.txt'],
  ['\u202E', 'file'],
  ['...', 'file'],
  ['नमस्ते\u200d.txt', 'नमस्ते\u200d.txt'],
])('%j becomes %j', (name, kept) => {
  expect(safeFileName(name, 'file')).toBe(kept);
});

test('a cut name keeps its extension and whole characters', () => {
  expect(safeFileName(`${'😀'.repeat(300)}.jpeg`, 'file')).toBe(`${'😀'.repeat(60)}.jpeg`);
});

test('no name leads to another folder, reverses the text after it, or is empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const kept = safeFileName(name, 'file');
      expect(kept).not.toMatch(/[/\\:\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(kept).not.toMatch(/^\.|[.\s]$/);
      expect(kept.length).toBeGreaterThan(0);
      expect(safeFileName(kept, 'file')).toBe(kept);
    }),
  );
});

test('the displayed name ends with the real extension', () => {
  expect(displayFileName('photo\u202Egpj.exe', 'file')).toBe('photogpj.exe');
  expect([fileExtension('a.tar.GZ'), fileExtension('.profile'), fileExtension('none'), fileExtension('a.b c')]).toEqual(
    ['gz', '', '', ''],
  );
});
