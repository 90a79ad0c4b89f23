import { useLingui } from '@lingui/react/macro';
import BoldIcon from 'lucide-react/icons/bold';
import ExternalIcon from 'lucide-react/icons/external-link';
import ItalicIcon from 'lucide-react/icons/italic';
import LinkIcon from 'lucide-react/icons/link';
import ListIcon from 'lucide-react/icons/list';
import NumbersIcon from 'lucide-react/icons/list-ordered';
import ClearIcon from 'lucide-react/icons/remove-formatting';
import { toggleMark } from 'prosemirror-commands';
import type { MarkType } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import type { Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { isSafeLinkUrl } from '../html/frameMessages.ts';
import { Button, IconButton } from '../controls/button.tsx';
import { TextField } from '../controls/textField.tsx';
import { addressAt, clearFormatting, isInList, toggleList } from './editorPlugins.ts';
import { isPlainDocument } from './htmlConversion.ts';
import { richTextSchema } from './richTextSchema.ts';
import styles from './richTextEditor.module.css';

const { bold, italic, link } = richTextSchema.marks;
const { bulletList, orderedList } = richTextSchema.nodes;

type FormattingToolsProps = {
  state: EditorState;
  /** Where the tools are drawn: beside the heading, in the same place with and without formatting. */
  slot: HTMLElement | null;
  isLinkOpen: boolean;
  run: (command: Command) => void;
  onLink: () => void;
};

/** One tab stop; arrow keys move between the buttons. */
function FormattingTools({ state, slot, isLinkOpen, run, onLink }: FormattingToolsProps) {
  const { t } = useLingui();
  const bar = useRef<HTMLDivElement>(null);
  const linked = hrefAt(state);
  const address = linked ?? addressAt(state);
  const tools: readonly { label: string; keys?: string; icon: ReactNode; isOn?: boolean; command: Command }[] = [
    {
      label: t`Bold`,
      keys: 'Mod+B',
      icon: <BoldIcon aria-hidden />,
      isOn: isMarked(state, bold),
      command: toggleMark(bold),
    },
    {
      label: t`Italic`,
      keys: 'Mod+I',
      icon: <ItalicIcon aria-hidden />,
      isOn: isMarked(state, italic),
      command: toggleMark(italic),
    },
    {
      label: t`Bulleted list`,
      icon: <ListIcon aria-hidden />,
      isOn: isInList(state, bulletList),
      command: toggleList(bulletList),
    },
    {
      label: t`Numbered list`,
      icon: <NumbersIcon aria-hidden />,
      isOn: isInList(state, orderedList),
      command: toggleList(orderedList),
    },
    ...(isPlainDocument(state.doc)
      ? []
      : [{ label: t`Remove formatting`, icon: <ClearIcon aria-hidden />, command: clearFormatting }]),
  ];

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(bar.current?.querySelectorAll<HTMLElement>('button, a') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const isMirrored = bar.current !== null && getComputedStyle(bar.current).direction === 'rtl';
    buttons.at((at + (isMirrored ? -step : step)) % buttons.length)?.focus();
    event.preventDefault();
  }

  if (slot === null) return null;
  return createPortal(
    <div ref={bar} role="toolbar" aria-label={t`Formatting`} className={styles.bar} tabIndex={-1} onKeyDown={onKeyDown}>
      {/* The URL of the link at the cursor, visible before it is opened, and reachable by keyboard. */}
      {address !== null && isSafeLinkUrl(address) && (
        <a className={styles.linkTarget} href={address} target="_blank" rel="noopener noreferrer" tabIndex={-1}>
          <ExternalIcon aria-hidden />
          <span className="hidden-visually">{t`Open`}</span> <bdi className={styles.address}>{address}</bdi>
        </a>
      )}
      {tools.map(({ label, keys, icon, isOn, command }, index) => (
        <IconButton
          key={label}
          label={label}
          keys={keys}
          icon={icon}
          aria-pressed={isOn}
          excludeFromTabOrder={index > 0}
          className={styles.tool}
          onPointerDown={(event) => event.preventDefault()}
          onPress={() => run(command)}
        />
      ))}
      <IconButton
        label={t`Link`}
        icon={<LinkIcon aria-hidden />}
        aria-pressed={linked !== null}
        aria-expanded={isLinkOpen}
        excludeFromTabOrder
        className={styles.tool}
        onPointerDown={(event) => event.preventDefault()}
        onPress={onLink}
      />
    </div>,
    slot,
  );
}

const emptyState = EditorState.create({ schema: richTextSchema });

/** The tools of a field without formatting, which becomes an editor with the first of them. */
export function PlainToolbar({ slot, run, onLink }: Pick<FormattingToolsProps, 'slot' | 'run' | 'onLink'>) {
  return <FormattingTools state={emptyState} slot={slot} isLinkOpen={false} run={run} onLink={onLink} />;
}

type Props = { view: EditorView; state: EditorState; slot: HTMLElement | null; isLinkOpen: boolean };

export function RichTextToolbar({ view, state, slot, isLinkOpen }: Props) {
  const [href, setHref] = useState<string | null>(isLinkOpen ? '' : null);
  const linked = hrefAt(state);

  function setLink(to: string | null) {
    const { from, empty, $from } = view.state.selection;
    const range = empty ? linkRange(view.state) : { from, to: view.state.selection.to };
    const { tr } = view.state;
    if (range !== null) tr.removeMark(range.from, range.to, link);
    if (to !== null && range !== null && range.to > range.from)
      tr.addMark(range.from, range.to, link.create({ href: to }));
    else if (to !== null) tr.insert($from.pos, richTextSchema.text(to, [link.create({ href: to })]));
    view.dispatch(tr);
    setHref(null);
    view.focus();
  }

  return (
    <>
      <FormattingTools
        state={state}
        slot={slot}
        isLinkOpen={href !== null}
        run={(command) => {
          command(view.state, (transaction) => view.dispatch(transaction), view);
          view.focus();
        }}
        onLink={() => setHref(href === null ? (linked ?? '') : null)}
      />
      {href !== null && (
        <LinkForm
          href={href}
          onHref={setHref}
          isLinked={linked !== null}
          onDone={setLink}
          onCancel={() => {
            setHref(null);
            view.focus();
          }}
        />
      )}
    </>
  );
}

type LinkFormProps = {
  href: string;
  onHref: (href: string) => void;
  isLinked: boolean;
  onDone: (href: string | null) => void;
  onCancel: () => void;
};

function LinkForm({ href, onHref, isLinked, onDone, onCancel }: LinkFormProps) {
  const { t } = useLingui();
  const [isRefused, setIsRefused] = useState(false);
  const address = addressOf(href);
  return (
    <form
      className={styles.link}
      aria-label={t`Link`}
      onSubmit={(event) => {
        event.preventDefault();
        if (address === null) setIsRefused(true);
        else onDone(address);
      }}
    >
      <TextField
        label={t`Address of the link`}
        labelHidden
        placeholder="https://"
        inputMode="url"
        autoFocus
        value={href}
        error={isRefused && address === null ? t`This is no address of a page or of mail. Check it.` : null}
        onChange={onHref}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') event.continuePropagation();
          else onCancel();
        }}
      />
      <Button variant="secondary" type="submit">{t`Set link`}</Button>
      {isLinked && <Button variant="quiet" onPress={() => onDone(null)}>{t`Remove link`}</Button>}
    </form>
  );
}

/** Completes what users type as a URL: a host without a scheme, or a mail address. */
function addressOf(text: string): string | null {
  const typed = text.trim();
  const guess = /^[^\s@/:]+@[^\s@/]+$/.test(typed)
    ? `mailto:${typed}`
    : /^[\w-]+(\.[\w-]+)+/.test(typed)
      ? `https://${typed}`
      : typed;
  return [typed, guess].find(isSafeLinkUrl) ?? null;
}

function isMarked({ selection, storedMarks, doc }: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = selection;
  return empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

function hrefAt({ selection }: EditorState): string | null {
  const mark = link.isInSet(selection.$from.marks()) ?? link.isInSet(selection.$from.nodeAfter?.marks ?? []);
  return mark === undefined ? null : String(mark.attrs['href']);
}

/** The range of the link at the cursor. */
function linkRange(state: EditorState): { from: number; to: number } | null {
  const { $from } = state.selection;
  const href = hrefAt(state);
  if (href === null) return null;
  let range: { from: number; to: number } | null = null;
  $from.parent.forEach((node, offset) => {
    const from = $from.start() + offset;
    if (link.isInSet(node.marks)?.attrs['href'] !== href) return;
    if (range?.to === from) range.to = from + node.nodeSize;
    else if (range === null || range.to < $from.pos) range = { from, to: from + node.nodeSize };
  });
  return range;
}
