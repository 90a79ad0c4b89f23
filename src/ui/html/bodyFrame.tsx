import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { readFrameMessage } from './frameMessages.ts';
import { Button } from '../controls/button.tsx';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../loading/useLazyChunk.ts';
import { parseInertBody } from './inertHtml.ts';
import { showableHtml } from './showableHtml.ts';
import { useMedia } from '../browser/mediaQueries.ts';
import { useTheme } from '../browser/theme.ts';
import styles from './bodyFrame.module.css';

const cleaner = createLazyChunk(() => import('./sanitizeHtml.ts'));

export type BodyFrameProps = {
  /** Untrusted, as received. */
  html: string;
  /** Accessible name of the frame: 'Notes of “Renew passport”'. */
  label: string;
};

/**
 * Untrusted HTML, read-only (docs/architecture.md#html-bodies-and-pdf-files): sanitized, then shown in a sandboxed page
 * with its own origin and policy. It cannot run scripts, load, restyle or navigate; links arrive as messages and open
 * without an opener.
 */
export function BodyFrame({ html, label }: BodyFrameProps) {
  const chunk = useLazyChunk(cleaner, true);
  // Other HTML needs consent again.
  const [htmlWithImages, setHtmlWithImages] = useState<string | null>(null);
  const showsImages = htmlWithImages === html;
  const clean = useMemo(() => {
    if (chunk.state !== 'here') return null;
    const sanitized = chunk.part.sanitizeHtml(html, showsImages);
    return { ...sanitized, html: showableHtml(sanitized.html) };
  }, [chunk, html, showsImages]);
  if (clean) {
    return (
      <>
        {clean.isTextOnly && (
          <p className={styles['note']}>
            <Trans>This is too much formatting to be shown quickly: these are its words.</Trans>
          </p>
        )}
        {clean.hasBlocked && <Blocked onShow={() => setHtmlWithImages(html)} />}
        {/* Another content policy needs another page, which then takes the focus from the button. */}
        <Frame key={showsImages ? 'images' : 'none'} {...clean} showsImages={showsImages} label={label} />
      </>
    );
  }
  // The sanitizer did not load: show the text alone, read from an inert document.
  return chunk.state === 'failed' ? <p className={styles['plain']}>{parseInertBody(html).textContent.trim()}</p> : null;
}

function Blocked({ onShow }: { onShow: () => void }) {
  const { t } = useLingui();
  return (
    <div className={styles['note']}>
      <p>
        <Trans>Pictures from the web are not shown: the sender would see that you opened them.</Trans>
      </p>
      <Button onPress={onShow}>{t`Show pictures from the web`}</Button>
    </div>
  );
}

/** The background colour behind the element; the frame draws it itself, so that colour schemes cannot differ. */
function surfaceUnder(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
  }
  return 'Canvas';
}

type FrameProps = { html: string; hasOwnColours: boolean; showsImages: boolean; label: string };

function Frame({ html, hasOwnColours, showsImages, label }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(0);
  const around = useRef<HTMLDivElement>(null);
  const takeFocus = useEffectEvent(() => {
    // Not inside the frame, where the app's hotkeys do not work.
    if (showsImages) around.current?.focus({ preventScroll: true });
  });
  useEffect(() => takeFocus(), []);
  const { theme } = useTheme();
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const isDark = !hasOwnColours && (theme === 'dark' || (theme === 'system' && isSystemDark));

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const { contentWindow } = element;

    function show() {
      const style = getComputedStyle(element ?? document.documentElement);
      contentWindow?.postMessage(
        {
          kind: 'show',
          html,
          scheme: isDark ? 'dark' : 'light',
          text: hasOwnColours ? '#000' : style.color,
          link: hasOwnColours ? 'LinkText' : style.outlineColor,
          paper: hasOwnColours ? '#fff' : surfaceUnder(element),
        },
        // The frame's origin is opaque and cannot be named.
        '*',
      );
    }

    function onMessage(event: MessageEvent) {
      if (event.source !== contentWindow) return;
      const message = readFrameMessage(event.data);
      if (message?.kind === 'ready') show();
      if (message?.kind === 'height') setHeight(message.height);
      if (message?.kind === 'open') window.open(message.href, '_blank', 'noopener,noreferrer');
    }

    window.addEventListener('message', onMessage);
    show();
    return () => window.removeEventListener('message', onMessage);
  }, [html, hasOwnColours, isDark]);

  return (
    <div ref={around} tabIndex={-1} className={hasOwnColours ? styles['paper'] : undefined}>
      <iframe
        ref={frame}
        className={styles['frame']}
        title={label}
        src={`${import.meta.env.BASE_URL}${showsImages ? 'body-frame-images.html' : 'body-frame.html'}`}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        style={{ blockSize: height, colorScheme: isDark ? 'dark' : 'light' }}
      />
    </div>
  );
}
