import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useText } from '../../translation';
import { BrokerCheckPanel } from './BrokerCheckPanel';
import { HealthParts } from './HealthParts';

/** How everything is that the product depends on, and the check of the broker in all accounts. */
export const HealthPage = () => {
  const t = useText();
  return (
    <>
      <Box mb={2} maxWidth={720}>
        <Typography variant="h6" component="h2">
          {t('health.title')}
        </Typography>
        <Typography variant="body2">{t('health.about')}</Typography>
      </Box>
      <HealthParts />
      <BrokerCheckPanel />
    </>
  );
};
