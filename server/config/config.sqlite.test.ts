import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('has defaults, and treats empty values as not set', () => {
  const expected = {
    port: 4100,
    host: '127.0.0.1',
    dataDir: resolve('data'),
    path: resolve('data/threefold.db'),
    databaseUrl: null,
    publicUrl: 'http://localhost:4100',
    signUp: 'open',
    hstsSubdomains: false,
    binDays: 30,
    appConfig: null,
    isDevelopment: false,
    accessTokenSeconds: null,
    mailboxBytes: 2 * 1024 * 1024 * 1024,
    mailboxItems: 500_000,
    rateLimit: 10_000,
    rateWindowSeconds: 600,
    cpuSeconds: 120,
  };
  expect(readConfig({})).toEqual(expected);
  expect(readConfig({ PORT: '', HOST: ' ', PUBLIC_URL: '', SIGN_UP: '' })).toEqual(expected);
});

test('PUBLIC_URL follows PORT, loses its trailing slash, and must be https except on this machine', () => {
  expect(readConfig({ PORT: '5000' }).publicUrl).toBe('http://localhost:5000');
  expect(readConfig({ PUBLIC_URL: 'https://tasks.example.com/' }).publicUrl).toBe('https://tasks.example.com');
  expect(readConfig({ PUBLIC_URL: 'http://127.0.0.1:8080' }).publicUrl).toBe('http://127.0.0.1:8080');
  expect(readConfig({ PUBLIC_URL: 'http://[::1]:8080' }).publicUrl).toBe('http://[::1]:8080');
});

test('DATABASE_URL is used as it is', () => {
  const databaseUrl = 'postgres://u:p%40w@db.example.com:5433/threefold?sslmode=require';
  expect(readConfig({ DATABASE_URL: databaseUrl }).databaseUrl).toBe(databaseUrl);
});

test.each([
  [{ PORT: 'abc' }, /^PORT must be a whole number/],
  [{ PORT: '0' }, /^PORT must/],
  [{ PORT: '65536' }, /^PORT must/],
  [{ PORT: '1e3' }, /^PORT must/],
  [{ MAILBOX_BYTES: '1 GB' }, /^MAILBOX_BYTES must be a whole number of bytes/],
  [{ CPU_SECONDS: 'many' }, /^CPU_SECONDS must be a whole number, 0 for no limit/],
  [{ BIN_DAYS: '0' }, /^BIN_DAYS must be a whole number/],
  [{ BIN_DAYS: 'a week' }, /^BIN_DAYS must/],
  [{ PUBLIC_URL: 'tasks.example.com' }, /^PUBLIC_URL must be an http or https address/],
  [{ PUBLIC_URL: 'ftp://localhost' }, /^PUBLIC_URL must/],
  [{ PUBLIC_URL: 'http://tasks.example.com' }, /^PUBLIC_URL must be https/],
  [{ PUBLIC_URL: 'https://tasks.example.com/app' }, /^PUBLIC_URL must be scheme, host and port only/],
  [
    { DATABASE_URL: 'mysql://u:secret@h/n' },
    /^DATABASE_URL must be the address of a PostgreSQL database, (?!.*secret)/,
  ],
  [{ DATABASE_URL: 'threefold' }, /^DATABASE_URL must be/],
  [{ DATABASE_URL: 'postgres://u:secret@h' }, /^DATABASE_URL does not say which database/],
  [{ SIGN_UP: 'yes' }, /^SIGN_UP must be "open" or "closed"/],
  [{ HSTS_SUBDOMAINS: 'true' }, /^HSTS_SUBDOMAINS must be "on" or "off"/],
])('%j is rejected with a message', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(sentence);
});
