import type { SVGProps } from 'react';

/** A closed cloud with a tick inside: at 18 px, a tick in a gap of the outline is illegible. */
export function SyncedIcon(props: SVGProps<SVGSVGElement>) {
  return (
    <svg
      className="lucide"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...props}
    >
      <path d="M17.5 19H9a7 7 0 1 1 6.71-9h1.79a4.5 4.5 0 1 1 0 9Z" />
      <path d="m9.2 13.6 2.3 2.3 4.1-4.3" />
    </svg>
  );
}
