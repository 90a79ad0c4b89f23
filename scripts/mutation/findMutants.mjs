/** Finds the small faults that can be planted in a source file: one changed operator, condition, value or call each. */
import { parseSync, traverse, types as t } from '@babel/core';

const opposites = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '-': ['+'],
  '+': ['-'],
  '&&': ['||'],
  '||': ['&&'],
};
const callOpposites = { some: 'every', every: 'some', min: 'max', max: 'min', toReversed: 'slice', floor: 'ceil' };
/** Calls whose result may be replaced by what they were called on. */
const filters = new Set(['filter', 'slice', 'toSorted', 'trim', 'toLowerCase', 'toReversed', 'concat']);

const isText = (node) =>
  t.isTemplateLiteral(node) ||
  (t.isBinaryExpression(node, { operator: '+' }) && (isText(node.left) || isText(node.right))) ||
  t.isStringLiteral(node);

/** Words for people: a change of them is no change of behaviour that a test should hold. */
const isSentence = (value) => /\s/.test(value.trim());

/** The replacements of one node: pairs of a name of the kind and the new text. */
function replacements(node, parent, text) {
  const source = (part) => text.slice(part.start, part.end);
  if (t.isBinaryExpression(node) || t.isLogicalExpression(node)) {
    const { left, right, operator } = node;
    if (operator === '??')
      return [
        ['??', `(${source(right)})`],
        ['??', `(${source(left)})`],
      ];
    if (operator === '+' && (isText(left) || isText(right))) return [];
    return (opposites[operator] ?? []).map((other) => [operator, `((${source(left)}) ${other} (${source(right)}))`]);
  }
  if (t.isUnaryExpression(node, { operator: '!' })) return [['!', `!!(${source(node.argument)})`]];
  if (t.isBooleanLiteral(node)) return [['boolean', String(!node.value)]];
  if (t.isNumericLiteral(node)) return [['number', String(node.value + 1)]];
  if (t.isStringLiteral(node)) {
    if (isSentence(node.value)) return [];
    return [['string', node.value === '' ? "'mutant'" : "''"]];
  }
  if (t.isArrayExpression(node) && node.elements.length > 0) return [['array', '[]']];
  if (t.isCallExpression(node) && t.isMemberExpression(node.callee) && t.isIdentifier(node.callee.property)) {
    const { object, property } = node.callee;
    const found = [];
    const other = callOpposites[property.name];
    if (other !== undefined) found.push(['method', `${source(object)}.${other}${text.slice(property.end, node.end)}`]);
    if (filters.has(property.name)) found.push(['method', `(${source(object)})`]);
    if (t.isExpressionStatement(parent)) found.push(['call', 'undefined']);
    return found;
  }
  if (t.isExpressionStatement(parent) && (t.isCallExpression(node) || t.isAssignmentExpression(node)))
    return [['call', 'undefined']];
  return [];
}

/** Whether a condition can be held true or false without a loop that never ends. */
const isCondition = ({ key, parent }) =>
  key === 'test' && (t.isIfStatement(parent) || t.isConditionalExpression(parent));

const skipped = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'TSEnumDeclaration', 'Decorator']);

/** A literal that is a name or a type, not a value. */
function isNoValue(path) {
  const { parent, key } = path;
  if (parent.type.startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)/.test(parent.type)) return true;
  if (t.isDirectiveLiteral(path.node) || t.isExportNamedDeclaration(parent) || t.isImportExpression(parent))
    return true;
  if (t.isCallExpression(parent) && t.isImport(parent.callee)) return true;
  return (key === 'key' && !parent.computed) || t.isTaggedTemplateExpression(parent);
}

/** Parses TypeScript. */
export function parse(text, file) {
  return parseSync(text, {
    filename: file,
    babelrc: false,
    configFile: false,
    parserOpts: { plugins: ['typescript', ...(file.endsWith('x') ? ['jsx'] : [])] },
  });
}

/**
 * Every fault of a file: where its expression begins and ends, the text that takes its place, the line, the kind, and
 * whether it is in a function (other code runs once, when the file is imported).
 */
export function findMutants(text, file) {
  const mutants = [];
  traverse(parse(text, file), {
    enter(path) {
      const { node, parent } = path;
      if (skipped.has(node.type) || node.type.startsWith('TSType') || node.type.startsWith('TSInterface')) {
        path.skip();
        return;
      }
      if (!t.isExpression(node) || isNoValue(path)) return;
      const all = replacements(node, parent, text);
      if (isCondition(path)) all.push(['condition', 'true'], ['condition', 'false']);
      const isInFunction = path.getFunctionParent() !== null;
      for (const [kind, replacement] of all)
        mutants.push({ start: node.start, end: node.end, replacement, kind, line: node.loc.start.line, isInFunction });
    },
  });
  return mutants;
}

/**
 * The file with calls of `threefoldReached` around the given places and at the start of every function, which say what a test
 * runs. Nothing else changes.
 */
export function markReached(text, file, mutants) {
  const marks = [];
  const around = (start, end, id) =>
    marks.push(
      { at: start, end, text: `(globalThis.threefoldReached(${JSON.stringify(id)}), (` },
      { at: end, start, text: '))' },
    );
  traverse(parse(text, file), {
    Function({ node }) {
      if (!t.isBlockStatement(node.body)) {
        around(node.body.start, node.body.end, file);
        return;
      }
      const at = node.body.directives.at(-1)?.end ?? node.body.start + 1;
      marks.push({ at, end: at, text: `globalThis.threefoldReached(${JSON.stringify(file)});` });
    },
  });
  for (const { start, end, id } of mutants) around(start, end, id);
  // At one place: first what ends there, inner before outer; then what begins, outer before inner.
  const rank = (mark) => (mark.start === undefined ? 1 : 0);
  const ordered = marks.toSorted(
    (a, b) => a.at - b.at || rank(a) - rank(b) || (rank(a) === 0 ? b.start - a.start : b.end - a.end),
  );
  let marked = '';
  let from = 0;
  for (const { at, text: mark } of ordered) {
    marked += text.slice(from, at) + mark;
    from = at;
  }
  return marked + text.slice(from);
}
