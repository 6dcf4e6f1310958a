import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { useText } from '../../translation';
import { ErrorState } from './ErrorState';

/** Asks for the next page of a list, where there is one; says when the last fetch failed. */
export const LoadMore = (props: {
  list: {
    hasMore: boolean;
    loadingMore: boolean;
    loadMore: () => void;
    error?: unknown;
    refetch: () => void;
  };
}) => {
  const { list } = props;
  const t = useText();
  return (
    <>
      {list.error !== undefined && (
        <Box mt={2}>
          <ErrorState error={list.error} onRetry={list.refetch} />
        </Box>
      )}
      {list.hasMore && (
        <Box mt={2} textAlign="center">
          <Button onClick={list.loadMore} disabled={list.loadingMore}>
            {t('common.loadMore')}
          </Button>
        </Box>
      )}
    </>
  );
};
