/**
 * Follows the links of a paged list from `first` to its end. `readPage` returns the next link, if there is one; a link that was
 * followed before ends the list, so that a server cannot keep the app reading.
 */
export async function followPages(
  first: string,
  readPage: (path: string) => Promise<string | undefined>,
): Promise<void> {
  const followed = new Set<string>();
  let next: string | undefined = first;
  while (next !== undefined && !followed.has(next)) {
    followed.add(next);
    next = await readPage(next);
  }
}
