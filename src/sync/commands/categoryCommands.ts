import type { Category, CategoryColour } from '../../domain/task/category.ts';
import type { Mailbox } from '../../domain/task/task.ts';
import type { CommandRecorder } from './commandRecorder.ts';

/** Commands on the account's categories. */
export function createCategoryCommands({ add, create, newLocalId }: CommandRecorder) {
  return {
    createCategory: async (mailbox: Mailbox, { name, colour }: { name: string; colour: CategoryColour }) => {
      const id = newLocalId();
      const change = { kind: 'createCategory', mailbox, id, name, colour } as const;
      return create(change);
    },
    updateCategory: (
      mailbox: Mailbox,
      { category, patch }: { category: Category; patch: Partial<Pick<Category, 'name' | 'colour'>> },
    ) => {
      const { id, name: was, colour: wasColour } = category;
      return add({ kind: 'updateCategory', mailbox, id, name: was, was, colour: wasColour, wasColour, ...patch });
    },
    deleteCategory: (mailbox: Mailbox, { id, name, colour }: Category) =>
      add({ kind: 'deleteCategory', mailbox, id, name, colour }),
  };
}
