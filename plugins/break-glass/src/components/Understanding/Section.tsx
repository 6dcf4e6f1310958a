import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

/** A part of what was understood, under its heading. */
export const Section = (props: { title: string; children: ReactNode }) => (
  <Box mb={2}>
    <Typography variant="subtitle2" component="h3" gutterBottom>
      {props.title}
    </Typography>
    {props.children}
  </Box>
);
