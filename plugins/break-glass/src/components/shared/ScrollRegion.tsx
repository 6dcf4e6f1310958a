import { ReactNode } from 'react';

/** A named part of a page that scrolls by itself, also by keyboard. */
export const ScrollRegion = (props: {
  label: string;
  className?: string;
  children: ReactNode;
}) => (
  <div
    className={props.className}
    style={{ overflow: 'auto' }}
    role="region"
    aria-label={props.label}
    // What scrolls must be reachable without a mouse.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    tabIndex={0}
  >
    {props.children}
  </div>
);
