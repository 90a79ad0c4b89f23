const tag = /<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

/**
 * Untrusted HTML as a document that nothing shows: nothing in it runs or loads. To be read, never to be put on the page. Its
 * styles are taken for other attributes, because the browser would report each as a breach of the page's policy.
 */
export function parseInertBody(html: string): HTMLElement {
  const plain = html.replaceAll(tag, (one) => one.replaceAll(/([\s"'/])style(\s*=)/gi, '$1data-style$2'));
  return new DOMParser().parseFromString(plain, 'text/html').body;
}
