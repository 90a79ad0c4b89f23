/** The content of a drop. */
export type DroppedItems = {
  files: readonly File[];
  /** Names of folders, which cannot be attached. */
  folders: readonly string[];
  /** A link dragged from a page. */
  link: string | null;
};

export const isFileDrag = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** Reads a drop; the browser allows this only during the event. */
export function readDroppedItems(data: DataTransfer): DroppedItems {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory === true) {
      folders.push(entry.name);
      continue;
    }
    const file = item.getAsFile();
    if (file !== null) files.push(file);
  }
  const [link = ''] = data
    .getData('text/uri-list')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { files, folders, link: files.length === 0 && folders.length === 0 && link !== '' ? link : null };
}
