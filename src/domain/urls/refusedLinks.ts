/** Schemes of links that run code, or read files or settings of the device, when opened. */
const refusedSchemes = new Set(
  (
    'javascript: x-javascript: vbscript: jscript: livescript: wscript: data: blob: about: view-source: file: filesystem: ' +
    'jar: mhtml: mk: res: its: ms-its: ms-help: shell: search-ms: ms-msdt: ms-appinstaller: chrome: edge: resource:'
  ).split(' '),
);

/** Whether a link must not be stored, because opening it would run code or access the device. */
export function isRefusedLink(link: string): boolean {
  // A Windows path to another machine, to which Windows would send a password hash.
  if (/^\s*[\\/]{2}/.test(link)) return true;
  // As browsers parse it: without characters before the scheme, and without line breaks and tabs in it.
  const [, scheme] = /^[\0-\x20]*([a-z][a-z\d+.\-\t\n\r]*:)/i.exec(link) ?? [];
  return scheme !== undefined && refusedSchemes.has(scheme.replaceAll(/[\t\n\r]/g, '').toLowerCase());
}
