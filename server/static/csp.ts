import { createHash } from 'node:crypto';
import { permissionsPolicy } from '../http/securityHeaders.ts';

/** Other origins that the app uses in another configuration: its API and its identity provider. */
export type PageOrigins = { api: readonly string[]; signIn: readonly string[] };

/** The hash of the fixed style element that React Aria inserts. */
const reactAriaStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

/**
 * Security headers of one file of the app. Pages get a content security policy: the app's own allows no inline scripts,
 * and the frames for HTML bodies have separate policies (docs/architecture.md#content-security-policy).
 */
export function pageHeaders(path: string, content: Buffer, origins: PageOrigins): Record<string, string> {
  const common: Record<string, string> = { 'Referrer-Policy': 'no-referrer' };
  if (!path.endsWith('.html')) return common;
  const headers = { ...common, 'Permissions-Policy': permissionsPolicy };
  if (/^\/body-frame[\w-]*\.html$/.test(path)) {
    return { ...headers, 'Content-Security-Policy': framePolicy(path, content.toString('utf8')) };
  }
  // MSAL renews tokens in a hidden frame that ends on auth.html; no other page is ever framed.
  const ancestors = path === '/auth.html' ? "'self'" : "'none'";
  return {
    ...headers,
    'Content-Security-Policy': appPolicy(ancestors, origins),
    ...(path !== '/auth.html' && { 'Cross-Origin-Opener-Policy': 'same-origin' }),
  };
}

function selfAnd(sources: readonly string[]): string {
  return [...new Set(["'self'", ...sources])].join(' ');
}

function appPolicy(ancestors: string, { api, signIn }: PageOrigins): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${reactAriaStyle}`,
    "font-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    `connect-src ${selfAnd([...api, ...signIn])}`,
    `frame-src ${selfAnd(signIn)}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    `form-action ${selfAnd(signIn)}`,
    "base-uri 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');
}

/**
 * HTML bodies are untrusted: the page that shows them is sandboxed even when opened directly, runs only its own inline
 * script, and loads nothing. `body-frame-images.html` may load external images, after the reader asked for them.
 */
function framePolicy(path: string, html: string): string {
  const hashes = html
    .split(/<script(?:\s[^<>]*)?>/)
    .slice(1)
    .map((rest) => rest.split('</script>', 1)[0] ?? '')
    .filter((script) => script !== '')
    .map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const images = path.includes('image') ? 'img-src data: blob: https:' : 'img-src data: blob:';
  return [
    "default-src 'none'",
    `script-src ${hashes.length === 0 ? "'none'" : hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    images,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
  ].join('; ');
}
