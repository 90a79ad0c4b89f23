import { shareTargetPaths } from '../../domain/urls/reservedPaths.ts';
import { shareStore } from '../../sync/storage/shareStore.ts';

type LaunchParams = { files?: readonly { getFile: () => Promise<File> }[] };
type LaunchQueue = { setConsumer: (consumer: (params: LaunchParams) => void) => void };

/**
 * Stores files opened with the app (manifest, file_handlers) as shared content. The system hands them over once, and
 * sign-in may come between.
 */
export function receiveLaunchedFiles(): void {
  const { launchQueue } = window as Window & { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void storeFiles(files).then((address) => location.replace(address));
  });
}

async function storeFiles(handles: NonNullable<LaunchParams['files']>): Promise<string> {
  try {
    const files = await Promise.all(handles.map((handle) => handle.getFile()));
    const id = crypto.randomUUID();
    await shareStore.put({ id, title: '', text: '', url: '', files });
    return `${shareTargetPaths.share}?id=${id}`;
  } catch {
    // The file is gone, or the device stores nothing: the page reports it.
    return shareTargetPaths.share;
  }
}
