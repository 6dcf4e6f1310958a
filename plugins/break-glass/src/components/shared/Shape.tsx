import Box from '@material-ui/core/Box';
import Skeleton from '@material-ui/lab/Skeleton';
import { useText } from '../../translation';

/** Grey boxes in the heights of what is coming, told to screen readers as "Loading". */
export const Shape = (props: { heights: number[] }) => {
  const t = useText();
  return (
    <div role="status" aria-label={t('common.loading')}>
      {props.heights.map((height, index) => (
        <Box key={index} mb={2}>
          <Skeleton variant="rect" height={height} />
        </Box>
      ))}
    </div>
  );
};
