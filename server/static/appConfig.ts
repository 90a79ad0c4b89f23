import { readFileSync } from 'node:fs';
import { ConfigError, type Config } from '../config/config.ts';
import type { PageOrigins } from './csp.ts';

/** The content of /config.json, and the origins that the app's pages must be allowed to reach. */
export type AppConfig = { json: string; origins: PageOrigins };

/**
 * The service's own /config.json, or the file named by APP_CONFIG, which alone points the same build elsewhere.
 * @throws ConfigError when the file cannot be used.
 */
export function readAppConfig({ publicUrl, appConfig }: Pick<Config, 'publicUrl' | 'appConfig'>): AppConfig {
  if (appConfig !== null) return readFile(appConfig);
  const own = {
    dialect: 'outlookRest',
    apiBase: '',
    extras: true,
    auth: {
      kind: 'embedded',
      clientId: 'threefold-app',
      authority: `${publicUrl}/oidc`,
      scopes: ['tasks.readwrite', 'tasks.readwrite.shared'],
    },
  };
  return { json: JSON.stringify(own), origins: { api: [], signIn: [] } };
}

function readFile(path: string): AppConfig {
  const json = readText(path);
  const { apiBase, auth } = readObject(json, path);
  const authority = typeof auth === 'object' && auth !== null && 'authority' in auth ? auth.authority : undefined;
  if (typeof authority !== 'string' || !URL.canParse(authority)) {
    throw new ConfigError(`APP_CONFIG (${path}) must name an auth.authority that is an address.`);
  }
  if (typeof apiBase !== 'string' || (apiBase !== '' && !URL.canParse(apiBase))) {
    throw new ConfigError(`APP_CONFIG (${path}) must name an apiBase that is an address, or "" for this service.`);
  }
  const api = apiBase === '' ? [] : [new URL(apiBase).origin];
  return { json, origins: { api, signIn: [new URL(authority).origin] } };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`APP_CONFIG names a file that cannot be read: ${path}.`);
  }
}

function readObject(json: string, path: string): { apiBase?: unknown; auth?: unknown } {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    throw new ConfigError(`APP_CONFIG (${path}) is not valid JSON.`);
  }
  throw new ConfigError(`APP_CONFIG (${path}) must hold one JSON object.`);
}
