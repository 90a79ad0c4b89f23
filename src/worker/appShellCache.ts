import { isReservedPath } from '../domain/urls/reservedPaths.ts';

/** What one build consists of: the SHA-256 (hex) of each file by its path; `/` is the page itself. */
export type ShellBuild = { version: string; files: Readonly<Record<string, string>> };

type Input = {
  build: ShellBuild;
  origin: string;
  caches: Pick<CacheStorage, 'keys' | 'open' | 'delete'>;
  fetch: (request: Request) => Promise<Response>;
};

export type AppShellCache = {
  /** Puts the whole build on this device. Rejects unless every file is there and is this build's. */
  install: () => Promise<void>;
  /** Lets go of older builds, except the one before: its open tabs may still ask for their chunks. */
  activate: () => Promise<void>;
  /** Undefined: not the app's business. */
  answer: (request: Request) => Promise<Response> | undefined;
  /** Renews the kept page's headers: its security policy depends on the service's settings, not on the build. */
  refresh: () => Promise<void>;
};

const prefix = 'threefold-shell-';
/** In a cache whose build was in use. */
const usedMark = '/.used';
const isHashed = (path: string) => path.startsWith('/assets/');
/** The service says what answers vary with; on this device there is one of each. */
const anyway = { ignoreVary: true, ignoreSearch: true } as const;

/** The built app on this device, one cache per build (docs/decisions/0029-service-worker.md). */
export function createAppShellCache({ build, origin, caches, fetch }: Input): AppShellCache {
  const ownName = prefix + build.version;
  const own = () => caches.open(ownName);

  /** Other builds, the newest first. */
  async function others(): Promise<readonly { name: string; cache: Cache }[]> {
    const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== ownName);
    return Promise.all(names.toReversed().map(async (name) => ({ name, cache: await caches.open(name) })));
  }

  async function keptElsewhere(path: string): Promise<Response | undefined> {
    for (const { cache } of await others()) {
      const kept = await cache.match(path, anyway);
      if (kept !== undefined) return kept;
    }
    return undefined;
  }

  async function fetched(path: string): Promise<Response> {
    const response = await fetch(new Request(new URL(path, origin), { cache: 'no-cache' }));
    if (!response.ok || response.redirected) throw new Error(`${path} was not given: ${response.status}.`);
    // A page of another build would ask for files that are not in this one.
    const hash = await sha256(await response.clone().arrayBuffer());
    if (hash !== build.files[path]) throw new Error(`${path} is not this build's.`);
    return response;
  }

  async function answerFile(path: string, request: Request): Promise<Response> {
    const kept = await (await own()).match(path, anyway);
    return kept ?? (isHashed(path) ? await keptElsewhere(path) : undefined) ?? fetch(request);
  }

  return {
    async install() {
      const cache = await own();
      await Promise.all(
        Object.keys(build.files).map(async (path) => {
          // An installation that was broken off goes on where it stood; a name with a hash never changes its content.
          if ((await cache.match(path, anyway)) !== undefined) return;
          const kept = isHashed(path) ? await keptElsewhere(path) : undefined;
          await cache.put(path, kept ?? (await fetched(path)));
        }),
      );
    },
    async activate() {
      let isBeforeFound = false;
      for (const { name, cache } of await others()) {
        const wasUsed = (await cache.match(usedMark)) !== undefined;
        if (wasUsed && !isBeforeFound) isBeforeFound = true;
        else await caches.delete(name);
      }
      await (await own()).put(usedMark, new Response());
    },
    answer(request) {
      const url = new URL(request.url);
      const path = url.pathname;
      if (request.method !== 'GET' || url.origin !== origin) return undefined;
      if (isHashed(path) && !path.endsWith('.map')) return answerFile(path, request);
      if (isReservedPath(path) || path.startsWith('/screenshots/')) return undefined;
      if (build.files[path] !== undefined) return answerFile(path, request);
      return request.mode === 'navigate' ? answerFile('/', request) : undefined;
    },
    async refresh() {
      const cache = await own();
      const [kept, given] = await Promise.all([
        cache.match('/', anyway),
        fetch(new Request(new URL('/', origin), { cache: 'no-cache' })),
      ]);
      if (kept === undefined || !given.ok || given.redirected) return;
      if ((await kept.text()) === (await given.clone().text())) await cache.put('/', given);
    },
  };
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
