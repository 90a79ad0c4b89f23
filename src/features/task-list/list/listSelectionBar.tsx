import type { ListSelection } from './useListSelection.ts';

/** The bar of the selected rows, once it is loaded. */
export function ListSelectionBar({ state }: { state: ListSelection }) {
  const { selection, commands, clear, isSelecting, bar } = state;
  if (bar === null || !isSelecting) return null;
  return (
    <bar.SelectionBar
      count={selection.tasks.length}
      importance={commands.importance}
      onCommand={(command) => commands.forSelected(command)}
      onImportance={(importance) => commands.setImportance(importance)}
      onAll={() => selection.act({ kind: 'all' })}
      onClear={clear}
    />
  );
}
