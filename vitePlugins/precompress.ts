import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'vite';

/** Below this a header costs more than it saves. Bytes. */
const smallest = 1_024;
const compressible = /\.(?:html|js|css|json|webmanifest|svg|txt)$/;
const compress = promisify(brotliCompress);
/** The best quality takes ten times as long as nine, for a few percent: only where it is soon. Bytes. */
const largestForBest = 800_000;

/** Writes `name.br` beside each text file of the build, for servers that can send it. Runs after all other plugins. */
export function precompress(): Plugin {
  let output = '';
  return {
    name: 'threefold:precompress',
    configResolved({ root, build }) {
      output = path.resolve(root, build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const entries = await readdir(output, { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
        await Promise.all(files.map((entry) => writeCompressed(path.join(entry.parentPath, entry.name))));
      },
    },
  };
}

async function writeCompressed(file: string): Promise<void> {
  const plain = await readFile(file);
  if (plain.byteLength < smallest) return;
  const quality = plain.byteLength > largestForBest ? 9 : 11;
  await writeFile(`${file}.br`, await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
}
