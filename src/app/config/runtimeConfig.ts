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
  v.transform((text) => text.replace(/\/+$/, '')),
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
  /** The file was read and is not right: one sentence per mistake, in English, for whoever hosts the app. */
  | { ok: false; reason: 'wrong'; problems: readonly string[] }
  /** Nothing answered, and this device has never seen a good copy. */
  | { ok: false; reason: 'unreachable' };

/** Checks what `/config.json` says; the problems name the member and what it has to be. */
export function parseRuntimeConfig(content: unknown): Exclude<RuntimeConfigResult, { reason: 'unreachable' }> {
  const result = v.safeParse(schema, content);
  if (result.success) return { ok: true, settings: result.output };
  const problems = result.issues.map((issue) => {
    const member = v.getDotPath(issue);
    // A member that is not there is reported by the object around it, which then expects the member's name.
    const what = issue.expected?.startsWith('"') && issue.input === undefined ? 'is missing' : issue.message;
    return member === null ? `The file ${what}.` : `"${member}" ${what}.`;
  });
  return { ok: false, reason: 'wrong', problems };
}

/** Where the last good copy is kept between starts. */
export type RuntimeConfigCache = { read(): unknown; save(settings: RuntimeConfig): void };

/** A line that is there and carries nothing must not keep the tasks of this device from being drawn. Milliseconds. */
const patienceMs = 1_000;

/**
 * Reads `/config.json` once at start. With no network, a server that is down, or one that takes longer than `patience`, the
 * last good copy serves, and what comes later is kept for the next start; a file that is there and wrong is never papered
 * over with an older one.
 */
export async function loadRuntimeConfig(
  read: typeof fetch,
  copy: RuntimeConfigCache,
  patience: (ms: number) => Promise<unknown>,
): Promise<RuntimeConfigResult> {
  const asked = ask(read, copy);
  const kept = lastGood(copy);
  return kept.ok ? Promise.race([asked, patience(patienceMs).then(() => kept)]) : asked;
}

async function ask(read: typeof fetch, copy: RuntimeConfigCache): Promise<RuntimeConfigResult> {
  let text: string;
  try {
    const answer = await read('/config.json', { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) return lastGood(copy);
    text = await answer.text();
  } catch {
    return lastGood(copy);
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

function lastGood(copy: RuntimeConfigCache): RuntimeConfigResult {
  const outcome = parseRuntimeConfig(copy.read());
  return outcome.ok ? outcome : { ok: false, reason: 'unreachable' };
}
