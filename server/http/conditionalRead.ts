import { hash } from 'node:crypto';
import type { HonoRequest } from 'hono';
import { readPrefer } from '../../src/wire/odata/preferHeader.ts';
import { metadataLevelOf } from './responseFormat.ts';

/** Conditional reads: an answer carries an ETag, and If-None-Match is answered with 304 (docs/protocol.md#concurrency). */

/** Whether a read's If-None-Match names the tag of its answer; tags are compared weakly (RFC 9110 §13.1.2). */
export function isNotModified(request: HonoRequest, etag: string | undefined): boolean {
  const ifNoneMatch = request.header('if-none-match');
  if (ifNoneMatch === undefined || etag === undefined) return false;
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (ifNoneMatch.trim() === '*') return true;
  const current = bare(etag);
  return ifNoneMatch.split(',').some((tag) => bare(tag) === current);
}

function bare(tag: string): string {
  return tag.trim().replace(/^W\//i, '');
}

/** The ETag of an answer without a change key of its own: a digest of its content. */
export function contentTag(content: string | Uint8Array): string {
  return `W/"${hash('sha1', content, 'base64url')}"`;
}

/**
 * An ETag in the form that the request asks for, by level of metadata, type of bodies and zone: each form is a
 * representation of its own. If-Match ignores the form (`checkIfMatch`).
 */
export function formTag(request: HonoRequest, etag: string): string {
  const level = metadataLevelOf(request.header('accept') ?? '');
  const { bodyContentType, timeZone } = readPrefer(request.header('prefer'));
  const zone = timeZone === undefined || timeZone.name === 'UTC' ? undefined : encodeURIComponent(timeZone.name);
  const form = [level === 'minimal' ? undefined : level, bodyContentType, zone].filter((part) => part !== undefined);
  return form.length === 0 ? etag : etag.replace(/"$/, `;${form.join(';')}"`);
}
