import { resolve } from 'node:path';

export type Config = {
  port: number;
  host: string;
  dataDir: string;
  /** The database file inside `dataDir`. */
  path: string;
  /** The connection URL of a PostgreSQL database, or null for SQLite. */
  databaseUrl: string | null;
  /** Origin of the service as browsers know it, without a trailing slash. */
  publicUrl: string;
  signUp: 'open' | 'closed';
  /** Whether browsers use https alone for the subdomains of `publicUrl`, too. */
  hstsSubdomains: boolean;
  /** A JSON file served as /config.json instead of the service's own, or null. */
  appConfig: string | null;
  /** The lifetime of an access token of the embedded provider in seconds, or null for its default. */
  accessTokenSeconds: number | null;
  /** Days for which deleted items can be restored. */
  binDays: number;
  /** What one mailbox may keep, of everything together: bytes, and entries. */
  mailboxBytes: number;
  mailboxItems: number;
  /** API requests per account in a window; 0 for no limit. */
  rateLimit: number;
  rateWindowSeconds: number;
  /** Seconds of CPU time that one account may use in the same window; 0 for no limit. */
  cpuSeconds: number;
  /** `npm run dev`: the app is also served by Vite, from its own origin. */
  isDevelopment: boolean;
};

/** Days that deleted items are kept, unless BIN_DAYS is set. */
export const defaultBinDays = 30;

/** 2 GB. */
export const defaultMailboxBytes = 2 * 1024 * 1024 * 1024;

/** Far more than anybody has; what bounds it is the memory of the app, which holds all open tasks. */
export const defaultMailboxItems = 500_000;

/** The limit that Microsoft documents for both APIs (docs/protocol.md#throttling). */
export const defaultRate = { limit: 10_000, windowSeconds: 600 };

/** Seconds of CPU time in a window: a fifth of one processor (docs/decisions/0058-cpu-budget.md). */
export const defaultCpuSeconds = 120;

/** An invalid setting; the message is one sentence for the administrator. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the settings once, at start. Empty values count as not set.
 * @throws ConfigError with a sentence that says what is wrong.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const text = (name: string, fallback: string) => env[name]?.trim() || fallback;
  const port = readPort(text('PORT', '4100'));
  const dataDir = resolve(text('DATA_DIR', './data'));
  const appConfig = text('APP_CONFIG', '');
  return {
    port,
    host: text('HOST', '127.0.0.1'),
    dataDir,
    path: resolve(dataDir, 'threefold.db'),
    databaseUrl: readDatabaseUrl(text('DATABASE_URL', '')),
    publicUrl: readPublicUrl(text('PUBLIC_URL', `http://localhost:${port}`)),
    signUp: readSignUp(text('SIGN_UP', 'open')),
    hstsSubdomains: readSwitch('HSTS_SUBDOMAINS', text('HSTS_SUBDOMAINS', 'off')),
    appConfig: appConfig === '' ? null : resolve(appConfig),
    accessTokenSeconds: readSeconds('ACCESS_TOKEN_SECONDS', text('ACCESS_TOKEN_SECONDS', '')),
    binDays: readDays('BIN_DAYS', text('BIN_DAYS', String(defaultBinDays))),
    mailboxBytes: readBytes('MAILBOX_BYTES', text('MAILBOX_BYTES', String(defaultMailboxBytes))),
    mailboxItems: readCount('MAILBOX_ITEMS', text('MAILBOX_ITEMS', String(defaultMailboxItems))),
    rateLimit: readCount('RATE_LIMIT', text('RATE_LIMIT', String(defaultRate.limit))),
    rateWindowSeconds: readSeconds('RATE_WINDOW_SECONDS', text('RATE_WINDOW_SECONDS', '')) ?? defaultRate.windowSeconds,
    cpuSeconds: readCount('CPU_SECONDS', text('CPU_SECONDS', String(defaultCpuSeconds))),
    isDevelopment: text('DEV', '') === '1',
  };
}

/** Whether a host name always means the machine itself. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new ConfigError(`PORT must be a whole number from 1 to 65535, but it is "${value}".`);
  }
  return port;
}

function readSwitch(name: string, value: string): boolean {
  if (value !== 'on' && value !== 'off') throw new ConfigError(`${name} must be "on" or "off", but it is "${value}".`);
  return value === 'on';
}

function readSeconds(name: string, value: string): number | null {
  if (value === '') return null;
  const seconds = Number(value);
  if (!/^\d+$/.test(value) || seconds < 1 || seconds > 86_400) {
    throw new ConfigError(`${name} must be a whole number from 1 to 86400, but it is "${value}".`);
  }
  return seconds;
}

function readDays(name: string, value: string): number {
  const days = Number(value);
  if (!/^\d+$/.test(value) || days < 1 || days > 3_650) {
    throw new ConfigError(`${name} must be a whole number from 1 to 3650, but it is "${value}".`);
  }
  return days;
}

function readBytes(name: string, value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new ConfigError(`${name} must be a whole number of bytes, but it is "${value}".`);
}

function readCount(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new ConfigError(`${name} must be a whole number, 0 for no limit, but it is "${value}".`);
}

/** Error messages leave out the URL, because it may contain a password. */
function readDatabaseUrl(value: string): string | null {
  if (value === '') return null;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new ConfigError(
      'DATABASE_URL must be the address of a PostgreSQL database, postgres://user:password@host:5432/name.',
    );
  }
  if (url.pathname.length < 2) throw new ConfigError('DATABASE_URL does not say which database: /name at its end.');
  return value;
}

function readPublicUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(`PUBLIC_URL must be an http or https address, but it is "${value}".`);
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new ConfigError(`PUBLIC_URL must be scheme, host and port only, but it is "${value}".`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigError(`PUBLIC_URL must be https unless it is this machine itself, but it is "${value}".`);
  }
  return url.origin;
}

function readSignUp(value: string): 'open' | 'closed' {
  if (value === 'open' || value === 'closed') return value;
  throw new ConfigError(`SIGN_UP must be "open" or "closed", but it is "${value}".`);
}
