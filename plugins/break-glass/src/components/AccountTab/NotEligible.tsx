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
  const { reasons } = role.eligible;
  const told = reasons.some(({ message }) =>
    message.includes(role.eligiblePeople),
  );
  return (
    <>
      {reasons.length === 0 && (
        <Typography variant="body2">{t('role.notEligible')}</Typography>
      )}
      {reasons.map(reason => (
        <Typography key={reason.code} variant="body2">
          {reason.message}
        </Typography>
      ))}
      {!told && (
        <Typography variant="body2">
          {t('role.whoIs', { people: role.eligiblePeople })}
        </Typography>
      )}
      {supportUrl && <Link to={supportUrl}>{t('role.support')}</Link>}
    </>
  );
};
