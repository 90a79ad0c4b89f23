/* The lazy chunk of `LazyAttachmentForms`. */
export { ItemForm } from './itemForm.tsx';
export { LinkForm } from './linkForm.tsx';
