/** As much is shown; more would hold up the page. In bytes. */
const most = 512 * 1024;

/** The words of a text file: in UTF-8 or as its first bytes say, else in the letters of Western Europe. */
export async function readTextFile(blob: Blob): Promise<{ text: string; isCut: boolean }> {
  const isCut = blob.size > most;
  const bytes = new Uint8Array(await blob.slice(0, most).arrayBuffer());
  const [first, second] = bytes;
  const marked = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  if (marked !== null) return { text: new TextDecoder(marked).decode(bytes), isCut };
  try {
    // A letter that the cut went through is no sign of another encoding.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut }), isCut };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), isCut };
  }
}
