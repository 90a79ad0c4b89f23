/* What `LazyAttachmentForms` fetches. */
export { ItemForm } from './itemForm.tsx';
export { LinkForm } from './linkForm.tsx';
