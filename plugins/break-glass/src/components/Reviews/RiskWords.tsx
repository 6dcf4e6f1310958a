import Typography from '@material-ui/core/Typography';
import { Risk } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

/** What stands out in the evidence of a lease, in one line; what a reviewer must not miss in bold. */
export const RiskWords = (props: { risk: Risk }) => {
  const { writes, refused, sensitive, residueOpen } = props.risk;
  const t = useText();
  return (
    <Typography variant="body2">
      {t('reviews.risk.writes', { count: writes })}
      {' · '}
      {t('reviews.risk.refused', { number: String(refused) })}
      {' · '}
      <Loud loud={sensitive > 0}>
        {t('reviews.risk.sensitive', { number: String(sensitive) })}
      </Loud>
      {' · '}
      <Loud loud={residueOpen > 0}>
        {t('reviews.risk.residueOpen', { number: String(residueOpen) })}
      </Loud>
    </Typography>
  );
};

function Loud(props: { loud: boolean; children: string }) {
  return props.loud ? <strong>{props.children}</strong> : <>{props.children}</>;
}
