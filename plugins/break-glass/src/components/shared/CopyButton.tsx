import Button from '@material-ui/core/Button';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useEffect, useState } from 'react';
import { useText } from '../../translation';

const SHOWN_MS = 2_000;

/** Copies text, and says whether that worked. */
export const CopyButton = (props: {
  text: string;
  /** Name for screen readers where "Copy" is not enough. */
  label?: string;
  variant?: 'text' | 'contained';
}) => {
  const t = useText();
  const [result, setResult] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (result !== 'copied') {
      return undefined;
    }
    const timer = setTimeout(() => setResult(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setResult('copied');
    } catch {
      setResult('failed');
    }
  };
  return (
    <>
      <Button
        size="small"
        variant={props.variant ?? 'text'}
        color={props.variant === 'contained' ? 'primary' : 'default'}
        startIcon={<FileCopyIcon fontSize="small" />}
        onClick={copy}
        aria-label={props.label}
      >
        {result === 'copied' ? t('common.copied') : t('common.copy')}
      </Button>
      <span role="status">
        {result === 'failed' ? t('common.copyFailed') : ''}
      </span>
    </>
  );
};
