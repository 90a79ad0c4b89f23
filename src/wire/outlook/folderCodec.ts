import * as v from 'valibot';
import type { NamePatch, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Codec, Spelling } from '../dialect.ts';
import { limits } from '../../domain/limits.ts';
import { booleanSchema, checkLength, isObject, readValue, readMembers, textSchema, WireError } from '../jsonReader.ts';

/** The names in which folders and groups differ on the wire (docs/protocol.md#folders-and-groups). */
type Heading = { type: 'TaskFolder' | 'TaskGroup'; isDefault: string; groupKey: string };

const name = v.pipe(textSchema, v.trim(), v.nonEmpty());

/** The codec of TaskFolder and TaskGroup: four members in responses, of which only the name is writable. */
export function folderCodec(heading: Heading, spelling: Spelling): Codec<TaskFolder & TaskGroup, Partial<NamePatch>> {
  const members = ['Id', 'ChangeKey', heading.isDefault, 'Name', heading.groupKey];
  return {
    decode(json) {
      const values = readMembers(json, heading.type, members, { path: '', reading: { spelling, isRequest: false } });
      return {
        id: readValue(textSchema, values['Id'], 'Id'),
        changeKey: values['ChangeKey'] === null ? '' : readValue(textSchema, values['ChangeKey'], 'ChangeKey'),
        isDefault:
          values[heading.isDefault] === null
            ? false
            : readValue(booleanSchema, values[heading.isDefault], heading.isDefault),
        name: values['Name'] === null ? '' : readValue(textSchema, values['Name'], 'Name'),
        groupKey: readValue(textSchema, values[heading.groupKey], heading.groupKey),
      };
    },
    encode: (value) => ({
      [spelling.member('Id')]: value.id,
      [spelling.member('ChangeKey')]: value.changeKey,
      [spelling.member(heading.isDefault)]: value.isDefault,
      [spelling.member('Name')]: value.name,
      [spelling.member(heading.groupKey)]: value.groupKey,
    }),
    decodePatch(json) {
      const values = readMembers(json, heading.type, members, { path: '', reading: { spelling, isRequest: true } });
      // A client may PATCH an object as it read it; read-only members are ignored (docs/protocol.md#task).
      if (isObject(json) && !(spelling.member('Name') in json)) return {};
      const parsed = v.safeParse(name, values['Name']);
      if (parsed.success) checkLength(parsed.output, spelling.member('Name'), limits.placeName);
      if (parsed.success) return { name: parsed.output };
      throw new WireError('ErrorInvalidRequest', `A ${spelling.type(heading.type)} needs a name.`, 'Name');
    },
    encodePatch: (patch) => (patch.name === undefined ? {} : { [spelling.member('Name')]: patch.name }),
  };
}
