import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { NodeType } from 'prosemirror-model';
import type { Command, EditorState } from 'prosemirror-state';
import { richTextSchema } from './richTextSchema.ts';

const { item, bulletList, orderedList, lineBreak } = richTextSchema.nodes;
const { bold, italic, underline } = richTextSchema.marks;

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

/** Tab keeps moving the focus to the next field, for keyboard users. */
export const editorPlugins = [
  inputRules({
    rules: [
      wrappingInputRule(/^\s*[-*•]\s$/, bulletList),
      wrappingInputRule(/^(\d+)[.)]\s$/, orderedList, ([, number]) => ({ start: Number(number) })),
    ],
  }),
  keymap({
    'Mod-z': undo,
    'Shift-Mod-z': redo,
    'Mod-y': redo,
    'Mod-b': toggleMark(bold),
    'Mod-i': toggleMark(italic),
    'Mod-u': toggleMark(underline),
    Enter: splitListItem(item),
    'Shift-Enter': breakLine,
    'Mod-]': sinkListItem(item),
    'Mod-[': liftListItem(item),
  }),
  keymap(baseKeymap),
  history(),
];
