import { trimEndOf } from '../../domain/text/trimText.ts';
import * as v from 'valibot';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function isSecureAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}

const filled = v.pipe(v.string('must be text'), v.trim(), v.nonEmpty('must not be empty'));
const address = v.pipe(
  filled,
  v.check(isSecureAddress, 'must be an https address (http only on this machine)'),
  v.transform((text) => trimEndOf(text, '/')),
);

const schema = v.object(
  {
    dialect: v.picklist(['outlookRest', 'graphBeta'], 'must be "outlookRest" or "graphBeta"'),
    /** Empty means the origin that serves the app. */
    apiBase: v.union([v.literal(''), address], 'must be empty or an https address (http only on this machine)'),
    /** Whether the server offers `/threefold/v1`. */
    extras: v.boolean('must be true or false'),
    auth: v.object(
      {
        kind: v.picklist(['embedded', 'entra'], 'must be "embedded" or "entra"'),
        clientId: filled,
        authority: address,
        scopes: v.pipe(v.array(filled, 'must be a list of names'), v.nonEmpty('must name at least one scope')),
      },
      'must be an object with kind, clientId, authority and scopes',
    ),
  },
  'must be one JSON object',
);

/** `/config.json`: the server of this app and who signs people in (docs/architecture.md#origins-and-configuration). */
export type RuntimeConfig = v.InferOutput<typeof schema>;
export type AuthConfig = RuntimeConfig['auth'];

export type RuntimeConfigResult =
  | { ok: true; settings: RuntimeConfig }
  /** The file is invalid: one English sentence per mistake, for the administrator. */
  | { ok: false; reason: 'wrong'; problems: readonly string[] }
  /** No response, and no cached copy on this device. */
  | { ok: false; reason: 'unreachable' };

/** Validates `/config.json`; each problem names the member and what it must be. */
export function parseRuntimeConfig(content: unknown): Exclude<RuntimeConfigResult, { reason: 'unreachable' }> {
  const result = v.safeParse(schema, content);
  if (result.success) return { ok: true, settings: result.output };
  const problems = result.issues.map((issue) => {
    const member = v.getDotPath(issue);
    // valibot reports a missing member on its object, whose `expected` is then the member's name.
    const what = issue.expected?.startsWith('"') && issue.input === undefined ? 'is missing' : issue.message;
    return member === null ? `The file ${what}.` : `"${member}" ${what}.`;
  });
  return { ok: false, reason: 'wrong', problems };
}

/** Stores the last valid configuration between starts. */
export type RuntimeConfigCache = { read(): unknown; save(settings: RuntimeConfig): void };

/** How long a slow network may delay the first paint when there is a cached copy. In milliseconds. */
const timeoutMs = 1_000;

/**
 * Reads `/config.json` at start. Without a response in time the cached copy is used, and a late response is cached for the
 * next start; an invalid file is an error even if an older valid one is cached.
 */
export async function loadRuntimeConfig(
  read: typeof fetch,
  copy: RuntimeConfigCache,
  sleep: (ms: number) => Promise<unknown>,
): Promise<RuntimeConfigResult> {
  const fetched = fetchConfig(read, copy);
  const cached = cachedConfig(copy);
  return cached.ok ? Promise.race([fetched, sleep(timeoutMs).then(() => cached)]) : fetched;
}

async function fetchConfig(read: typeof fetch, copy: RuntimeConfigCache): Promise<RuntimeConfigResult> {
  let text: string;
  try {
    const response = await read('/config.json', { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) return cachedConfig(copy);
    text = await response.text();
  } catch {
    return cachedConfig(copy);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'wrong', problems: ['The file is not JSON.'] };
  }
  const outcome = parseRuntimeConfig(content);
  if (outcome.ok) copy.save(outcome.settings);
  return outcome;
}

function cachedConfig(copy: RuntimeConfigCache): RuntimeConfigResult {
  const outcome = parseRuntimeConfig(copy.read());
  return outcome.ok ? outcome : { ok: false, reason: 'unreachable' };
}
