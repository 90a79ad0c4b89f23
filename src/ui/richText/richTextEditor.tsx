import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import type { Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { TaskBody } from '../../domain/task/task.ts';
import { isWithinBudget } from '../../domain/notes/htmlBudget.ts';
import { toasts } from '../feedback/toast.tsx';
import { isSafeLinkUrl } from '../html/frameMessages.ts';
import {
  isBlankDocument,
  isPlainDocument,
  parseEditorBody,
  parseEditorHtml,
  parseEditorText,
  serializeEditorHtml,
  serializeEditorText,
} from './htmlConversion.ts';
import { readPastedHtml } from './pastedHtml.ts';
import { editorPlugins } from './editorPlugins.ts';
import { richTextSchema } from './richTextSchema.ts';
import { RichTextToolbar } from './richTextToolbar.tsx';
import styles from './richTextEditor.module.css';

export { textToHtml, findFormattingLosses, editorHtmlToText, simplifyHtml } from './htmlConversion.ts';
export { formattingCommands } from './editorPlugins.ts';
export { PlainToolbar } from './richTextToolbar.tsx';
export type { FormattingLoss } from './htmlConversion.ts';

/** What a person did in a field without formatting that needs an editor. */
export type EditorStart = {
  /** The field's text before it; the selection in UTF-16 units. */
  text: string;
  from: number;
  to: number;
  action:
    | { kind: 'type'; text: string }
    | { kind: 'command'; run: Command }
    | { kind: 'paste'; html: string }
    | { kind: 'link' };
};

export type RichTextEditorProps = {
  /** Untrusted; unsupported formatting is missing from what `onChange` reports. */
  body: TaskBody;
  label: string;
  placeholder: string;
  /** Where the tools are drawn. */
  toolbarSlot: HTMLElement | null;
  /** Done first, with the focus, instead of showing `body`. */
  start?: EditorStart | null;
  /** Takes the focus when it appears. */
  autoFocus?: boolean;
  /** Text while nothing is formatted, else HTML. HTML that came without formatting stays HTML. */
  onChange: (body: TaskBody) => void;
  onBlur: () => void;
  /** Images that were pasted. */
  onFiles: (files: readonly File[]) => void;
  /** Called on Escape, after all edits were reported. */
  onEscape: (element: HTMLElement) => void;
};

/** More keys are not pressed before one of their bodies is back. */
const mostReported = 100;

/** Whether clipboard content contains more than its text. */
export function isFormattedPaste(html: string): boolean {
  if (!isWithinBudget(html)) return false;
  const pasted = readPastedHtml(html);
  const doc = parseEditorHtml(pasted.html);
  return pasted.images.length > 0 || pasted.missingImages > 0 || !isPlainDocument(doc);
}

/** An editor for notes. It reports only edits, so an unedited body stays as it came. */
export function RichTextEditor(props: RichTextEditorProps) {
  const { body, placeholder, toolbarSlot, start = null, onChange, onBlur, onFiles, onEscape } = props;
  const { t } = useLingui();
  const container = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const [state, setState] = useState<EditorState | null>(null);
  /** The body as last received or reported. */
  const shown = useRef(body);
  /** Own bodies that may still come back as `body`, later than what was typed since; the oldest first. */
  const reported = useRef([body]);
  const keepsHtml = useRef(false);

  const reportChange = useEffectEvent((doc: Node) => {
    const isPlain = isPlainDocument(doc);
    if (!isPlain) keepsHtml.current = false;
    const isText = isPlain && !keepsHtml.current;
    shown.current = isText
      ? { contentType: 'text', content: serializeEditorText(doc, lineBreakOf(shown.current)) }
      : { contentType: 'html', content: serializeEditorHtml(doc) };
    reported.current = [...reported.current.slice(-mostReported), shown.current];
    onChange(shown.current);
  });
  const leave = useEffectEvent((element: HTMLElement) => onEscape(element));
  const blur = useEffectEvent(() => onBlur());
  const readPaste = useEffectEvent((pasted: string) => {
    if (!isWithinBudget(pasted))
      toasts.show({ text: t`That was too much formatting to paste quickly: its words were pasted.` });
    const { html, images, missingImages } = readPastedHtml(pasted);
    const files = images.flatMap((url, at) => imageFile(url, at) ?? []);
    if (files.length > 0) onFiles(files);
    const missing = missingImages + images.length - files.length;
    if (missing > 0)
      toasts.show({
        text: t`${plural(missing, { one: 'A picture was not pasted. Copy it by itself to attach it.', other: '# pictures were not pasted. Copy each by itself to attach it.' })}`,
      });
    return html;
  });
  const first = useEffectEvent(() => {
    const doc = start === null ? parseEditorBody(body) : parseEditorText(start.text);
    keepsHtml.current = body.contentType === 'html' && isPlainDocument(doc);
    return { doc, start, label: props.label, autoFocus: props.autoFocus === true };
  });

  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    const initial = first();
    const editor = new EditorView(element, {
      state: EditorState.create({ doc: initial.doc, plugins: editorPlugins }),
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': initial.label, dir: 'auto' },
      transformPastedHTML: (pasted) => readPaste(pasted),
      dispatchTransaction(transaction) {
        const next = editor.state.apply(transaction);
        editor.updateState(next);
        setState(next);
        if (transaction.docChanged && transaction.getMeta('isFromOutside') !== true) reportChange(next.doc);
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
    if (initial.autoFocus || initial.start !== null) editor.focus();
    if (initial.start !== null) begin(editor, initial.start);
    return () => editor.destroy();
  }, []);

  // Changed elsewhere: replaces the content and keeps the cursor as near as possible.
  useEffect(() => {
    if (view === null) return;
    const at = reported.current.findIndex(
      ({ content, contentType }) => body.content === content && body.contentType === contentType,
    );
    reported.current = at < 0 ? [body] : reported.current.slice(at);
    if (at >= 0) return;
    shown.current = body;
    const { tr, doc } = view.state;
    const next = parseEditorBody(body);
    keepsHtml.current = body.contentType === 'html' && isPlainDocument(next);
    view.dispatch(
      tr.replaceWith(0, doc.content.size, next.content).setMeta('isFromOutside', true).setMeta('addToHistory', false),
    );
  }, [view, body]);

  const isEmpty = state !== null && isBlankDocument(state.doc);
  return (
    <div className={styles.editor}>
      {view !== null && state !== null && (
        <RichTextToolbar view={view} state={state} slot={toolbarSlot} isLinkOpen={start?.action.kind === 'link'} />
      )}
      <div ref={container} className={styles.text} data-placeholder={isEmpty ? placeholder : undefined} />
    </div>
  );
}

/** Places the selection as in the field, and does there what needed the editor. */
function begin(view: EditorView, { text, from, to, action }: EditorStart): void {
  // A document has one place more before each paragraph, and two between them instead of a line break.
  const placeOf = (at: number) => at + text.slice(0, at).split('\n').length;
  const { doc, tr } = view.state;
  view.dispatch(tr.setSelection(TextSelection.create(doc, placeOf(from), placeOf(to))));
  if (action.kind === 'command') action.run(view.state, (transaction) => view.dispatch(transaction), view);
  else if (action.kind === 'paste') view.pasteHTML(action.html);
  else if (action.kind === 'type') {
    const { from: start, to: end } = view.state.selection;
    const insert = () => view.state.tr.insertText(action.text, start, end);
    const isHandled = view.someProp('handleTextInput', (handle) => handle(view, start, end, action.text, insert));
    if (isHandled !== true) view.dispatch(insert());
  }
}

function lineBreakOf({ contentType, content }: TaskBody): string {
  return (contentType === 'text' ? /\r\n|\r|\n/.exec(content)?.[0] : undefined) ?? '\n';
}

/** An image of a `data:` URL as a file to attach; null for one that is not a picture of a common kind. */
function imageFile(url: string, at: number): File | null {
  const [, type = '', data = ''] = /^data:image\/(png|jpeg|gif|webp);base64,([a-z\d+/=]+)$/i.exec(url) ?? [];
  if (data === '') return null;
  try {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.codePointAt(0) ?? 0);
    return new File([bytes], `image-${at + 1}.${type.toLowerCase()}`, { type: `image/${type.toLowerCase()}` });
  } catch {
    return null; // Not base64.
  }
}

/** Pasting a URL over selected text turns it into a link. */
function linkedByPaste(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData('text/plain').trim() ?? '';
  const { from, to, empty } = view.state.selection;
  if (empty || /\s/.test(text) || !isSafeLinkUrl(text)) return false;
  view.dispatch(view.state.tr.addMark(from, to, richTextSchema.marks.link.create({ href: text })));
  return true;
}
