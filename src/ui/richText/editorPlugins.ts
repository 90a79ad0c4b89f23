import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Node, NodeType } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { Command, EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { findUrlSpans } from '../html/findUrls.ts';
import type { UrlSpan } from '../html/findUrls.ts';
import { richTextSchema } from './richTextSchema.ts';

const { heading, paragraph, item, bulletList, orderedList, lineBreak } = richTextSchema.nodes;
const { bold, italic, link, underline } = richTextSchema.marks;

const breakLine: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(lineBreak.create()).scrollIntoView());
  return true;
});

/** Wraps the selection in a list of this kind, or removes that list. */
export function toggleList(kind: NodeType): Command {
  return (state, dispatch) => (isInList(state, kind) ? liftListItem(item) : wrapInList(kind))(state, dispatch);
}

/** Whether the innermost list around the selection is of this kind. */
export function isInList({ selection }: EditorState, kind: NodeType): boolean {
  const { $from } = selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { type } = $from.node(depth);
    if (type === bulletList || type === orderedList) return type === kind;
  }
  return false;
}

/** What keys do, also in a field that becomes an editor. */
export const formattingCommands = {
  bold: toggleMark(bold),
  italic: toggleMark(italic),
  underline: toggleMark(underline),
};

/** Two asterisks on both sides of words, the last of them just typed. */
const boldWords = /(?:^|[\s(])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/;

const boldRule = new InputRule(boldWords, (state, match, start, end) => {
  const words = match[1] ?? '';
  const from = start + match[0].indexOf('**');
  // The last asterisk is not in the document yet.
  const tr = state.tr.delete(from + 2 + words.length, end).delete(from, from + 2);
  return tr.addMark(from, from + words.length, bold.create()).removeStoredMark(bold);
});

const boxRule = new InputRule(/^\s*\[([ xX]?)\]\s$/, (state, [, mark], start, end) =>
  state.tr.insertText(mark === 'x' || mark === 'X' ? '☑ ' : '☐ ', start, end),
);

/** At the beginning of a heading or list item, Backspace removes the heading or the bullet first. */
const unformatBlock: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type === heading) return setBlockType(paragraph)(state, dispatch, view);
  return $from.depth > 1 && $from.node(-1).type === item && $from.index(-1) === 0
    ? liftListItem(item)(state, dispatch)
    : false;
};

/** Turns the selected blocks, or all if nothing is selected, into text. The address of a link is kept behind its words. */
export const clearFormatting: Command = (state, dispatch) => {
  const { $from, $to, empty } = state.selection;
  const range = empty ? { from: 0, to: state.doc.content.size } : { from: $from.before(1), to: $to.after(1) };
  const paragraphs: Node[] = [];
  state.doc.nodesBetween(range.from, range.to, (node) => {
    if (!node.isTextblock) return true;
    paragraphs.push(paragraph.create(null, plainContentOf(node)));
    return false;
  });
  if (paragraphs.length === 0) paragraphs.push(paragraph.create());
  dispatch?.(state.tr.replaceWith(range.from, range.to, paragraphs).scrollIntoView());
  return true;
};

function plainContentOf(block: Node): Node[] {
  return block.children.flatMap((node, at) => {
    const href = String(link.isInSet(node.marks)?.attrs['href'] ?? '');
    const next = block.maybeChild(at + 1);
    const isLast = href !== '' && link.isInSet(next?.marks ?? [])?.attrs['href'] !== href;
    const isNamed = block.textContent.includes(href);
    return isLast && !isNamed ? [node.mark([]), richTextSchema.text(` ${href}`)] : [node.mark([])];
  });
}

const addresses = new WeakMap<Node, readonly UrlSpan[]>();

/** Draws addresses in the text as links, without changing the document. Only changed blocks are read again. */
function linkAddresses({ doc }: EditorState): DecorationSet {
  const decorations: Decoration[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const spans = addresses.get(node) ?? readAddresses(node);
    addresses.set(node, spans);
    for (const { url, from, to } of spans)
      decorations.push(
        Decoration.inline(position + 1 + from, position + 1 + to, {
          nodeName: 'a',
          href: url,
          rel: 'noopener noreferrer',
        }),
      );
    return false;
  });
  return DecorationSet.create(doc, decorations);
}

function readAddresses(block: Node): readonly UrlSpan[] {
  // Every leaf takes one place, as in the document.
  const text = block.textBetween(0, block.content.size, undefined, '\n');
  if (!text.includes('://')) return [];
  return [...findUrlSpans(text)].filter(({ from, to }) => !block.rangeHasMark(from, to, link));
}

/** The address at the cursor that is no link of its own. */
export function addressAt({ selection: { $from } }: EditorState): string | null {
  if (!$from.parent.isTextblock) return null;
  const at = $from.parentOffset;
  return readAddresses($from.parent).find(({ from, to }) => from <= at && at <= to)?.url ?? null;
}

/** Tab keeps moving the focus to the next field, for keyboard users. */
export const editorPlugins = [
  inputRules({
    rules: [
      wrappingInputRule(/^\s*[-*•]\s$/, bulletList),
      wrappingInputRule(/^(\d{1,3})[.)]\s$/, orderedList, ([, number]) => ({ start: Number(number) })),
      textblockTypeInputRule(/^(#{1,3})\s$/, heading, ([, marks = '']) => ({ level: marks.length })),
      boldRule,
      boxRule,
    ],
  }),
  keymap({
    'Mod-z': undo,
    'Shift-Mod-z': redo,
    'Mod-y': redo,
    'Mod-b': formattingCommands.bold,
    'Mod-i': formattingCommands.italic,
    'Mod-u': formattingCommands.underline,
    Enter: splitListItem(item),
    'Shift-Enter': breakLine,
    'Mod-]': sinkListItem(item),
    'Mod-[': liftListItem(item),
    Backspace: chainCommands(undoInputRule, unformatBlock),
  }),
  keymap(baseKeymap),
  history(),
  new Plugin({ props: { decorations: linkAddresses } }),
];
