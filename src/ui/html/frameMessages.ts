/* Messages from public/body-frame.html to the app, all of them untrusted. */

export type FrameMessage = { kind: 'ready' } | { kind: 'height'; height: number } | { kind: 'open'; href: string };

/** In CSS pixels; a longer body scrolls. */
const maxHeight = 50_000;

/** Undefined for any message that the frame's own script does not send. */
export function readFrameMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined;
  if (data.kind === 'ready') return { kind: 'ready' };
  if (data.kind === 'height' && 'height' in data && typeof data.height === 'number' && data.height >= 0) {
    return { kind: 'height', height: Math.min(data.height, maxHeight) };
  }
  if (data.kind === 'open' && 'href' in data && typeof data.href === 'string' && isSafeLinkUrl(data.href)) {
    return { kind: 'open', href: data.href };
  }
  return undefined;
}

/** The only links that are opened: web pages and mail. A relative link would open a page of the app. */
export function isSafeLinkUrl(href: string): boolean {
  return URL.canParse(href) && ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol);
}
