/** Fails when a visible string is missing in the English catalog: the built app would show its id instead. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runNode, tool } from './process.mjs';
import { root } from './runtime.mjs';

const catalog = path.join(root, 'src', 'i18n', 'locales', 'en.po');

/** The messages without the header, whose date changes with every extraction. */
const messages = (text) => text.slice(text.indexOf('\n\n'));

/** Extracts, compares and restores the catalog; false when they differ. */
export async function checkWords(write) {
  const before = readFileSync(catalog, 'utf8');
  let output = '';
  try {
    const args = [tool('@lingui', 'cli', 'dist', 'lingui.js'), 'extract', '--clean'];
    if ((await runNode(args, { write: (text) => void (output += text) })) !== 0) {
      write(output);
      return false;
    }
    if (messages(before) === messages(readFileSync(catalog, 'utf8'))) return true;
  } finally {
    writeFileSync(catalog, before);
  }
  write(
    'The English catalog lacks words, or holds some that nobody uses. Run: npm run i18n, and commit src/i18n/locales/en.po.\n',
  );
  return false;
}
