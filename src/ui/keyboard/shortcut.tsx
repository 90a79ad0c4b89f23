import { isMac, keyNames } from './keyLabels.ts';
import styles from './shortcut.module.css';

export type KeysProps = {
  /** 'Mod+K', 'Shift+Del', or a sequence: 'G T'. */
  keys: string;
  /** On the dark surface of a tooltip or toast. */
  isInverted?: boolean;
  /** Words without caps, as menus print them. */
  isPlain?: boolean;
};

/** Key caps. They repeat what `aria-keyshortcuts` or the menu says, so they are not read out. */
export function Keys({ keys, isInverted = false, isPlain = false }: KeysProps) {
  const look = isPlain ? styles['plain'] : isInverted ? styles['inverted'] : '';
  return (
    <span className={`${styles['keys']} ${look}`} aria-hidden>
      {keyNames(keys, isMac()).map((name, index) =>
        isPlain ? (
          <span key={index}>{name}</span>
        ) : (
          <kbd key={index} className={styles['cap']}>
            {name}
          </kbd>
        ),
      )}
    </span>
  );
}
