import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { readFrameMessage } from './frameMessages.ts';
import { Button } from '../controls/button.tsx';
import { createLazyChunk, useLazyChunk } from '../loading/lazyChunk.ts';
import { parseInertBody } from './inertHtml.ts';
import { useMedia } from '../browser/mediaQueries.ts';
import { useTheme } from '../browser/theme.ts';
import styles from './bodyFrame.module.css';

const cleaner = createLazyChunk(() => import('./sanitizeHtml.ts'));

export type BodyFrameProps = {
  /** Untrusted, as it came. */
  html: string;
  /** Names the frame: 'Notes of “Renew passport”'. */
  label: string;
};

/**
 * Foreign HTML, read-only (docs/architecture.md#html-bodies-and-pdf-files): cleaned, then shown in a sandboxed page
 * with its own origin and policy. It cannot run, load, restyle or navigate; links arrive as messages and open without
 * an opener.
 */
export function BodyFrame({ html, label }: BodyFrameProps) {
  const chunk = useLazyChunk(cleaner, true);
  // For these words: others ask anew.
  const [asked, setAsked] = useState<string | null>(null);
  const isAsked = asked === html;
  const clean = useMemo(
    () => (chunk.state === 'here' ? chunk.part.sanitizeHtml(html, isAsked) : null),
    [chunk, html, isAsked],
  );
  if (clean) {
    return (
      <>
        {clean.hasBlocked && <Blocked onAsk={() => setAsked(html)} />}
        {/* Another policy is another page. The question goes when it is answered: the focus goes on to what was asked for. */}
        <Frame key={isAsked ? 'images' : 'none'} {...clean} isAsked={isAsked} label={label} />
      </>
    );
  }
  // Without the cleaner (the network went before it came) the words alone; an inert document runs and loads nothing.
  return chunk.state === 'failed' ? <p className={styles['plain']}>{parseInertBody(html).textContent.trim()}</p> : null;
}

function Blocked({ onAsk }: { onAsk: () => void }) {
  const { t } = useLingui();
  return (
    <div className={styles['note']}>
      <p>
        <Trans>Pictures from the web are not shown: their sender would learn that you looked.</Trans>
      </p>
      <Button onPress={onAsk}>{t`Show pictures from the web`}</Button>
    </div>
  );
}

/** The colour that is seen behind the element: the frame's page draws it itself, so that forced or odd schemes cannot differ. */
function surfaceUnder(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
  }
  return 'Canvas';
}

type FrameProps = { html: string; hasOwnColours: boolean; isAsked: boolean; label: string };

function Frame({ html, hasOwnColours, isAsked, label }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(0);
  const around = useRef<HTMLDivElement>(null);
  const takeFocus = useEffectEvent(() => {
    // Around the frame: inside it the app's keys would not be heard.
    if (isAsked) around.current?.focus({ preventScroll: true });
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
      const own = getComputedStyle(element ?? document.documentElement);
      contentWindow?.postMessage(
        {
          kind: 'show',
          html,
          scheme: isDark ? 'dark' : 'light',
          text: hasOwnColours ? '#000' : own.color,
          link: hasOwnColours ? 'LinkText' : own.outlineColor,
          paper: hasOwnColours ? '#fff' : surfaceUnder(element),
        },
        // The frame's origin is opaque and cannot be named.
        '*',
      );
    }

    function hear(event: MessageEvent) {
      if (event.source !== contentWindow) return;
      const message = readFrameMessage(event.data);
      if (message?.kind === 'ready') show();
      if (message?.kind === 'height') setHeight(message.height);
      if (message?.kind === 'open') window.open(message.href, '_blank', 'noopener,noreferrer');
    }

    window.addEventListener('message', hear);
    show();
    return () => window.removeEventListener('message', hear);
  }, [html, hasOwnColours, isDark]);

  return (
    <div ref={around} tabIndex={-1} className={hasOwnColours ? styles['paper'] : undefined}>
      <iframe
        ref={frame}
        className={styles['frame']}
        title={label}
        src={`${import.meta.env.BASE_URL}${isAsked ? 'body-frame-images.html' : 'body-frame.html'}`}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        style={{ blockSize: height, colorScheme: isDark ? 'dark' : 'light' }}
      />
    </div>
  );
}
