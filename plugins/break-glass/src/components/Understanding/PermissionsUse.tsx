import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Understanding } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { ForeignText } from '../shared';
import { Section } from './Section';

const useStyles = makeStyles(
  theme => ({
    summary: {
      cursor: 'pointer',
      ...theme.typography.body2,
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    list: {
      ...theme.typography.body2,
      margin: theme.spacing(0, 0, 1),
      paddingLeft: theme.spacing(2.5),
    },
  }),
  { name: 'BreakGlassPermissionsUse' },
);

/** Which permissions of the profile were used, which were not, and which cannot be told; folded. */
export const PermissionsUse = (props: {
  permissions: Understanding['permissions'];
}) => {
  const { used, unused, unseen } = props.permissions;
  const classes = useStyles();
  const t = useText();
  if (used.length + unused.length + unseen.length === 0) {
    return null;
  }
  return (
    <Section title={t('understanding.permissions')}>
      <details>
        <summary className={classes.summary}>
          {t('understanding.permissionsCount', {
            used: String(used.length),
            unused: String(unused.length),
            unseen: String(unseen.length),
          })}
        </summary>
        <Permissions title={t('understanding.permissionsUsed')} names={used} />
        <Permissions
          title={t('understanding.permissionsUnused')}
          names={unused}
        />
        <Permissions
          title={t('understanding.permissionsUnseen')}
          names={unseen}
        />
      </details>
    </Section>
  );
};

function Permissions(props: { title: string; names: string[] }) {
  const { title, names } = props;
  const classes = useStyles();
  return names.length > 0 ? (
    <>
      <Typography variant="body2" component="h4">
        {title}
      </Typography>
      <ul className={classes.list}>
        {names.map(name => (
          <li key={name}>
            <ForeignText text={name} />
          </li>
        ))}
      </ul>
    </>
  ) : null;
}
