import { useLingui } from '@lingui/react/macro';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { isWithinBudget } from '../../domain/notes/htmlBudget.ts';
import { toasts } from '../feedback/toast.tsx';
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
  /** Untrusted; unsupported formatting is missing from what `onChange` reports. */
  html: string;
  label: string;
  placeholder: string;
  /** Takes the focus when it appears. */
  autoFocus?: boolean;
  onChange: (html: string) => void;
  onBlur: () => void;
  /** Called on Escape, after all edits were reported. */
  onEscape: (element: HTMLElement) => void;
};

/** An editor for formatted notes. It reports only edits, so unedited HTML stays as it came. */
export function RichTextEditor({
  html,
  label,
  placeholder,
  autoFocus = false,
  onChange,
  onBlur,
  onEscape,
}: RichTextEditorProps) {
  const { t } = useLingui();
  const container = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const [state, setState] = useState<EditorState | null>(null);
  /** The editor's HTML as last received or reported. */
  const shown = useRef(html);

  const reportChange = useEffectEvent((next: string) => {
    shown.current = next;
    onChange(next);
  });
  const leave = useEffectEvent((element: HTMLElement) => onEscape(element));
  const blur = useEffectEvent(() => onBlur());
  const saysPlain = useEffectEvent(() => {
    toasts.show({ text: t`That was too much formatting to paste quickly: its words were pasted.` });
  });
  const first = useEffectEvent(() => ({ html, label, autoFocus }));

  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    const initial = first();
    const editor = new EditorView(element, {
      state: EditorState.create({ doc: parseEditorHtml(initial.html), plugins: editorPlugins }),
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': initial.label, dir: 'auto' },
      transformPastedHTML(pasted) {
        if (!isWithinBudget(pasted)) saysPlain();
        return cleanPastedHtml(pasted);
      },
      dispatchTransaction(transaction) {
        const next = editor.state.apply(transaction);
        editor.updateState(next);
        setState(next);
        if (transaction.docChanged && transaction.getMeta('isFromOutside') !== true)
          reportChange(serializeEditorHtml(next.doc));
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
        // Images without text are left to the parent, which may attach them.
        paste: (_, { clipboardData }) =>
          clipboardData !== null && clipboardData.files.length > 0 && clipboardData.getData('text/plain') === '',
      },
    });
    setView(editor);
    setState(editor.state);
    if (initial.autoFocus) editor.focus();
    return () => editor.destroy();
  }, []);

  // Changed elsewhere: replaces the content and keeps the cursor as near as possible.
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
      <div ref={container} className={styles.text} data-placeholder={isEmpty ? placeholder : undefined} />
    </div>
  );
}

/** Pasting a URL over selected text turns it into a link. */
function linkedByPaste(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData('text/plain').trim() ?? '';
  const { from, to, empty } = view.state.selection;
  if (empty || /\s/.test(text) || !isSafeLinkUrl(text)) return false;
  view.dispatch(view.state.tr.addMark(from, to, richTextSchema.marks.link.create({ href: text })));
  return true;
}
