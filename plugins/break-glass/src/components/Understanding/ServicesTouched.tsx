import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Understanding } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { ForeignText, ScrollRegion, ToneChip } from '../shared';
import { Section } from './Section';

const useStyles = makeStyles(
  theme => ({
    table: {
      borderCollapse: 'collapse',
      ...theme.typography.body2,
      '& th, & td': {
        padding: theme.spacing(0.5, 1.5, 0.5, 0),
        textAlign: 'right',
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& th:first-child, & td:first-child': { textAlign: 'left' },
    },
  }),
  { name: 'BreakGlassServicesTouched' },
);

/** Each service with its calls; those that the profile does not name are marked. */
export const ServicesTouched = (props: {
  services: Understanding['services'];
}) => {
  const { services } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <Section title={t('understanding.services')}>
      {services.length === 0 ? (
        <Typography variant="body2">{t('understanding.noServices')}</Typography>
      ) : (
        <ScrollRegion label={t('understanding.services')}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('understanding.service')}</th>
                <th scope="col">{t('understanding.calls')}</th>
                <th scope="col">{t('understanding.writes')}</th>
                <th scope="col">{t('understanding.refused')}</th>
                <th scope="col">{t('understanding.sensitive')}</th>
              </tr>
            </thead>
            <tbody>
              {services.map(row => (
                <tr key={row.service}>
                  <td>
                    <ForeignText text={row.service} />{' '}
                    {!row.inProfile && (
                      <ToneChip
                        tone="bad"
                        label={t('understanding.notInProfile')}
                      />
                    )}
                  </td>
                  <td>{row.events}</td>
                  <td>{row.writes}</td>
                  <td>{row.refused}</td>
                  <td>{row.sensitive}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Section>
  );
};
