/** Starts a download of a file. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(file);
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Much later than the browser needs to begin reading.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
