/** The chosen files. Resets the input, so that the same file can be chosen again. */
export function filesOf(input: HTMLInputElement): readonly File[] {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
}
