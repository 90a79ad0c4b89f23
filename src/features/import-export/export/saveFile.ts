/** Starts a download of a file. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(file);
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the URL before the next task runs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
