/** What was chosen. The same file can then be chosen once more. */
export function filesOf(input: HTMLInputElement): readonly File[] {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
}
