import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import { Understanding } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Panel, PeopleText } from '../shared';
import { LackingCalls } from './LackingCalls';
import { Marks } from './Marks';
import { Networks } from './Networks';
import { PermissionsUse } from './PermissionsUse';
import { ServicesTouched } from './ServicesTouched';

/** What was done in one sentence, beside the reason, and what a reviewer should look at. */
export const UnderstandingPanel = (props: {
  understanding: Understanding;
  reason: string;
  onSensitive: () => void;
}) => {
  const { understanding, reason, onSensitive } = props;
  const t = useText();
  return (
    <Panel title={t('understanding.title')}>
      <Grid container spacing={2}>
        <Grid item xs={12} md={7}>
          <Typography
            variant="h6"
            component="p"
            dir="auto"
            style={{ overflowWrap: 'anywhere' }}
          >
            {understanding.sentence}
          </Typography>
        </Grid>
        <Grid item xs={12} md={5}>
          <Typography variant="caption" component="h3" color="textSecondary">
            {t('understanding.reason')}
          </Typography>
          <PeopleText text={reason} />
        </Grid>
      </Grid>
      <Box mt={2}>
        <Marks marks={understanding.marks} onShow={onSensitive} />
        <ServicesTouched services={understanding.services} />
        <LackingCalls lacking={understanding.lacking} />
        <Networks networks={understanding.networks} />
        <PermissionsUse permissions={understanding.permissions} />
      </Box>
    </Panel>
  );
};
