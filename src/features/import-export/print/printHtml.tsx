import { createElement, Fragment } from 'react';
import type { ReactNode } from 'react';
import { beginsWithBox, parseInertBody } from '../../../ui/html/inertHtml.ts';
import styles from './print.module.css';

/** Elements that keep their shape in print. Others contribute their text only. */
const shapes: Readonly<Record<string, string>> = {
  ...Object.fromEntries('b strong i em u s sub sup code pre blockquote ul ol li p br hr'.split(' ').map(sameName)),
  ...Object.fromEntries('table caption thead tbody tfoot tr td th dl dt dd'.split(' ').map(sameName)),
  ...Object.fromEntries('h1 h2 h3 h4 h5 h6'.split(' ').map((name) => [name.toUpperCase(), 'div'])),
  ...Object.fromEntries(
    'div address article aside figure footer header section'.split(' ').map((name) => [name.toUpperCase(), 'div']),
  ),
  STRIKE: 's',
  DEL: 's',
  INS: 'u',
};
function sameName(name: string): [string, string] {
  return [name.toUpperCase(), name];
}
const unread = new Set('SCRIPT STYLE TITLE TEMPLATE NOSCRIPT IFRAME TEXTAREA SELECT OBJECT SVG MATH'.split(' '));
const lines = new Set('LI P DIV TD TH DD DT BLOCKQUOTE H1 H2 H3 H4 H5 H6 PRE'.split(' '));
const tableParts = new Set('TABLE THEAD TBODY TFOOT TR UL OL DL'.split(' '));
const empty = new Set(['br', 'hr']);
const begins = /^\s*([☐☑])\s*/;

/**
 * Untrusted HTML for print: rebuilt from an inert document with a few elements without attributes. Nothing runs, loads,
 * or styles the page; images are left out.
 */
export function PrintHtml({ html }: { html: string }) {
  return <div className={styles.html}>{drawn(parseInertBody(html), { isStart: true })}</div>;
}

/** Whether the next text begins a line: there a checkbox mark is printed as a box. */
type Line = { isStart: boolean };

function drawn(parent: Node, line: Line): ReactNode[] {
  return [...parent.childNodes].map((node, key) => one(node, key, line));
}

function one(node: Node, key: number, line: Line): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return wordsOf(node, key, line);
  const name = node.nodeName.toUpperCase();
  if (node.nodeType !== Node.ELEMENT_NODE || unread.has(name)) return null;
  if (lines.has(name) || name === 'BR') line.isStart = true;
  const isBoxed = name === 'LI' && beginsWithBox(node);
  const inside = drawn(node, line);
  if (lines.has(name)) line.isStart = true;
  const shape = shapes[name];
  if (name === 'A') return <Fragment key={key}>{linked(node, inside)}</Fragment>;
  if (shape === undefined) return <Fragment key={key}>{inside}</Fragment>;
  const className = isBoxed ? styles.boxed : /^H\d$/.test(name) ? styles.heading : undefined;
  return createElement(shape, { key, className }, ...(empty.has(shape) ? [] : inside));
}

function wordsOf(node: Node, key: number, line: Line): ReactNode {
  const text = node.nodeValue ?? '';
  // Whitespace between the parts of a table is dropped.
  if (text.trim() === '') return tableParts.has(node.parentNode?.nodeName ?? '') ? null : text;
  const [mark = '', box] = line.isStart ? (begins.exec(text) ?? []) : [];
  line.isStart = false;
  if (box === undefined) return text;
  const words = text.slice(mark.length);
  return (
    <Fragment key={key}>
      <span className={styles.box} aria-hidden>
        {box === '☑' ? '✓' : ''}
      </span>{' '}
      {box === '☑' ? <span className={styles.ticked}>{words}</span> : words}
    </Fragment>
  );
}

/** Links cannot be followed in print: the URL follows the text, unless the text is the URL. */
function linked(node: Node, inside: ReactNode[]): ReactNode {
  const address = node instanceof HTMLElement ? (node.getAttribute('href') ?? '').trim() : '';
  const words = (node.textContent ?? '').trim();
  if (!/^(?:https?|mailto):/i.test(address) || words === '' || address.replace(/^mailto:/i, '') === words)
    return inside;
  return (
    <>
      {inside} <span className={styles.address}>({address.replace(/^mailto:/i, '')})</span>
    </>
  );
}
