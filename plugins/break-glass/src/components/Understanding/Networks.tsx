import Typography from '@material-ui/core/Typography';
import { Understanding } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { ForeignText, ToneChip } from '../shared';
import { Section } from './Section';

/** Where the calls came from; networks that this person never used before are marked. */
export const Networks = (props: { networks: Understanding['networks'] }) => {
  const { networks } = props;
  const t = useText();
  return networks.length > 0 ? (
    <Section title={t('understanding.networks')}>
      {networks.map(({ network, events, isNew }) => (
        <Typography key={network} variant="body2" component="div">
          <ForeignText text={network} /> ·{' '}
          {t('understanding.networkEvents', { count: events })}{' '}
          {isNew && (
            <ToneChip tone="waiting" label={t('understanding.networkNew')} />
          )}
        </Typography>
      ))}
    </Section>
  ) : null;
};
