import { existsSync } from 'node:fs';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const whole = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const shell = '/usr/bin/chromium-headless-shell';

/** How the machine's Chromium is started: headless, as root, without requests to its vendor. */
export const chromiumFlags = () => ({ executablePath: whole, args });

/**
 * The headless shell, where the machine has it: a quarter less work per test. It installs no apps and shows no
 * notifications.
 */
export const shellFlags = () => ({ executablePath: existsSync(shell) ? shell : whole, args });
