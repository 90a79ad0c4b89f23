import type { Dialect } from '../../src/wire/dialect.ts';
import { escapeHtml } from '../text/htmlText.ts';
import { enumerations, primitives, types, type EntityMember, type EntityType } from './entityModel.ts';

/** `$metadata` in CSDL (OData 4.0), and the service document at the root of a dialect. */

type Attributes = Readonly<Record<string, string | undefined>>;

function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const attributeText = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escapeHtml(value)}"`,
  );
  const head = `<${name}${attributeText.join('')}`;
  return children.length === 0 ? `${head}/>` : `${head}>${children.join('')}</${name}>`;
}

const flag = (is: boolean | undefined) => (is === true ? 'true' : undefined);
const isPrimitive = (type: string): boolean => (primitives as readonly string[]).includes(type);

/** The name of a type of the model in a dialect: `TaskStatus`, `taskStatus`, `outlookTask`. */
export function qualifiedTypeName({ spelling, name: dialect }: Dialect, name: string): string {
  if (dialect === 'outlookRest') return name;
  return name in enumerations ? spelling.member(name) : spelling.type(name).replace('microsoft.graph.', '');
}

const mailboxSets: readonly (readonly [name: string, type: string])[] = [
  ['Tasks', 'Task'],
  ['TaskFolders', 'TaskFolder'],
  ['TaskGroups', 'TaskGroup'],
  ['MasterCategories', 'OutlookCategory'],
];

const textMember = (name: string): EntityMember => ({ name, type: 'String', isNullable: true });
const userMembers: readonly EntityMember[] = [
  ...['EmailAddress', 'DisplayName', 'Alias'].map(textMember),
  { name: 'MailboxGuid', type: 'Guid', isNullable: true },
];
const graphUserMembers: readonly EntityMember[] = [
  ...'DisplayName Mail UserPrincipalName GivenName Surname JobTitle OfficeLocation PreferredLanguage MobilePhone'
    .split(' ')
    .map(textMember),
  { name: 'BusinessPhones', type: 'String', isList: true },
];

export function metadataXml(dialect: Dialect): string {
  const isGraph = dialect.name === 'graphBeta';
  const { member, value } = dialect.spelling;
  const namespace = isGraph ? 'microsoft.graph' : 'Microsoft.OutlookServices';
  const local = (name: string) => qualifiedTypeName(dialect, name);
  const whole = (name: string) => (isPrimitive(name) ? `Edm.${name}` : `${namespace}.${local(name)}`);
  const listOf = (name: string) => `Collection(${whole(name)})`;

  const property = ({ name, type, isList, isNullable }: EntityMember) =>
    element('Property', {
      Name: member(name),
      Type: isList === true ? listOf(type) : whole(type),
      Nullable: isNullable === true ? undefined : 'false',
    });
  const link = (name: string, type: string, contains = true) =>
    element('NavigationProperty', { Name: member(name), Type: listOf(type), ContainsTarget: flag(contains) });

  const singleLink = (name: string, type: string) =>
    element('NavigationProperty', { Name: member(name), Type: whole(type), ContainsTarget: 'true' });

  function typeText({ name, kind, base, isAbstract, isOpen, members, links = [], single = [] }: EntityType): string {
    const key = name === 'Entity' ? [element('Key', {}, [element('PropertyRef', { Name: member('Id') })])] : [];
    const attributes = {
      Name: local(name),
      BaseType: base === undefined ? undefined : whole(base),
      Abstract: flag(isAbstract),
      OpenType: flag(isOpen),
    };
    const children = [
      ...key,
      ...members.map(property),
      ...links.map(([one, type]) => link(one, type)),
      ...single.map(([one, type]) => singleLink(one, type)),
    ];
    return element(kind === 'entity' ? 'EntityType' : 'ComplexType', attributes, children);
  }

  const enumText = ([name, words]: readonly [string, readonly string[]]) =>
    element(
      'EnumType',
      { Name: local(name) },
      words.map((word, at) => element('Member', { Name: value(word), Value: String(at) })),
    );

  type Parameter = readonly [name: string, type: string];
  function operation(
    kind: 'Action' | 'Function',
    name: string,
    { on, takes = [], returns }: { on: string; takes?: readonly Parameter[]; returns?: string },
  ): string {
    const parameters = [['bindingParameter', on] as const, ...takes].map(([parameter, type]) =>
      element('Parameter', { Name: parameter, Type: type, Nullable: 'false' }),
    );
    const answer = returns === undefined ? [] : [element('ReturnType', { Type: returns, Nullable: 'false' })];
    return element(kind, { Name: member(name), IsBound: 'true' }, [...parameters, ...answer]);
  }

  const mailboxLinks = mailboxSets.map(([name, type]) => link(name, type));
  const userProperties = (isGraph ? graphUserMembers : userMembers).map(property);
  const mailboxType = `${namespace}.${isGraph ? 'outlookUser' : 'User'}`;
  const userType = `${namespace}.${isGraph ? 'user' : 'User'}`;
  const outlook = element('NavigationProperty', { Name: 'outlook', Type: mailboxType, ContainsTarget: 'true' });
  const user = isGraph
    ? [
        element('EntityType', { Name: 'user', BaseType: whole('Entity') }, [...userProperties, outlook]),
        element('EntityType', { Name: 'outlookUser', BaseType: whole('Entity') }, mailboxLinks),
      ]
    : [element('EntityType', { Name: 'User', BaseType: whole('Entity') }, [...userProperties, ...mailboxLinks])];
  const zones = { on: mailboxType, returns: listOf('TimeZoneInformation') };
  const operations = [
    operation('Action', 'Complete', { on: whole('Task'), returns: listOf('Task') }),
    operation('Action', 'CreateUploadSession', {
      on: listOf('Attachment'),
      takes: [['AttachmentItem', whole('AttachmentItem')]],
      returns: whole('UploadSession'),
    }),
    ...(isGraph
      ? [
          operation('Action', 'PermanentDelete', { on: whole('Task') }),
          operation('Action', 'PermanentDelete', { on: whole('TaskFolder') }),
        ]
      : []),
    operation('Function', 'SupportedTimeZones', zones),
    operation('Function', 'SupportedTimeZones', { ...zones, takes: [['TimeZoneStandard', whole('TimeZoneStandard')]] }),
    operation('Function', 'SupportedLanguages', { on: mailboxType, returns: listOf('LocaleInfo') }),
  ];
  const container = element('EntityContainer', { Name: isGraph ? 'GraphService' : 'EntityContainer' }, [
    element('EntitySet', { Name: member('Users'), EntityType: userType }),
    element('Singleton', { Name: member('Me'), Type: userType }),
  ]);

  const schema = element('Schema', { Namespace: namespace, xmlns: 'http://docs.oasis-open.org/odata/ns/edm' }, [
    ...Object.entries(enumerations).map(enumText),
    ...types.map(typeText),
    ...user,
    ...operations,
    container,
  ]);
  const services = element('edmx:DataServices', {}, [schema]);
  const edmx = { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' };
  return `<?xml version="1.0" encoding="utf-8"?>${element('edmx:Edmx', edmx, [services])}`;
}

/** The service document at the root of a dialect. */
export function serviceDocument({ spelling: { member } }: Dialect, rootUrl: string): object {
  return {
    '@odata.context': `${rootUrl}/$metadata`,
    value: [
      { name: member('Users'), kind: 'EntitySet', url: member('Users') },
      { name: member('Me'), kind: 'Singleton', url: member('Me') },
    ],
  };
}
