import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useText } from '../../translation';

/** How much of a long list is there, and a way to more without scrolling. */
export const LoadedRows = (props: {
  loaded: number;
  /** Absent where a filter makes the number of all unknown. */
  total?: number;
  list: { hasMore: boolean; loadingMore: boolean; loadMore: () => void };
}) => {
  const { loaded, total, list } = props;
  const t = useText();
  return list.hasMore ? (
    <Box mt={1} display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
      <Typography variant="body2" component="span" role="status">
        {total === undefined
          ? t('timeline.loadedSome', { loaded: String(loaded) })
          : t('timeline.loaded', {
              loaded: String(loaded),
              total: String(total),
            })}
      </Typography>
      <Button size="small" disabled={list.loadingMore} onClick={list.loadMore}>
        {list.loadingMore ? t('common.loading') : t('common.loadMore')}
      </Button>
    </Box>
  ) : null;
};
