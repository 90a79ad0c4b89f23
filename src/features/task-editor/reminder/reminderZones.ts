/** The zones to choose from: the mailbox's first, then the browser's and the series', each once. */
export function reminderZones(mailbox: string, browser: string, series: string | undefined): readonly string[] {
  return [...new Set([mailbox, browser, ...(series === undefined ? [] : [series])])];
}
