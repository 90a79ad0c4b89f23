/**
 * The largest values that a request, a form or a file may bring (docs/protocol.md#limits). Texts are counted in UTF-16 units,
 * lists in entries. What is stored and longer stays readable. Files have `maxFileSize` (src/domain/task/attachment.ts).
 */
export const limits = {
  subject: 255,
  /** Three bytes a unit at most, so that a task with the longest body still fits a request of 4 MB. */
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
  /** So much of a line is looked through for dates, categories and rules; the rest is text. */
  parsedLine: 2_000,
  id: 512,
  /** The address of one request, its query included; as much as Node takes in a request line. */
  requestUrl: 16_384,
} as const;

/** A text cut to a limit, never inside a character of two units. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isInside = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1));
  return text.slice(0, isInside ? limit - 1 : limit);
}
