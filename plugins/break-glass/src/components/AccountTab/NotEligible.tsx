import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { AccountRole } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

/** Why the caller may not use a role, who may, and where to ask for help. */
export const NotEligible = (props: {
  role: AccountRole;
  supportUrl?: string;
}) => {
  const { role, supportUrl } = props;
  const t = useText();
  return (
    <>
      <Typography variant="body2">{t('role.notEligible')}</Typography>
      {role.eligible.reasons.map(reason => (
        <Typography key={reason.code} variant="body2">
          {reason.message}
        </Typography>
      ))}
      <Typography variant="body2" gutterBottom>
        {t('role.whoIs', { people: role.eligiblePeople })}
      </Typography>
      {supportUrl && <Link to={supportUrl}>{t('role.support')}</Link>}
    </>
  );
};
