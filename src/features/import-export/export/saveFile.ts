/** Hands a file to the browser to be kept where the person keeps downloads. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(file);
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken hold of it by the time it comes back to this.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
