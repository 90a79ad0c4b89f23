import { useLingui } from '@lingui/react/macro';
import ChevronLeftIcon from 'lucide-react/icons/chevron-left';
import ChevronRightIcon from 'lucide-react/icons/chevron-right';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../../../ui/controls/button.tsx';
import { openPdf } from './pdfDocument.ts';
import styles from './pdfView.module.css';

type Document = Awaited<ReturnType<typeof openPdf>>;
type Opened = { state: 'waiting' | 'broken' | 'locked' } | { state: 'here'; document: Document };

/**
 * A PDF on canvases, one per page (docs/architecture.md#html-bodies-and-pdf-files), with its text for screen readers.
 */
export function PdfView({ blob, name }: { blob: Blob; name: string }) {
  const { t } = useLingui();
  const [opened, setOpened] = useState<Opened>({ state: 'waiting' });
  useEffect(() => {
    let isGone = false;
    let document: Document | null = null;
    async function open() {
      try {
        document = await openPdf(new Uint8Array(await blob.arrayBuffer()));
        if (isGone) void document.loadingTask.destroy();
        else setOpened({ state: 'here', document });
      } catch (error) {
        const isLocked = error instanceof Error && error.name === 'PasswordException';
        if (!isGone) setOpened({ state: isLocked ? 'locked' : 'broken' });
      }
    }
    void open();
    return () => {
      isGone = true;
      void document?.loadingTask.destroy();
    };
  }, [blob]);

  if (opened.state === 'here') return <Pages document={opened.document} name={name} />;
  const words = {
    waiting: t`Opening…`,
    broken: t`This PDF cannot be shown here. Download it to open it elsewhere.`,
    locked: t`This PDF asks for a password. Download it to open it elsewhere.`,
  };
  return (
    <p className={styles.note} role={opened.state === 'waiting' ? 'status' : 'alert'}>
      {words[opened.state]}
    </p>
  );
}

function Pages({ document, name }: { document: Document; name: string }) {
  const { t } = useLingui();
  const { numPages } = document;
  const [at, setAt] = useState(1);
  return (
    <div className={styles.pdf}>
      <Page key={at} document={document} at={at} label={t`Page ${at} of ${name}`} />
      {numPages > 1 && (
        <div className={styles.pager}>
          <IconButton
            label={t`Previous page`}
            icon={<ChevronLeftIcon className="mirrored" aria-hidden />}
            isDisabled={at === 1}
            onPress={() => setAt(at - 1)}
          />
          <span role="status">{t`Page ${at} of ${numPages}`}</span>
          <IconButton
            label={t`Next page`}
            icon={<ChevronRightIcon className="mirrored" aria-hidden />}
            isDisabled={at === numPages}
            onPress={() => setAt(at + 1)}
          />
        </div>
      )}
    </div>
  );
}

/** No canvas is larger on either side: some browsers would draw nothing then. In pixels. */
const largestSide = 4096;

function Page({ document, at, label }: { document: Document; at: number; label: string }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [isBroken, setIsBroken] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    let isGone = false;
    let stop: (() => void) | null = null;
    async function draw() {
      try {
        const page = await document.getPage(at);
        const element = canvas.current;
        if (isGone || element === null) return;
        const natural = page.getViewport({ scale: 1 });
        const room = element.parentElement?.clientWidth ?? natural.width;
        // Sharp on dense screens too.
        const wanted = (room / natural.width) * window.devicePixelRatio;
        const scale = Math.min(wanted, largestSide / Math.max(natural.width, natural.height));
        const viewport = page.getViewport({ scale });
        element.width = Math.floor(viewport.width);
        element.height = Math.floor(viewport.height);
        const task = page.render({ canvas: element, viewport });
        stop = () => task.cancel();
        await task.promise;
        const { items } = await page.getTextContent();
        if (!isGone) setText(items.map((item) => ('str' in item ? item.str : '')).join(' '));
      } catch {
        // Also when it was called off; then nobody looks.
        if (!isGone) setIsBroken(true);
      }
    }
    void draw();
    return () => {
      isGone = true;
      stop?.();
    };
  }, [document, at]);

  return (
    <div className={styles.paper} role="group" aria-label={label}>
      <canvas ref={canvas} className={styles.page} aria-hidden />
      <p className="hidden-visually">{text}</p>
      {isBroken && <p className={styles.note} role="alert">{t`This page cannot be shown here.`}</p>}
    </div>
  );
}
