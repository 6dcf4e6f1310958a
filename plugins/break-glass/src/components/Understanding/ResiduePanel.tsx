import Typography from '@material-ui/core/Typography';
import { ResidueItem } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Nothing, Panel } from '../shared';
import { ResidueLine } from './ResidueLine';

/** What the lease left behind; a reviewer says of each open item that it was removed, or may stay (I14). */
export const ResiduePanel = (props: {
  leaseId: string;
  residue: ResidueItem[];
  /** The viewer may settle items. */
  canSettle: boolean;
  onChanged: () => void;
}) => {
  const { leaseId, residue, canSettle, onChanged } = props;
  const t = useText();
  return (
    <Panel title={t('residue.title')}>
      {residue.length === 0 ? (
        <Nothing title={t('residue.none')} hint={t('residue.noneHint')} />
      ) : (
        <>
          {residue.some(({ state }) => state === 'open') && (
            <Typography variant="body2">{t('residue.hint')}</Typography>
          )}
          <ul
            aria-label={t('residue.title')}
            style={{ listStyle: 'none', margin: 0, padding: 0 }}
          >
            {residue.map(item => (
              <ResidueLine
                key={item.key}
                leaseId={leaseId}
                item={item}
                canSettle={canSettle}
                onChanged={onChanged}
              />
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
};
