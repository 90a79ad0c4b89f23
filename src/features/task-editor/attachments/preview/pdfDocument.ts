import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';

/**
 * Opens a PDF to be drawn. Scripts in it are never run: the part of pdf.js that could is not in the build, and nothing asks
 * for it. WebAssembly would need `wasm-unsafe-eval` in the app's policy, so the few pictures that need it stay white.
 * @throws for what is no PDF, or is locked by a password.
 */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>): Promise<PDFDocumentProxy> {
  GlobalWorkerOptions.workerPort ??= new Worker(new URL('./pdfWorker.ts', import.meta.url), { type: 'module' });
  return getDocument({ data: bytes, useWasm: false, enableXfa: false, stopAtErrors: false, verbosity: 0 }).promise;
}
