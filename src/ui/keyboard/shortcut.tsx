import { isMac, keyLabels } from './keyLabels.ts';
import styles from './shortcut.module.css';

export type ShortcutProps = {
  /** 'Mod+K', 'Shift+Del', or a sequence: 'G T'. */
  keys: string;
  /** On the dark surface of a tooltip or toast. */
  isInverted?: boolean;
  /** Plain text instead of key caps, as in menus. */
  isPlain?: boolean;
};

/** Key caps. Not announced, because `aria-keyshortcuts` or the menu announces them. */
export function Shortcut({ keys, isInverted = false, isPlain = false }: ShortcutProps) {
  const variant = isPlain ? styles['plain'] : isInverted ? styles['inverted'] : '';
  return (
    <span className={`${styles['keys']} ${variant}`} aria-hidden>
      {keyLabels(keys, isMac()).map((name, index) =>
        isPlain ? (
          <span key={index}>{name}</span>
        ) : (
          <kbd key={index} className={styles['keyCap']}>
            {name}
          </kbd>
        ),
      )}
    </span>
  );
}
