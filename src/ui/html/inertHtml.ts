const tag = /<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

/**
 * Parses untrusted HTML for reading; nothing in it runs or loads. Never insert it into the page. Style attributes are
 * renamed, because the browser reports each as a violation of the page's content policy.
 */
export function parseInertBody(html: string): HTMLElement {
  const plain = html.replaceAll(tag, (one) => one.replaceAll(/([\s"'/])style(\s*=)/gi, '$1data-style$2'));
  return new DOMParser().parseFromString(plain, 'text/html').body;
}
