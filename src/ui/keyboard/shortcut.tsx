import { isMac, keyLabels } from './keyLabels.ts';
import styles from './shortcut.module.css';

export type ShortcutProps = {
  /** 'Mod+K', 'Shift+Del', or a sequence: 'G T'. */
  keys: string;
  /** On the dark surface of a tooltip or toast. */
  isInverted?: boolean;
  /** Words without caps, as menus print them. */
  isPlain?: boolean;
};

/** Key caps. They repeat what `aria-keyshortcuts` or the menu says, so they are not read out. */
export function Shortcut({ keys, isInverted = false, isPlain = false }: ShortcutProps) {
  const variant = isPlain ? styles['plain'] : isInverted ? styles['inverted'] : '';
  return (
    <span className={`${styles['keys']} ${variant}`} aria-hidden>
      {keyLabels(keys, isMac()).map((name, index) =>
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
