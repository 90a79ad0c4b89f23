import { readTaskFile } from '../../api/files/taskFileReader.ts';
import type { TaskFileOptions } from '../../api/files/taskFileReader.ts';

/** Reads one file, away from the page: `{ file, options, port }` comes, the reading goes back through the port. */
addEventListener('message', ({ data }: MessageEvent<{ file: Blob; options: TaskFileOptions; port: MessagePort }>) => {
  const { file, options, port } = data;
  readTaskFile(file, options).then(
    (reading) => port.postMessage({ kind: 'read', reading }),
    (error: unknown) => port.postMessage({ kind: 'failed', message: String(error) }),
  );
});
