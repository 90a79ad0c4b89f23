import { shareTargetPaths } from '../../domain/urls/reservedPaths.ts';
import { shareStore } from '../../sync/storage/shareStore.ts';

type LaunchParams = { files?: readonly { getFile: () => Promise<File> }[] };
type LaunchQueue = { setConsumer: (consumer: (params: LaunchParams) => void) => void };

/**
 * Files that the system was told to open with the app (manifest, file_handlers) are put where shared ones wait, before
 * anything else happens: signing in may come between, and the system hands them over once.
 */
export function receiveLaunchedFiles(): void {
  const { launchQueue } = window as Window & { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void keep(files).then((address) => location.replace(address));
  });
}

async function keep(handles: NonNullable<LaunchParams['files']>): Promise<string> {
  try {
    const files = await Promise.all(handles.map((handle) => handle.getFile()));
    const id = crypto.randomUUID();
    await shareStore.put({ id, title: '', text: '', url: '', files });
    return `${shareTargetPaths.share}?id=${id}`;
  } catch {
    // The file is gone, or the device keeps nothing: that page says so.
    return shareTargetPaths.share;
  }
}
