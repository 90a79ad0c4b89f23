import type { DragEvent } from 'react';
import styles from './dragImage.module.css';

/** Sets the drag image: the subject and the number of tasks. */
export function showDragImage(event: DragEvent, subject: string, count: number): void {
  const image = document.createElement('div');
  image.className = styles['image'] ?? '';
  image.setAttribute('aria-hidden', 'true');
  const text = document.createElement('span');
  text.className = styles['text'] ?? '';
  text.textContent = subject;
  image.append(text);
  if (count > 1) {
    const number = document.createElement('span');
    number.className = styles['count'] ?? '';
    number.textContent = String(count);
    image.append(number);
  }
  document.body.append(image);
  event.dataTransfer.setDragImage(image, 16, 20);
  setTimeout(() => image.remove());
}
