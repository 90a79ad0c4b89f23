import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const parts = [
  'src',
  'server',
  'public',
  'dist',
  'index.html',
  'auth.html',
  'vite.config.ts',
  'lingui.config.ts',
  'vitePlugins',
  'package.json',
  'tsconfig.json',
];

/** A copy of the project with the current build, whose next version can be built without changing this one's. */
export function copyProject() {
  const home = mkdtempSync(path.join(tmpdir(), 'threefold-copy-'));
  for (const part of parts) cpSync(path.join(root, part), path.join(home, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(home, 'node_modules'), 'dir');
  return {
    home,
    /** Changes one source file and builds: afterwards the old build's files are gone. */
    build(file: string, from: string, to: string) {
      const source = path.join(home, file);
      const text = readFileSync(source, 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not say ${from}.`);
      writeFileSync(source, text.replaceAll(from, to));
      const vite = path.join(root, 'node_modules/vite/bin/vite.js');
      const { status, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: home });
      if (status !== 0) throw new Error(`The second build failed.\n${stderr.toString()}`);
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
