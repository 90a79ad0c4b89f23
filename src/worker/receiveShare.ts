import { shareTargetPaths } from '../domain/urls/reservedPaths.ts';
import { shareStore } from '../sync/storage/shareStore.ts';

/** The names of the fields in the manifest's share_target. */
const textOf = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/**
 * Takes what another app shares (`POST /share`): on disk first, then the app is opened where it becomes a task. Should the
 * device refuse to keep it, the app is opened all the same and says that nothing arrived.
 */
export async function receiveShare(request: Request): Promise<Response> {
  const id = crypto.randomUUID();
  try {
    const form = await request.formData();
    const files = form
      .getAll('files')
      .filter((file) => file instanceof File)
      .filter(({ size, name }) => size > 0 || name !== '');
    const [title, text, url] = [textOf(form, 'title'), textOf(form, 'text'), textOf(form, 'url')];
    await shareStore.put({ id, title, text, url, files });
    return Response.redirect(`${shareTargetPaths.share}?id=${id}`, 303);
  } catch {
    return Response.redirect(shareTargetPaths.share, 303);
  }
}
