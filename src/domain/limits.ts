/**
 * The largest values that a request, a form or a file may contain (docs/protocol.md#limits). Texts are counted in
 * UTF-16 units, lists in entries. Longer stored values stay readable. Files have `maxFileSize`
 * (src/domain/task/attachment.ts).
 */
export const limits = {
  subject: 255,
  /** At most three bytes a unit, so that a task with the longest body still fits a request of 4 MB. */
  body: 1_000_000,
  categoryName: 255,
  /** Categories of one task. */
  categories: 100,
  /** Names of folders and groups. */
  placeName: 255,
  attachmentName: 255,
  contentType: 255,
  contentId: 998,
  url: 4_096,
  /** Any other text: a name, an address, a phone number of an attached item. */
  text: 1_024,
  /** Any other list: recipients, attendees, phone numbers. */
  list: 500,
  daysOfWeek: 7,
  zoneName: 128,
  dateTime: 64,
  /** Only this much of an entered line is searched for dates, categories and rules; the rest is plain text. */
  parsedLine: 2_000,
  /** A pasted list of more lines is added as plain text. */
  parsedLines: 2_000,
  id: 512,
  /** The URL of one request including its query; as long as Node accepts in a request line. */
  requestUrl: 16_384,
} as const;

/** Cuts a text to a limit, never inside a surrogate pair. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isInside = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1));
  return text.slice(0, isInside ? limit - 1 : limit);
}
