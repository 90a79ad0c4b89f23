import { expect, test } from 'vitest';
import { previewKind } from './previewKind.ts';

test.each([
  ['a.png', 'image/png', 'image'],
  ['a', 'image/jpg', 'image'],
  ['a.JPG', null, 'image'],
  ['drawing.svg', 'image/svg+xml', 'image'],
  ['a.pdf', 'application/octet-stream', 'pdf'],
  ['a', 'application/pdf; name=a', 'pdf'],
  ['a.mp3', 'audio/mp3', 'audio'],
  ['a.wav', 'audio/x-wav', 'audio'],
  ['clip.mov', null, 'video'],
  ['clip', 'video/mp4; codecs=avc1', 'video'],
  ['a.m4v', 'video/x-m4v', 'video'],
  ['tape.avi', 'video/x-msvideo', undefined],
  ['page.html', 'text/html', 'text'],
  ['a.json', 'application/json', 'text'],
  ['notes.md', '', 'text'],
  ['a.exe', 'application/octet-stream', undefined],
  ['photo.png', 'application/x-msdownload', undefined],
  ['a.zip', 'application/zip', undefined],
  ['constructor', null, undefined],
  ['a.constructor', null, undefined],
])('%s said to be %s is shown as %s', (name, contentType, kind) => {
  expect(previewKind(name, contentType)?.kind).toBe(kind);
});

test('the browser is told a type of ours, never the one that came', () => {
  expect(previewKind('a.jpg', 'image/jpg')).toEqual({ kind: 'image', type: 'image/jpeg' });
  expect(previewKind('a', 'image/svg+xml;x=text/html')).toEqual({ kind: 'image', type: 'image/svg+xml' });
});
