import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { UnbrokeredUse } from 'backstage-plugin-break-glass-common';
import { unbrokeredRouteRef } from '../../routes';
import { useText } from '../../translation';
import { ForeignText, Instant, PersonName, RowBox } from '../shared';
import { UseChips } from './UseChips';

/** One unbrokered use in a list: who, what, where, when, its state, and who has to explain it until when. */
export const UnbrokeredRow = (props: { use: UnbrokeredUse }) => {
  const { use } = props;
  const t = useText();
  const route = useRouteRef(unbrokeredRouteRef);
  return (
    <RowBox
      side={
        <>
          <Owner use={use} />
          <LinkButton
            to={route({ id: use.id })}
            role="link"
            variant="outlined"
            color="primary"
            size="small"
            aria-label={t('unbrokered.openUse', { account: use.account.title })}
          >
            {t('unbrokered.open')}
          </LinkButton>
        </>
      }
    >
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
        <Typography variant="subtitle1" component="h3">
          {t(`unbrokered.kind.${use.kind}`)}
          {use.role && `: ${use.role.title}`} · {use.account.title}
        </Typography>
        <UseChips use={use} />
      </Box>
      <Typography variant="body2">
        <ForeignText text={use.emergencyUser ?? use.principal} /> ·{' '}
        <Instant at={use.at} /> ·{' '}
        {t('timeline.events', { count: use.eventCount })}
      </Typography>
      <Typography variant="body2" dir="auto">
        {use.words}
      </Typography>
    </RowBox>
  );
};

function Owner(props: { use: UnbrokeredUse }) {
  const { owner, dueAt } = props.use;
  const t = useText();
  return (
    <Typography variant="body2">
      {t('unbrokered.ownerBy')}{' '}
      {owner ? (
        <PersonName by={owner.ref} displayName={owner.displayName} />
      ) : (
        t('unbrokered.noOwner')
      )}
      {' · '}
      {t('unbrokered.due')} <Instant at={dueAt} />
    </Typography>
  );
}
