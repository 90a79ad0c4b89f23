/* Reads PDFs beside the page: a stranger's large file does not stop what a person types. */
import 'pdfjs-dist/build/pdf.worker.mjs';
