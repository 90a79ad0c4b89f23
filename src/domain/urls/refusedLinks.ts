/** Schemes of links that run code, or that read files or settings of the device, where a client opens them. */
const refusedSchemes = new Set(
  (
    'javascript: x-javascript: vbscript: jscript: livescript: wscript: data: blob: about: view-source: file: filesystem: ' +
    'jar: mhtml: mk: res: its: ms-its: ms-help: shell: search-ms: ms-msdt: ms-appinstaller: chrome: edge: resource:'
  ).split(' '),
);

/** Whether a link must not be stored: opened, it would run code or reach into the device instead of the web. */
export function isRefusedLink(link: string): boolean {
  // A path of Windows to another machine, which sends a password hash there.
  if (/^\s*[\\/]{2}/.test(link)) return true;
  // As a browser reads it: without what precedes the scheme, and without line breaks and tabs in it.
  const [, scheme] = /^[\0-\x20]*([a-z][a-z\d+.\-\t\n\r]*:)/i.exec(link) ?? [];
  return scheme !== undefined && refusedSchemes.has(scheme.replaceAll(/[\t\n\r]/g, '').toLowerCase());
}
