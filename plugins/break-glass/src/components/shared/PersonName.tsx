import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { useText } from '../../translation';

/** A person by name, with the full entity reference on hover. `by` may be `system`. */
export const PersonName = (props: { by: string; displayName?: string }) => {
  const t = useText();
  if (props.displayName) {
    return <span title={props.by}>{props.displayName}</span>;
  }
  return isEntityRef(props.by) ? (
    <CatalogName entityRef={props.by} />
  ) : (
    <span>{props.by === 'system' ? t('common.system') : props.by}</span>
  );
};

function CatalogName(props: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(props.entityRef, {
    defaultKind: 'user',
    defaultNamespace: 'default',
  });
  return <span title={props.entityRef}>{primaryTitle}</span>;
}

function isEntityRef(text: string): boolean {
  try {
    parseEntityRef(text);
    return text.includes(':');
  } catch {
    return false;
  }
}
