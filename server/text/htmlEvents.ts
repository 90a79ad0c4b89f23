import { QuoteType, Tokenizer } from 'htmlparser2';

export type HtmlHandler = {
  open: (name: string, attributes: Readonly<Partial<Record<'href' | 'alt', string>>>) => void;
  text: (text: string) => void;
  close: (name: string) => void;
};

const voidTags = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);
const foreignTags = new Set(['svg', 'math']);

const noEnds: ReadonlySet<string> = new Set();

/** The elements that an opening tag closes when they are open (HTML, "optional tags"). */
const impliedEnds: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['tr', new Set(['tr', 'th', 'td'])],
  ['th', new Set(['th', 'td'])],
  ['td', new Set(['th', 'td'])],
  ['a', new Set(['a'])],
  ['body', new Set(['head', 'link', 'script'])],
  ['li', new Set(['li'])],
  ['dd', new Set(['dd', 'dt'])],
  ['dt', new Set(['dd', 'dt'])],
  ...(
    'p address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul ' +
    'h1 h2 h3 h4 h5 h6'
  )
    .split(' ')
    .map((name) => [name, new Set(['p'])] as const),
]);

/**
 * Reads HTML as opening and closing elements in linear time at any depth: an end tag checks a counter for an open
 * element, where the library's own parser searches the stack.
 */
export function readHtmlEvents(html: string, handler: HtmlHandler): void {
  const open: string[] = [];
  const counts = new Map<string, number>();
  let foreign = 0;
  let name = '';
  let attributeName = '';
  let attributes: { href?: string; alt?: string } = {};

  function pop(): void {
    const last = open.pop();
    if (last === undefined) return;
    counts.set(last, (counts.get(last) ?? 1) - 1);
    if (foreignTags.has(last)) foreign -= 1;
    handler.close(last);
  }

  function opened(isSelfClosing: boolean): void {
    const ends = impliedEnds.get(name) ?? noEnds;
    while (ends.has(open.at(-1) ?? '')) pop();
    handler.open(name, attributes);
    if (voidTags.has(name)) {
      handler.close(name);
      return;
    }
    open.push(name);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (foreignTags.has(name)) foreign += 1;
    if (isSelfClosing && foreign > 0) pop();
  }

  function closed(ended: string): void {
    if ((counts.get(ended) ?? 0) > 0) {
      while (open.at(-1) !== ended) pop();
      pop();
    } else if (ended === 'p' || ended === 'br') {
      handler.open(ended, {});
      handler.close(ended);
    }
  }

  const addToAttribute = (text: string) => {
    if (attributeName === 'href' || attributeName === 'alt')
      attributes[attributeName] = (attributes[attributeName] ?? '') + text;
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase();
        attributes = {};
      },
      onopentagend: () => opened(false),
      onselfclosingtag: () => opened(true),
      onclosetag: (start, end) => closed(html.slice(start, end).toLowerCase()),
      onattribname(start, end) {
        const attribute = html.slice(start, end).toLowerCase();
        // The first of two equal attributes counts.
        attributeName = Object.hasOwn(attributes, attribute) ? '' : attribute;
      },
      onattribdata: (start, end) => addToAttribute(html.slice(start, end)),
      onattribentity: (code) => addToAttribute(String.fromCodePoint(code)),
      onattribend(quote: QuoteType) {
        if (quote === QuoteType.NoValue) addToAttribute('');
      },
      ontext: (start, end) => handler.text(html.slice(start, end)),
      ontextentity: (code) => handler.text(String.fromCodePoint(code)),
      oncdata: (start, end, offset) => {
        if (foreign > 0) handler.text(html.slice(start, end - offset));
      },
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
      isInForeignContext: () => foreign > 0,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  while (open.length > 0) pop();
}

function nothing(): void {
  // Comments and declarations are not text.
}
