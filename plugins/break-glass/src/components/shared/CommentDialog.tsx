import { RouteInput, RouteName } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { ConfirmDialog } from './ConfirmDialog';

/** Asks for the reason of a change, then makes it by one route. */
export function CommentDialog<N extends RouteName>(props: {
  route: N;
  title: string;
  text: string;
  help?: string;
  confirm: string;
  blocked?: boolean;
  children?: ReactNode;
  inputOf: (comment: string) => RouteInput<N>;
  onClose: () => void;
  /** Called whether or not it worked: the page then shows what is true now. */
  onChanged: () => void;
}) {
  const { route, help, inputOf, onClose, onChanged, ...rest } = props;
  const action = useBreakGlassAction(route);
  return (
    <ConfirmDialog
      {...rest}
      commentRequired
      commentHelp={help}
      busy={action.busy}
      error={action.error}
      onClose={onClose}
      onConfirm={async (comment = '') => {
        const answer = await action.run(inputOf(comment));
        onChanged();
        if (answer) {
          onClose();
        }
      }}
    />
  );
}
