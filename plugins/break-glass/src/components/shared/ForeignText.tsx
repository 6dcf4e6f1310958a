import { CSSProperties } from 'react';

// Not a class of its own: thousands of these come and go while a timeline is scrolled.
const STYLE: CSSProperties = {
  unicodeBidi: 'isolate',
  overflowWrap: 'anywhere',
};

/**
 * Text that a stranger could have written into a log: shown as text, never as
 * a link or HTML, and unable to turn or push what stands beside it.
 */
export const ForeignText = (props: { text: string }) => (
  <bdi dir="auto" style={STYLE}>
    {props.text}
  </bdi>
);
