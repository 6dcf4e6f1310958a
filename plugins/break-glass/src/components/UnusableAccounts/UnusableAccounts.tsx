import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { useText } from '../../translation';
import { ListState, Nothing, Rows } from '../shared';
import { UnusableAccountRow } from './UnusableAccountRow';

/** Every account of the catalog that cannot be used, with the reasons and what to do. */
export const UnusableAccounts = () => {
  const t = useText();
  const list = usePagedQuery('listAccounts', { query: { usable: 'false' } });
  return (
    <>
      <Box mb={2} maxWidth={720}>
        <Typography variant="h6" component="h2">
          {t('unusable.title')}
        </Typography>
        <Typography variant="body2">{t('unusable.about')}</Typography>
      </Box>
      <ListState
        list={list}
        empty={
          // A large catalog is looked through in parts.
          list.hasMore ? (
            <Nothing title={t('unusable.noneYet')} />
          ) : (
            <Nothing title={t('unusable.none')} hint={t('unusable.noneHint')} />
          )
        }
      >
        {items => (
          <Rows label={t('unusable.title')}>
            {items.map(account => (
              <UnusableAccountRow key={account.ref} account={account} />
            ))}
          </Rows>
        )}
      </ListState>
    </>
  );
};
