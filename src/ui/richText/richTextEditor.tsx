import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { isSafeLinkUrl } from '../html/frameMessages.ts';
import { parseEditorHtml, serializeEditorHtml, isBlankDocument } from './htmlConversion.ts';
import { cleanPastedHtml } from './pastedHtml.ts';
import { editorPlugins } from './editorPlugins.ts';
import { richTextSchema } from './richTextSchema.ts';
import { RichTextToolbar } from './richTextToolbar.tsx';
import styles from './richTextEditor.module.css';

export { textToHtml, findFormattingLosses, editorHtmlToText, simplifyHtml } from './htmlConversion.ts';
export type { FormattingLoss } from './htmlConversion.ts';

export type RichTextEditorProps = {
  /** Untrusted; what the editor cannot hold is left out of what it says. */
  html: string;
  label: string;
  placeholder: string;
  /** Takes the focus when it appears. */
  autoFocus?: boolean;
  onChange: (html: string) => void;
  onBlur: () => void;
  /** Escape, with everything said already. */
  onEscape: (element: HTMLElement) => void;
};

/** A small editor for formatted notes. It says nothing until something is typed: what was not touched stays as it came. */
export function RichTextEditor({
  html,
  label,
  placeholder,
  autoFocus = false,
  onChange,
  onBlur,
  onEscape,
}: RichTextEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const [state, setState] = useState<EditorState | null>(null);
  /** What stands in the editor, in the words of whoever said it last. */
  const shown = useRef(html);

  const tell = useEffectEvent((next: string) => {
    shown.current = next;
    onChange(next);
  });
  const leave = useEffectEvent((element: HTMLElement) => onEscape(element));
  const blur = useEffectEvent(() => onBlur());
  const first = useEffectEvent(() => ({ html, label, autoFocus }));

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const given = first();
    const editor = new EditorView(element, {
      state: EditorState.create({ doc: parseEditorHtml(given.html), plugins: editorPlugins }),
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': given.label, dir: 'auto' },
      transformPastedHTML: cleanPastedHtml,
      dispatchTransaction(transaction) {
        const next = editor.state.apply(transaction);
        editor.updateState(next);
        setState(next);
        if (transaction.docChanged && transaction.getMeta('isFromOutside') !== true)
          tell(serializeEditorHtml(next.doc));
      },
      handlePaste: (_, event) => linkedByPaste(editor, event),
      handleClick(_, __, event) {
        const link = event.target instanceof Element ? event.target.closest('a') : null;
        const href = link?.getAttribute('href') ?? '';
        if (!(event.ctrlKey || event.metaKey) || !isSafeLinkUrl(href)) return false;
        window.open(href, '_blank', 'noopener,noreferrer');
        return true;
      },
      handleKeyDown(_, event) {
        if (event.key !== 'Escape' || event.isComposing) return false;
        event.stopPropagation();
        leave(editor.dom);
        return true;
      },
      handleDOMEvents: {
        blur: () => blur(),
        // Pictures without words are not for the text: whoever holds the editor may take them.
        paste: (_, { clipboardData }) =>
          clipboardData !== null && clipboardData.files.length > 0 && clipboardData.getData('text/plain') === '',
      },
    });
    setView(editor);
    setState(editor.state);
    if (given.autoFocus) editor.focus();
    return () => editor.destroy();
  }, []);

  // Said elsewhere: the words are replaced, and the cursor stays as near as it can.
  useEffect(() => {
    if (view === null || html === shown.current) return;
    shown.current = html;
    const { tr, doc } = view.state;
    view.dispatch(
      tr
        .replaceWith(0, doc.content.size, parseEditorHtml(html).content)
        .setMeta('isFromOutside', true)
        .setMeta('addToHistory', false),
    );
  }, [view, html]);

  const isEmpty = state !== null && isBlankDocument(state.doc);
  return (
    <div className={styles.editor}>
      {view !== null && state !== null && <RichTextToolbar view={view} state={state} />}
      <div ref={place} className={styles.text} data-placeholder={isEmpty ? placeholder : undefined} />
    </div>
  );
}

/** An address pasted over words makes them a link. */
function linkedByPaste(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData('text/plain').trim() ?? '';
  const { from, to, empty } = view.state.selection;
  if (empty || /\s/.test(text) || !isSafeLinkUrl(text)) return false;
  view.dispatch(view.state.tr.addMark(from, to, richTextSchema.marks.link.create({ href: text })));
  return true;
}
