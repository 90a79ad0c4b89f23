import { fileExtension } from '../../../../domain/task/fileName.ts';

/** How a file can be looked at here. Pictures, sounds and films carry the type that the browser is told, never the one that came. */
export type PreviewKind = { kind: 'image' | 'audio' | 'video'; type: string } | { kind: 'pdf' | 'text' };

const images: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  // Drawn by <img>, which runs and loads nothing in it.
  svg: 'image/svg+xml',
};
const sounds: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  weba: 'audio/webm',
};
const films: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  // As phones film; most of them hold what an MP4 holds.
  mov: 'video/quicktime',
  webm: 'video/webm',
  ogv: 'video/ogg',
};
const texts = new Set(
  (
    'txt text md markdown csv tsv log json xml yaml yml toml ini cfg conf html htm css js mjs ts tsx jsx py rb rs go java c h cpp ' +
    'cs php sh bat ps1 sql tex srt vtt diff patch ics vcf eml'
  ).split(' '),
);

/** By what the file says it is, and where it says nothing or too little by its name. Null for what is only saved. */
export function previewKind(name: string, contentType: string | null): PreviewKind | null {
  const ending = fileExtension(name);
  const said = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const image = typeOf(images, said, ending);
  if (image !== undefined) return { kind: 'image', type: image };
  const sound = typeOf(sounds, said, ending);
  if (sound !== undefined) return { kind: 'audio', type: sound };
  const film = typeOf(films, said, ending);
  if (film !== undefined) return { kind: 'video', type: film };
  if (said === 'application/pdf' || (isVague(said) && ending === 'pdf')) return { kind: 'pdf' };
  if (said.startsWith('text/') || isTextual(said) || (isVague(said) && texts.has(ending))) return { kind: 'text' };
  return null;
}

function typeOf(types: Readonly<Record<string, string>>, said: string, ending: string): string | undefined {
  const named =
    said === 'image/jpg'
      ? 'image/jpeg'
      : said === 'audio/mp3'
        ? 'audio/mpeg'
        : said === 'video/x-m4v'
          ? 'video/mp4'
          : said.replace('/x-', '/');
  const known = Object.values(types).find((type) => type === said || type === named);
  return known ?? (isVague(said) && Object.hasOwn(types, ending) ? types[ending] : undefined);
}

const isVague = (said: string) => said === '' || said === 'application/octet-stream' || said === 'binary/octet-stream';
const isTextual = (said: string) =>
  /^application\/(?:json|xml|javascript|ecmascript|x-sh|x-yaml|yaml|toml|sql|xhtml\+xml)$|\+(?:json|xml)$/.test(said) ||
  said === 'message/rfc822';
