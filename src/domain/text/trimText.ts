/**
 * Removes the characters of a set from the end. A regular expression with `$` would scan every such run of the text.
 */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Joins several lines by one space, without the blanks around the breaks. A single line stays as it is. */
export function joinLines(text: string): string {
  const lines = text.split(/[\r\n]+/);
  const last = lines.length - 1;
  const trimmed = lines.map((line, at) => {
    const from = at === 0 ? line : line.trimStart();
    return at === last ? from : from.trimEnd();
  });
  return trimmed.filter((line, at) => line !== '' || at === 0 || at === last).join(' ');
}

/** Removes the characters of a set from both ends. */
export function trimOf(text: string, characters: string): string {
  let from = 0;
  while (from < text.length && characters.includes(text.charAt(from))) from += 1;
  return trimEndOf(text.slice(from), characters);
}
