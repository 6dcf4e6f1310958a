import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircleOutline';
import UncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import { LeaseStep } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'flex',
      gap: theme.spacing(1),
      padding: theme.spacing(0.75, 0),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'BreakGlassStepsList' },
);

/** The steps of an approval: what each needs, what it has, and who can still give it. */
export const StepsList = (props: {
  steps: LeaseStep[];
  order: 'parallel' | 'sequential';
  /** False once nobody can decide any more: then the candidates say nothing. */
  showCandidates?: boolean;
}) => {
  const { steps, order, showCandidates = true } = props;
  const classes = useStyles();
  const t = useText();
  if (steps.length === 0) {
    return <Typography variant="body2">{t('request.noSteps')}</Typography>;
  }
  return (
    <>
      {order === 'sequential' && steps.length > 1 && (
        <Typography variant="caption">{t('request.sequential')}</Typography>
      )}
      <ul className={classes.list}>
        {steps.map(step => (
          <li key={step.id} className={classes.item}>
            {step.met ? (
              <CheckCircleIcon fontSize="small" aria-hidden />
            ) : (
              <UncheckedIcon fontSize="small" aria-hidden />
            )}
            <div>
              <Typography variant="body2">
                <strong>{step.title}</strong>{' '}
                {step.met
                  ? `(${t('request.stepMet')})`
                  : `(${t('request.stepCount', {
                      approvals: String(step.approvals),
                      needed: String(step.count),
                    })})`}
              </Typography>
              <Typography variant="body2">{step.words}</Typography>
              {showCandidates && !step.met && <Candidates step={step} />}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
};

function Candidates(props: { step: LeaseStep }) {
  const { candidates, candidateCount } = props.step;
  const t = useText();
  if (candidateCount === 0) {
    return (
      <Typography variant="body2" color="error">
        {t('request.nobody')}
      </Typography>
    );
  }
  const more = candidateCount - candidates.length;
  return (
    <Typography variant="body2">
      {t('request.candidates', {
        people: candidates.map(person => person.displayName).join(', '),
      })}
      {more > 0 && ` ${t('request.candidatesMore', { more: String(more) })}`}
    </Typography>
  );
}
