import type { ReferenceAttachment } from '../../../../domain/task/attachment.ts';

const hosts: readonly [RegExp, ReferenceAttachment['providerType']][] = [
  [/(?:^|\.)sharepoint\.com$/, 'oneDriveBusiness'],
  [/(?:^|\.)(?:onedrive\.live\.com|onedrive\.com|1drv\.ms)$/, 'oneDriveConsumer'],
  [/(?:^|\.)(?:dropbox\.com|db\.tt)$/, 'dropbox'],
];

/** The storage provider, by the host of the address. */
export function linkProvider({ hostname }: URL): ReferenceAttachment['providerType'] {
  return hosts.find(([pattern]) => pattern.test(hostname))?.[1] ?? 'other';
}

/** The default name of a link: the last segment of its path, else its host. */
export function linkName({ pathname, host }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last) || host;
  } catch {
    return last;
  }
}
