import {
  darken,
  getContrastRatio,
  lighten,
  Theme,
  ThemeProvider,
  useTheme,
} from '@material-ui/core/styles';
import { ReactNode, useMemo } from 'react';

/** Contrast that WCAG 2.1 asks of text at level AA (success criterion 1.4.3). */
const ENOUGH = 4.5;
const STEP = 0.05;
const MAX_STEPS = 20;

/** The portal's theme, with a colour for errors that words can be read in on the portal's surfaces. */
export const ReadableTheme = (props: { children: ReactNode }) => {
  const outer = useTheme();
  const theme = useMemo(() => withReadableErrors(outer), [outer]);
  return <ThemeProvider theme={theme}>{props.children}</ThemeProvider>;
};

function withReadableErrors(theme: Theme): Theme {
  const { error, background } = theme.palette;
  const main = readableOn(
    readableOn(error.main, background.paper),
    background.default,
  );
  return main === error.main
    ? theme
    : {
        ...theme,
        palette: { ...theme.palette, error: { ...error, main } },
      };
}

/** `color`, made as much darker or lighter as text of it needs on `surface`. */
export function readableOn(color: string, surface: string): string {
  const away = getContrastRatio('#fff', surface) < ENOUGH ? darken : lighten;
  for (let step = 0; step <= MAX_STEPS; step += 1) {
    const shade = step === 0 ? color : away(color, step * STEP);
    if (getContrastRatio(shade, surface) >= ENOUGH) {
      return shade;
    }
  }
  return away === darken ? '#000' : '#fff';
}
