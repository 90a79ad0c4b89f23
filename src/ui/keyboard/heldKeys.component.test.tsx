import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { holdKeys } from './heldKeys.ts';

let pressed: string[];
const stops: (() => void)[] = [];

/** Records the key presses that reach the page, with the id of the focused element. */
function remember({ key, target }: KeyboardEvent) {
  pressed.push(`${key} in ${target instanceof Element ? target.id : 'nothing'}`);
}

beforeEach(() => {
  pressed = [];
  document.body.addEventListener('keydown', remember);
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  document.body.removeEventListener('keydown', remember);
});

/** Adds elements to the page, with the focus in `#start`. */
function put(html: string) {
  const page = document.createElement('div');
  page.innerHTML = `<button id="start" type="button">Start</button>${html}`;
  document.body.append(page);
  onTestFinished(() => page.remove());
  byId('start').focus();
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`There is no #${id}`);
  return element;
}

function field(id: string): HTMLInputElement | HTMLTextAreaElement {
  const element = byId(id);
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element;
  throw new Error(`#${id} is no field`);
}

/** Holds keys for a surface that takes the focus when the test says so. */
function waitFor(id: string, onCancel?: () => void) {
  let isHere = false;
  const isThere = () => {
    if (isHere) byId(id).focus();
    return isHere;
  };
  const stop = holdKeys(onCancel === undefined ? { isThere } : { isThere, onCancel });
  stops.push(stop);
  return { stop, arrive: () => void (isHere = true) };
}

/** Types before the surface is rendered. */
async function typeAhead(id: string, keys: string) {
  const { arrive } = waitFor(id);
  await userEvent.keyboard(keys);
  arrive();
}

const selection = (id: string) => {
  const { selectionStart, selectionEnd, selectionDirection } = field(id);
  return [selectionStart, selectionEnd, selectionDirection];
};

describe('keys pressed before a surface is rendered', () => {
  test('reach no other element, and the surface in order', async () => {
    put('<div id="menu" tabindex="-1"></div>');
    const { arrive } = waitFor('menu');
    await userEvent.keyboard('aB?{ArrowDown}{PageDown}{Escape}{Enter}');
    expect(pressed).toEqual([]);
    arrive();
    const keys = ['a', 'B', '?', 'ArrowDown', 'PageDown', 'Escape', 'Enter'];
    await expect.poll(() => pressed).toEqual(keys.map((key) => `${key} in menu`));
  });

  test('type, delete and break lines in a text area, and Undo reverts that', async () => {
    put('<textarea id="text"></textarea>');
    await typeAhead('text', 'ab c{Enter}c{Backspace}d{ArrowLeft}{Delete}');
    await expect.poll(() => field('text').value).toBe('ab c\n');
    await typeAhead('text', 'x{Control>}z{/Control}');
    await expect.poll(() => pressed.at(-1)).toBe('z in text');
    await expect.poll(() => field('text').value).not.toContain('x');
  });

  test('Enter submits the form of an input', async () => {
    put('<form id="form"><input id="text"></form>');
    const submit = vi.fn<(event: Event) => void>((event) => event.preventDefault());
    byId('form').addEventListener('submit', submit);
    await typeAhead('text', 'ab{Enter}');
    await expect.poll(() => submit.mock.calls.length).toBe(1);
    expect(field('text').value).toBe('ab');
  });

  test('Enter and Space press a button', async () => {
    put('<button id="ok" type="button">OK</button>');
    const press = vi.fn<() => void>();
    byId('ok').addEventListener('click', press);
    await typeAhead('ok', '{Enter} ');
    await expect.poll(() => press.mock.calls.length).toBe(2);
  });

  test('Tab and Shift Tab move the focus', async () => {
    put(`<div id="dialog" tabindex="-1"><button type="button" disabled>Off</button><button type="button" hidden>Hidden</button>
      <input id="first" value="one"><div inert><button type="button">Inert</button></div><button id="second" type="button">Two</button></div>`);
    await typeAhead('dialog', '{Tab}x{Tab}');
    await expect.poll(() => document.activeElement?.id).toBe('second');
    expect(field('first').value).toBe('x');
    await typeAhead('second', '{Shift>}{Tab}{/Shift}y');
    await expect.poll(() => field('first').value).toBe('y');
  });

  test('arrow keys, Home and End move the caret of a field, with Shift they select', async () => {
    put('<input id="text">');
    await typeAhead('text', 'abcd{Home}{ArrowRight}x{End}{ArrowLeft}y');
    await expect.poll(() => field('text').value).toBe('axbcyd');
    await typeAhead('text', '{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}');
    await expect.poll(() => selection('text')).toEqual([3, 5, 'backward']);
    await typeAhead('text', '{ArrowLeft}');
    await expect.poll(() => selection('text').slice(0, 2)).toEqual([3, 3]);
    await typeAhead('text', '{Shift>}{End}{/Shift}');
    await expect.poll(() => selection('text')).toEqual([3, 6, 'forward']);
  });

  test('arrow keys move the caret between the lines of a text area and in formatted text', async () => {
    put('<textarea id="text">one\ntwo</textarea><div id="rich" contenteditable="true">ab</div>');
    field('text').setSelectionRange(7, 7);
    await typeAhead('text', '{ArrowUp}x{ArrowDown}y');
    await expect.poll(() => field('text').value).toBe('onex\ntwoy');
    await typeAhead('rich', '{ArrowRight}x');
    await expect.poll(() => byId('rich').textContent).toBe('axb');
  });

  test('arrow keys choose among radio buttons', async () => {
    put(
      '<input type="radio" name="r" id="one" checked><input type="radio" name="r" id="two"><button id="after">.</button>',
    );
    await typeAhead('one', '{ArrowDown}');
    await expect.poll(() => document.querySelector<HTMLInputElement>('#two')?.checked).toBe(true);
    expect(document.activeElement?.id).toBe('two');
    await typeAhead('two', '{ArrowRight}{ArrowLeft}{Tab}');
    await expect.poll(() => document.activeElement?.id).toBe('after');
  });

  test('arrow and page keys scroll where nothing else handles them', async () => {
    put('<div id="box" tabindex="-1" style="height: 100px; overflow: auto"><div style="height: 1000px"></div></div>');
    await typeAhead('box', '{ArrowDown}');
    await expect.poll(() => byId('box').scrollTop).toBe(40);
    await typeAhead('box', '{End}');
    await expect.poll(() => byId('box').scrollTop).toBe(900);
    await typeAhead('box', '{PageUp}');
    await expect.poll(() => Math.round(byId('box').scrollTop)).toBe(813);
  });

  test('Ctrl A selects the content of the field', async () => {
    put('<input id="text" value="abc">');
    await typeAhead('text', '{Control>}a{/Control}x');
    await expect.poll(() => field('text').value).toBe('x');
  });

  test('have no default action where a listener prevents it', async () => {
    put('<textarea id="text"></textarea>');
    byId('text').addEventListener('keydown', (event) => event.preventDefault());
    await typeAhead('text', 'b{Tab}{Control>}a{/Control}');
    await expect.poll(() => pressed.at(-1)).toBe('a in text');
    await expect.poll(() => pressed).toContain('Tab in text');
    expect(field('text').value).toBe('');
    expect(document.activeElement?.id).toBe('text');
  });

  test('wait for a surface that one of them opens', async () => {
    put('<div id="menu" tabindex="-1"></div><input id="text">');
    let second: ReturnType<typeof waitFor> | undefined;
    byId('menu').addEventListener('keydown', () => (second = waitFor('text')));
    await typeAhead('menu', 'oab');
    await expect.poll(() => pressed).toEqual(['o in menu']);
    await expect.poll(() => second).toBeDefined();
    await userEvent.keyboard('c');
    second?.arrive();
    await expect.poll(() => field('text').value).toBe('abc');
  });
});

describe('keys that cannot be replayed', () => {
  test('are not held', async () => {
    put('<div id="menu" tabindex="-1"></div>');
    waitFor('menu');
    await userEvent.keyboard('{Insert}{F2}{Shift}{Control>}b{/Control}{Alt>}{ArrowUp}{/Alt}');
    expect(pressed.filter((one) => !/^(Control|Alt) /.test(one))).toEqual(
      ['Insert', 'F2', 'Shift', 'b', 'ArrowUp'].map((key) => `${key} in start`),
    );
  });
});

describe('waiting ends', () => {
  test('on Escape, which cancels it and drops the keys', async () => {
    put('<input id="text">');
    const onCancel = vi.fn<() => void>();
    waitFor('text', onCancel);
    await userEvent.keyboard('ab{Escape}');
    expect(onCancel).toHaveBeenCalledOnce();
    await userEvent.keyboard('c');
    expect(pressed).toEqual(['c in start']);
  });

  test('when its opener ends it, which drops the keys', async () => {
    put('<input id="text">');
    const { stop } = waitFor('text');
    await userEvent.keyboard('ab');
    stop();
    await userEvent.keyboard('c');
    expect(pressed).toEqual(['c in start']);
  });

  test('on a pointer press', async () => {
    put('<input id="text">');
    waitFor('text');
    await userEvent.keyboard('ab');
    await userEvent.click(byId('text'));
    await userEvent.keyboard('c');
    expect(field('text').value).toBe('c');
  });

  test('fifteen seconds after the last key, however many frames are drawn', async () => {
    put('<input id="text">');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    waitFor('text');
    vi.advanceTimersByTime(14_999);
    await userEvent.keyboard('a');
    expect(pressed).toEqual([]);
    waitFor('text');
    vi.advanceTimersByTime(14_999);
    await userEvent.keyboard('b');
    expect(pressed).toEqual([]);
    vi.advanceTimersByTime(1);
    await userEvent.keyboard('c');
    expect(pressed).toEqual(['c in start']);
  });
});
