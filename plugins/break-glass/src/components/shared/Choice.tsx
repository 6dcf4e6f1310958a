import Box from '@material-ui/core/Box';
import Chip from '@material-ui/core/Chip';

/** One of a few values, each a button that says whether it is chosen. */
export function Choice<V extends string>(props: {
  label: string;
  options: { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}) {
  const { label, options, value, onChange } = props;
  return (
    <Box
      display="flex"
      flexWrap="wrap"
      gridGap={8}
      role="group"
      aria-label={label}
    >
      {options.map(option => {
        const chosen = option.value === value;
        return (
          <Chip
            key={option.value}
            component="button"
            type="button"
            clickable
            size="small"
            label={option.label}
            color={chosen ? 'primary' : 'default'}
            variant={chosen ? 'default' : 'outlined'}
            aria-pressed={chosen}
            onClick={() => onChange(option.value)}
          />
        );
      })}
    </Box>
  );
}
