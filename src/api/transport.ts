import type { Clock, Instant } from '../domain/time.ts';

/** Identifies a POST, so that repeating it has the effect of sending it once (architecture.md §8, rule 4). */
export type Repeatability = { id: string; firstSent: Instant };

export type Request = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to the base, or an absolute link that the server gave. */
  path: string;
  body?: unknown;
  /** `Prefer: outlook.timezone`, an IANA or Windows name. */
  zone?: string;
  ifMatch?: string;
  repeatability?: Repeatability;
  signal?: AbortSignal;
};

/** One request, answered with its JSON (undefined when there is no body). Throws ApiError and nothing else. */
export type Send = (request: Request) => Promise<unknown>;

export type TransportOptions = {
  /** `''` for the app's own origin. */
  base: string;
  fetch: (input: string, init: RequestInit) => Response | Promise<Response>;
  /** Silent only. `refresh` asks for a new token because the server refused the last. Throws SignInRequired or ApiError('offline'). */
  getToken(options: { refresh: boolean }): Promise<string>;
  sleep(ms: number): Promise<void>;
  newId(): string;
  clock: Clock;
};
