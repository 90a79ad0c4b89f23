/** Parses an address that is safe to open: http or https only, so no `javascript:` and no local files. */
export function parseWebUrl(text: string): URL | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '' ? url : null;
}
