/** An address that may be opened: the web's, and nothing that runs (`javascript:`) or reaches into this device. */
export function parseWebUrl(text: string): URL | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '' ? url : null;
}
