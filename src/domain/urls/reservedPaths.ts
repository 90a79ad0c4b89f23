/**
 * Paths that belong to the service: neither the service nor the service worker serves the app shell there
 * (docs/architecture.md#service-worker).
 */
const reserved = /^\/(oidc|api|beta|v1\.0|threefold|healthz|auth\.html|config\.json|assets|\.well-known)(\/|$)/i;

export const isReservedPath = (path: string): boolean => reserved.test(path);

/** Where the system posts shared content, and the path it opens files with (public/manifest.webmanifest). */
export const shareTargetPaths = { share: '/share', open: '/open' } as const;
