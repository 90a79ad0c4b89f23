/** Pictures that a frame may be given as part of the text; nothing else of a stranger's is put there. */
const types: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

const mention = /\bcid:([^"'\s<>)]+)/gi;

/** How HTML names the pictures that came along with it (RFC 2392), each once. */
export function findInlineImageIds(html: string): readonly string[] {
  return [...new Set([...html.matchAll(mention)].map(([, id = '']) => normalizeContentId(id)))];
}

/** The same id however it is written: `<a@b>`, `a%40b`, `a@b`. */
export function normalizeContentId(text: string): string {
  const bare = text.trim().replace(/^<(.*)>$/, '$1');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

/** The HTML with pictures in place of their names; for showing only, for it is not what is kept. */
export function embedInlineImages(html: string, pictures: ReadonlyMap<string, string>): string {
  return html.replace(mention, (whole, id: string) => pictures.get(normalizeContentId(id)) ?? whole);
}

/** The bytes as an address that needs no network; null for what is no picture that may be shown. */
export async function imageDataUrl(content: Blob, contentType: string | null): Promise<string | null> {
  const normalizedType = contentType?.toLowerCase() === 'image/jpg' ? 'image/jpeg' : (contentType?.toLowerCase() ?? '');
  if (!types.includes(normalizedType)) return null;
  const bytes = new Uint8Array(await content.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:${normalizedType};base64,${btoa(text)}`;
}
