import { transformAsync } from '@babel/core';
import { expect, test } from 'vitest';
import { sourceMessages } from '../vitePlugins/sourceMessages.ts';

const macro = ['@lingui/babel-plugin-lingui-macro', { descriptorFields: 'message' }];

async function built(code) {
  const options = { plugins: [macro, sourceMessages], parserOpts: { plugins: ['jsx'] }, configFile: false };
  const { code: result } = await transformAsync(code, { ...options, filename: 'sample.tsx' });
  return result.replaceAll(/\s+/g, ' ');
}

test('a build keeps the English message of a macro, compiled', async () => {
  const code = await built(`import { msg, plural } from '@lingui/core/macro';
    export const label = (name, count) => msg\`Delete “\${name}” and \${plural(count, { one: '# task', other: '# tasks' })}?\`;`);
  expect(code).toContain('message: ["Delete \\u201C", ["name"], "\\u201D and ", ["count", "plural", {');
});

test('a build keeps the English message of a component, compiled', async () => {
  const code = await built(`import { Trans } from '@lingui/react/macro';
    export const Line = ({ name }) => <Trans>Read <b>{name}</b></Trans>;`);
  expect(code).toContain('message: ["Read <0>", ["name"], "</0>"]');
});

test('fields called message elsewhere stay', async () => {
  const code = await built(`import { t } from '@lingui/core/macro';
    export const text = () => t\`Close\`; export const error = { id: name, message: 'No {name}' };`);
  expect(code).toContain("message: 'No {name}'");
});
