import { Header, Page } from '@backstage/core-components';
import { useText } from '../../translation';
import { BreakGlassRouter } from './BreakGlassRouter';

/** The page "Break Glass" with its header, for portals on the legacy frontend system. */
export const BreakGlassPage = () => {
  const t = useText();
  return (
    <Page themeId="tool">
      <Header title={t('common.title')} />
      <BreakGlassRouter />
    </Page>
  );
};
