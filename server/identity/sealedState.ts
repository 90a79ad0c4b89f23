import { AsyncLocalStorage } from 'node:async_hooks';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { errors, type AdapterPayload } from 'oidc-provider';
import { addMs, type Clock, type Instant } from '../../src/domain/time/time.ts';
import { isObject } from '../../src/wire/jsonReader.ts';

/** The state of sign-ins that nobody has signed in to yet, kept in the browser's own encrypted cookie. */
export type SealedState = {
  /** Runs what handles a request; the methods below use its cookies. */
  handle<T>(req: IncomingMessage, res: ServerResponse, work: () => T): T;
  /** @throws InvalidRequest when it does not fit a cookie. */
  save(model: SealedModel, id: string, payload: AdapterPayload, seconds: number): void;
  find(model: SealedModel, id: string): AdapterPayload | undefined;
  remove(model: SealedModel, id: string): void;
};

/** What a request without an account would otherwise write. */
const places = {
  Interaction: (id: string) => [
    { name: 'tf_state', path: `/oidc/interaction/${id}` },
    { name: 'tf_state_resume', path: `/oidc/auth/${id}` },
  ],
  Session: () => [{ name: 'tf_state_end', path: '/oidc/session' }],
} as const;
export type SealedModel = keyof typeof places;

export const isSealedModel = (model: string): model is SealedModel => Object.hasOwn(places, model);

/** Browsers keep no larger cookie; name and attributes take the rest. Bytes. */
const longestCookie = 3_800;
/** Of what is decompressed. Bytes. */
const longestState = 64 * 1024;

/** @param names of the cookies are completed by it, as those of the provider are. */
export function createSealedState(
  clock: Clock,
  secret: string,
  { prefix, suffix, isSecure }: { prefix: string; suffix: string; isSecure: boolean },
): SealedState {
  const requests = new AsyncLocalStorage<{ req: IncomingMessage; res: ServerResponse }>();
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'threefold sign-in state', 32));
  const nameOf = (name: string) => `${prefix}${name}${suffix}`;

  function setCookies(model: SealedModel, id: string, value: string, seconds: number): void {
    const res = requests.getStore()?.res;
    if (res === undefined || res.headersSent) return;
    const before = [res.getHeader('Set-Cookie') ?? []].flat().map(String);
    const ours = places[model](id).map(({ name, path }) => {
      const end = `path=${path}; max-age=${seconds}; samesite=lax${isSecure ? '; secure' : ''}; httponly`;
      return [nameOf(name), `${nameOf(name)}=${value}; ${end}`] as const;
    });
    const others = before.filter((line) => !ours.some(([name]) => line.startsWith(`${name}=`)));
    res.setHeader('Set-Cookie', [...others, ...ours.map(([, line]) => line)]);
  }

  return {
    handle: (req, res, work) => requests.run({ req, res }, work),
    save(model, id, payload, seconds) {
      const text = JSON.stringify({ model, id, payload, until: addMs(clock.now(), seconds * 1000) });
      const value = seal(key, text);
      if (value.length > longestCookie) throw new errors.InvalidRequest('the request is too long');
      setCookies(model, id, value, seconds);
    },
    find(model, id) {
      const cookies = requests.getStore()?.req.headers.cookie ?? '';
      for (const { name } of places[model](id)) {
        for (const cookie of cookies.split(/;\s*/)) {
          if (!cookie.startsWith(`${nameOf(name)}=`)) continue;
          const payload = payloadOf(open(key, cookie.slice(nameOf(name).length + 1)), { model, id, now: clock.now() });
          if (payload !== undefined) return payload;
        }
      }
      return undefined;
    },
    remove: (model, id) => setCookies(model, id, '', 0),
  };
}

function payloadOf(
  state: unknown,
  { model, id, now }: { model: SealedModel; id: string; now: Instant },
): AdapterPayload | undefined {
  if (!isObject(state) || state['model'] !== model || state['id'] !== id) return undefined;
  const { until, payload } = state;
  return typeof until === 'string' && until > now && isObject(payload) ? payload : undefined;
}

/** AES-256-GCM: the state holds the addresses of the request, and nobody but this service may change it. */
function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Undefined for what this service has not sealed. */
function open(key: Buffer, value: string): unknown {
  const bytes = Buffer.from(value, 'base64url');
  if (bytes.length < 29) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
    const packed = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    return JSON.parse(inflateRawSync(packed, { maxOutputLength: longestState }).toString('utf8'));
  } catch {
    // Another key, or a value that was changed: as if there was no cookie.
    return undefined;
  }
}
