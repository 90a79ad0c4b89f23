import { readIcal } from '../src/wire/files/ical/icalReader.ts';
import { readCsv } from '../src/wire/files/csv/csv.ts';
import { readJson } from '../src/wire/files/threefoldJson.ts';
import { readEvents } from '../src/wire/files/eventReader.ts';
import { readContacts } from '../src/wire/files/contactReader.ts';
import { decodeFile } from '../src/wire/files/textEncoding.ts';
import { readMessage } from '../src/wire/files/messageReader.ts';
import { parsePath, readOptions } from '../src/wire/odata/odata.ts';
import { readPrefer } from '../src/wire/odata/preferHeader.ts';
import { outlookRest } from '../src/wire/outlook/outlookDialects.ts';
import { attachmentCodec } from '../src/wire/outlook/attachmentCodec.ts';
import { parseDateTime } from '../src/domain/time/time.ts';
import { splitNotes, withItemMoved, withItemRemoved, withItemsAdded } from '../src/domain/notes/checklistEdit.ts';
import { parseChecklist } from '../src/domain/notes/checklistParser.ts';
import { parseDay, parseText } from '../src/domain/naturalLanguage/parser.ts';
import { isWithinBudget } from '../src/domain/notes/htmlBudget.ts';
import { plainTextOf } from '../src/domain/notes/htmlTokens.ts';
import { cutFileName, safeFileName } from '../src/domain/task/fileName.ts';
import { cutSubject, fitTask } from '../src/domain/task/fitTask.ts';
import { foldText, normalizeText } from '../src/domain/text/foldText.ts';
import { joinLines } from '../src/domain/text/trimText.ts';
import { findUrls } from '../src/ui/html/findUrls.ts';
import { embedInlineImages, findInlineImageIds } from '../src/features/task-editor/notes/inlineImages.ts';
import { parsePastedLines } from '../src/features/task-list/quick-add/pastedLines.ts';
import { contactName, messageSubject } from '../src/features/share-target/tasksFromFile.ts';
import { taskFromShare } from '../src/features/share-target/tasksFromShare.ts';
import { createBase64Decoder } from '../server/attachments/base64.ts';
import { invalidRequest } from '../server/config/appError.ts';
import { decodeDeltaToken } from '../server/feed/deltaToken.ts';
import { readJsonBatch } from '../server/batch/batchBody.ts';
import { boundaryIn, readMultipartBatch } from '../server/batch/batchMultipart.ts';
import { metadataLevelOf } from '../server/http/responseFormat.ts';
import { normalizeAddress } from '../server/identity/accounts.ts';
import { parseFilter } from '../server/query/filterParser.ts';
import { tokensOf } from '../server/query/filterTokens.ts';
import { parseSearchTerms } from '../server/search/searchTerms.ts';
import { snippetIn } from '../server/search/snippets.ts';
import { htmlToText, textToHtml } from '../server/text/htmlText.ts';

export type Entrance = {
  name: string;
  run: (text: string) => unknown;
  /** The start of the text, without which it would be skipped. */
  prefix?: string;
};

const groups: readonly (readonly string[])[] = [
  [
    'a',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '1',
    'é',
    '-',
    '.',
    '=',
    '/',
    '%',
    '\\',
    '(',
    "'",
    '"',
    '“',
    ',',
    ';',
    ':',
    '&#',
    '&amp;',
  ],
  [
    '<',
    '<a',
    '<a ',
    '<a "',
    '<a \'"',
    '</x>',
    '<b>',
    '<p>x',
    '<!--',
    '<script>',
    '<td>',
    '<a href=x>',
    '<li>☐ x</li>',
    '<a"<a""',
  ],
  [
    '☐ x\n',
    '☐',
    '\u0301',
    '\u0301\u0323',
    'a\u0301',
    '\u2028',
    '#c ',
    '!high ',
    '^fri ',
    'every ',
    'on 1 ',
    'http://a ',
    'https://a("',
  ],
  [
    'cid:',
    '=?u?q?a?=',
    '=?',
    'a,',
    '"",',
    'FN;',
    'FN;\u2028',
    'SUMMARY:a\r\n',
    'BEGIN:VTODO\r\n',
    'a@b ',
    'a eq 1 or ',
    'outlook.x="',
    'a=1&',
  ],
  [
    'EXDATE:20260601,20260602\r\n',
    'BEGIN:VTODO\r\nUID:1\r\nRECURRENCE-ID:20260601\r\nEND:VTODO\r\n',
    'BEGIN:VALARM\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n',
    'BEGIN:STANDARD\r\nDTSTART:20260601T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n',
    'END:A\r\nBEGIN:B\r\n',
    'NOTE;QUOTED-PRINTABLE:=41=\r\n',
    '\r\n a',
    'task,A,1,2\r\n',
    'A,A,A,FREQ=DAILY\r\n',
  ],
];

/** Pieces that were slow in some parser, each repeated to the length. */
export const pieces: readonly string[] = groups.flat();

const html = (content: string) => ({ contentType: 'html', content }) as const;
const plain = (content: string) => ({ contentType: 'text', content }) as const;
const refuse = (message: string) => invalidRequest(message);
const context = {
  now: '2026-03-18T10:00:00.000',
  locale: 'en-GB',
  preferred: ['de', 'fr'],
  firstDayOfWeek: 'monday',
} as const;
const { task, folder } = outlookRest;
const attachment = attachmentCodec(outlookRest.spelling);
const vtodo = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:';

const vtodoEnd = 'END:VTODO\r\nEND:VCALENDAR\r\n';
const vtodoSeries = 'a\r\nDUE;VALUE=DATE:20260601\r\nRRULE:FREQ=DAILY\r\nEND:VTODO\r\n';
const vtimezone = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:A\r\n';
const zonedTodo = 'BEGIN:VTODO\r\nDUE;TZID=A:20260601T090000\r\nEND:VTODO\r\n'.repeat(20);

/** Every function that reads untrusted text of a request, a file, the clipboard or a body. */
export const entrances: readonly Entrance[] = [
  { name: 'fold: foldText', run: foldText },
  { name: 'fold: NFKD', run: (text) => normalizeText(text, 'NFKD') },
  { name: 'fold: address', run: normalizeAddress },
  { name: 'html: to text', run: htmlToText },
  { name: 'html: to text, nested', run: htmlToText, prefix: '<b>'.repeat(3_000) },
  { name: 'html: from text', run: textToHtml },
  { name: 'html: budget', run: isWithinBudget },
  { name: 'html: words', run: plainTextOf },
  { name: 'html: pictures', run: findInlineImageIds },
  { name: 'html: pictures put in', run: (text) => embedInlineImages(text, new Map()) },
  { name: 'checklist: html', run: (text) => parseChecklist(html(text)), prefix: '<p>☐ x</p>' },
  { name: 'checklist: text', run: (text) => parseChecklist(plain(text)), prefix: '☐ x\n' },
  { name: 'checklist: moved', run: (text) => withItemMoved(html(text), 0, 1), prefix: '<li>☐ a</li><li>☐ b</li>' },
  { name: 'checklist: added', run: (text) => withItemsAdded(html(text), null, ['x']) },
  { name: 'checklist: removed', run: (text) => withItemRemoved(html(text), 0), prefix: '<ul><li>☐ a</li></ul>' },
  { name: 'checklist: notes', run: (text) => [splitNotes(html(text)), splitNotes(plain(text))], prefix: '☐ a' },
  { name: 'editor: addresses', run: findUrls },
  { name: 'editor: subject', run: (text) => [joinLines(text), cutSubject(text), fitTask({ subject: text })] },
  { name: 'quick add: lines', run: parsePastedLines },
  { name: 'quick add: words', run: (text) => parseText(text, context) },
  { name: 'quick add: a day', run: (text) => parseDay(text, context) },
  { name: 'file: name', run: (text) => [safeFileName(text, 'x'), cutFileName(text)] },
  { name: 'file: csv', run: (text) => readCsv(text, { zone: 'UTC', dayFirst: true }), prefix: 'Subject,Notes\r\n' },
  { name: 'file: calendar', run: (text) => readIcal(text, { zone: 'UTC' }), prefix: vtodo },
  { name: 'file: calendar, one task', run: (text) => readIcal(`${vtodo}${text}\r\n${vtodoEnd}`, { zone: 'UTC' }) },
  {
    name: 'file: calendar, series',
    run: (text) => readIcal(`${vtodo}${vtodoSeries}${text}\r\nEND:VCALENDAR`, { zone: 'UTC' }),
  },
  {
    name: 'file: calendar, zone',
    run: (text) => readIcal(`${vtimezone}${text}\r\nEND:VTIMEZONE\r\n${zonedTodo}END:VCALENDAR`, { zone: 'UTC' }),
  },
  { name: 'file: encoding', run: (text) => decodeFile(Buffer.from(text, 'latin1'), 'en'), prefix: '\u00e9 ' },
  { name: 'file: octets', run: (text) => decodeFile(Buffer.from(text, 'latin1'), 'en'), prefix: 'BEGIN:VCARD\n\u00e9' },
  {
    name: 'file: todoist',
    run: (text) => readCsv(text, { zone: 'UTC', dayFirst: true }),
    prefix: 'TYPE,CONTENT,PRIORITY,INDENT\r\ntask,A,1,1\r\n',
  },
  {
    name: 'file: ticktick',
    run: (text) => readCsv(text, { zone: 'UTC', dayFirst: true }),
    prefix: 'List Name,Title,Content,Repeat\r\n',
  },
  { name: 'file: json', run: readJson, prefix: '{"format":"' },
  { name: 'file: events', run: (text) => readEvents(text, { zone: 'UTC' }), prefix: vtodo.replace('VTODO', 'VEVENT') },
  { name: 'file: contacts', run: readContacts, prefix: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:' },
  {
    name: 'file: message',
    run: (text) => readMessage(new Blob([text])),
    prefix: 'Subject: x\r\nContent-Type: text/html\r\n\r\n',
  },
  { name: 'share: subject', run: messageSubject, prefix: 'Subject: ' },
  { name: 'share: contact', run: contactName },
  { name: 'share: text', run: (text) => taskFromShare({ title: '', text, url: '' }, []) },
  { name: 'request: task', run: (text) => task.decodePatch({ Subject: text }) },
  { name: 'request: body', run: (text) => task.decodePatch({ Body: { Content: text } }) },
  { name: 'request: unknown name', run: (text) => task.decodePatch({ [text]: 1 }) },
  {
    name: 'request: date',
    run: (text) => [parseDateTime(text), task.decodePatch({ DueDateTime: { DateTime: text } })],
  },
  { name: 'request: folder', run: (text) => folder.decodePatch({ Name: text }) },
  { name: 'request: attachment', run: (text) => attachment.decodeNew({ '@odata.type': text, Name: text }) },
  { name: 'request: base64', run: (text) => createBase64Decoder().push(text) },
  { name: 'request: prefer', run: readPrefer },
  { name: 'request: accept', run: metadataLevelOf },
  { name: 'request: path', run: (text) => parsePath(`/me/${text}`, { suffix: '' }) },
  { name: 'request: options', run: (text) => readOptions(`?$filter=${text}`, { isDollarOptional: true }) },
  { name: 'request: filter', run: parseFilter },
  { name: 'request: filter tokens', run: tokensOf },
  { name: 'request: delta token', run: (text) => decodeDeltaToken({ accountId: 'a', placeId: 'b' }, text) },
  { name: 'request: boundary', run: boundaryIn, prefix: 'multipart/mixed; ' },
  { name: 'request: multipart', run: (text) => readMultipartBatch(text, 'a', refuse), prefix: '--a\r\n' },
  {
    name: 'request: json batch',
    run: (text) => readJsonBatch({ requests: [{ id: text, url: text, method: text }] }, refuse),
  },
  { name: 'search: question', run: parseSearchTerms },
  {
    name: 'search: snippet',
    run: (body) =>
      snippetIn(
        { subject: '', body, categories: '' },
        { terms: ['word here', 'none'], isOpen: true },
        /[\p{L}\p{N}]+/gu,
      ),
  },
];
