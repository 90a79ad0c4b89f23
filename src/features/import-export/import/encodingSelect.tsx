import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { MessageDescriptor } from '@lingui/core';
import { textEncodings } from '../../../data/importExport/useImportExport.ts';
import type { TextEncoding } from '../../../data/importExport/useImportExport.ts';
import { Select } from '../../../ui/controls/select.tsx';

/** Named by their letters, and by the names that other programs use. */
const names: Readonly<Record<TextEncoding, MessageDescriptor>> = {
  'utf-8': msg`Unicode (UTF-8)`,
  'windows-1252': msg`Western European (Windows-1252)`,
  'windows-1250': msg`Central European (Windows-1250)`,
  'windows-1251': msg`Cyrillic (Windows-1251)`,
  'koi8-r': msg`Cyrillic (KOI8-R)`,
  'windows-1253': msg`Greek (Windows-1253)`,
  'windows-1254': msg`Turkish (Windows-1254)`,
  'windows-1255': msg`Hebrew (Windows-1255)`,
  'windows-1256': msg`Arabic (Windows-1256)`,
  'windows-1257': msg`Baltic (Windows-1257)`,
  'windows-874': msg`Thai (Windows-874)`,
  macintosh: msg`Western European (Mac OS)`,
  shift_jis: msg`Japanese (Shift_JIS)`,
  'euc-kr': msg`Korean (EUC-KR)`,
  gb18030: msg`Chinese, simplified (GB18030)`,
  big5: msg`Chinese, traditional (Big5)`,
  'utf-16le': msg`Unicode (UTF-16)`,
  'utf-16be': msg`Unicode (UTF-16, big-endian)`,
};
/** UTF-16 is known from the bytes; other files have no text in it. */
const choices = textEncodings.filter((encoding) => !encoding.startsWith('utf-16'));

type Props = { value: TextEncoding; isDisabled: boolean; onChange: (encoding: TextEncoding) => void };

export function EncodingSelect({ value, isDisabled, onChange }: Props) {
  const { t } = useLingui();
  return (
    <Select
      label={t`Encoding`}
      isBoxed
      isDisabled={isDisabled}
      items={choices.map((encoding) => ({ value: encoding, label: t(names[encoding]) }))}
      value={value}
      onChange={onChange}
    />
  );
}
