import Typography from '@material-ui/core/Typography';
import { Understanding } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { ForeignText } from '../shared';
import { Section } from './Section';

/** Calls that were refused because the profile lacks them, with the profiles that have them. */
export const LackingCalls = (props: { lacking: Understanding['lacking'] }) => {
  const { lacking } = props;
  const t = useText();
  return lacking.length > 0 ? (
    <Section title={t('understanding.lacking')}>
      {lacking.map(({ action, calls, profiles }) => (
        <Typography key={action} variant="body2">
          <strong>
            <ForeignText text={action} />
          </strong>{' '}
          · {t('understanding.lackingCalls', { count: calls })} ·{' '}
          {profiles.length > 0
            ? t('understanding.lackingProfiles', {
                profiles: profiles.map(({ title }) => title).join(', '),
              })
            : t('understanding.lackingNone')}
        </Typography>
      ))}
    </Section>
  ) : null;
};
