/** A picture of more is not drawn here: a few bytes can unfold to more memory than the device has. In pixels. */
export const maxPixels = 100_000_000;

/** Where a file says how large its picture is; in bytes. */
const headLength = 256 * 1024;

/**
 * Whether a picture may be drawn. One that does not say how large it is in a way known here is left to the browser's own
 * limits; one whose bytes the device has lost cannot be.
 */
export async function isDrawable(picture: Blob): Promise<boolean> {
  const bytes = await picture
    .slice(0, headLength)
    .arrayBuffer()
    .catch(() => null);
  if (bytes === null) return false;
  const head = new DataView(bytes);
  const pixels = readPixelCount(head);
  return pixels === null || pixels <= maxPixels;
}

/** Width times height, as the head of a PNG, GIF, BMP, WebP, AVIF or JPEG says; null for what does not say. */
export function readPixelCount(head: DataView): number | null {
  try {
    if (textAt(head, 1, 3) === 'PNG') return head.getUint32(16) * head.getUint32(20);
    if (textAt(head, 0, 3) === 'GIF') return head.getUint16(6, true) * head.getUint16(8, true);
    if (textAt(head, 0, 2) === 'BM') return Math.abs(head.getInt32(18, true) * head.getInt32(22, true));
    if (textAt(head, 8, 4) === 'WEBP') return inWebp(head);
    if (textAt(head, 4, 4) === 'ftyp') return inAvif(head);
    if (head.getUint16(0) === 0xffd8) return inJpeg(head);
    return null;
  } catch (error) {
    // It ends before it has said so.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function inWebp(head: DataView): number | null {
  switch (textAt(head, 12, 4)) {
    case 'VP8X':
      return (1 + uint24(head, 24)) * (1 + uint24(head, 27));
    case 'VP8L': {
      const bits = head.getUint32(21, true);
      return (1 + (bits & 0x3fff)) * (1 + ((bits >> 14) & 0x3fff));
    }
    case 'VP8 ':
      return (head.getUint16(26, true) & 0x3fff) * (head.getUint16(28, true) & 0x3fff);
    default:
      return null;
  }
}

/** The largest of its pictures: the box `ispe` stands once for each. */
function inAvif(head: DataView): number | null {
  let most: number | null = null;
  for (let at = 0; at + 16 <= head.byteLength; at += 1) {
    if (textAt(head, at, 4) !== 'ispe') continue;
    most = Math.max(most ?? 0, head.getUint32(at + 8) * head.getUint32(at + 12));
  }
  return most;
}

/** The frame's head comes after pieces that say how long they are. */
function inJpeg(head: DataView): number | null {
  for (let at = 2; head.getUint8(at) === 0xff; at += 2 + head.getUint16(at + 2)) {
    const marker = head.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return head.getUint16(at + 5) * head.getUint16(at + 7);
  }
  return null;
}

function textAt(head: DataView, from: number, length: number): string {
  let text = '';
  for (let at = from; at < from + length; at += 1) text += String.fromCharCode(head.getUint8(at));
  return text;
}

const uint24 = (head: DataView, at: number) => head.getUint16(at, true) + head.getUint8(at + 2) * 0x1_0000;
