import type { PluginObj, types as BabelTypes } from '@babel/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';

/**
 * Compiles the English message that each use of Lingui's macros carries, as a catalog's messages are compiled. The built
 * app then needs neither an English catalog nor a parser, and a chunk brings the words of its own code
 * (docs/decisions/0062-words-beside-their-code.md).
 */
export function sourceMessages({ types: t }: { types: typeof BabelTypes }): PluginObj {
  const compiled = (message: string) => t.valueToNode(compileMessage(message));
  return {
    name: 'threefold:source-messages',
    visitor: {
      Program: {
        // Lingui's macros are compiled when the program is entered.
        exit(program) {
          program.traverse({
            ObjectExpression({ node }) {
              const fields = node.properties.filter((field) => t.isObjectProperty(field));
              const named = (name: string) => fields.find(({ key }) => t.isIdentifier(key, { name }));
              const message = named('message');
              if (message === undefined || !t.isStringLiteral(named('id')?.value)) return;
              if (t.isStringLiteral(message.value)) message.value = compiled(message.value.value);
            },
          });
        },
      },
    },
  };
}
