import type { TaskFileResult, TaskFileOptions } from '../../api/files/taskFileReader.ts';

type Answer = { kind: 'read'; reading: TaskFileResult } | { kind: 'failed'; message: string };

/** Reads a file of tasks in a worker: the page answers meanwhile. Resolves with null when called off. */
export function readTaskFileInWorker(
  file: Blob,
  options: TaskFileOptions,
  signal: AbortSignal,
): Promise<TaskFileResult | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./taskFileWorker.ts', import.meta.url), { type: 'module' });
    const { port1, port2 } = new MessageChannel();
    const finish = () => {
      worker.terminate();
      port1.close();
      signal.removeEventListener('abort', stop);
    };
    const stop = () => {
      finish();
      resolve(null);
    };
    port1.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      finish();
      if (data.kind === 'read') resolve(data.reading);
      else reject(new Error(data.message));
    });
    worker.addEventListener('error', () => {
      finish();
      reject(new Error('The reader of files did not start'));
    });
    signal.addEventListener('abort', stop);
    port1.start();
    worker.postMessage({ file, options, port: port2 }, [port2]);
  });
}
