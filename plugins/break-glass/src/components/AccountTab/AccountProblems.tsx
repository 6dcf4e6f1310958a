import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { AccountProblem } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

/** Why an account cannot be used, and who can fix it. */
export const AccountProblems = (props: { problems: AccountProblem[] }) => {
  const t = useText();
  return (
    <Alert severity="error" role="alert">
      <AlertTitle>{t('account.problems')}</AlertTitle>
      {props.problems.map(problem => (
        <div key={`${problem.code} ${problem.message}`}>
          <Typography variant="body2">{problem.message}</Typography>
          <Typography variant="body2" gutterBottom>
            {t('account.fix', { fix: problem.fix })}
          </Typography>
        </div>
      ))}
    </Alert>
  );
};
