import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ProfileService } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { Text, useText } from '../../translation';
import { CodeBlock } from './CodeBlock';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      padding: theme.spacing(0.75, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'BreakGlassPolicyInWords' },
);

/** A policy by service: what levels of access, on what; the JSON on demand. */
export const PolicyInWords = (props: {
  services: ProfileService[];
  document?: Record<string, unknown>;
  size?: number;
  limit?: number;
}) => {
  const { services, document, size, limit } = props;
  const classes = useStyles();
  const t = useText();
  const [open, setOpen] = useState(false);
  const json = document && JSON.stringify(document, null, 2);
  return (
    <div>
      {services.length === 0 && (
        <Typography variant="body2">{t('request.policyNothing')}</Typography>
      )}
      <ul className={classes.list}>
        {services.map(service => (
          <li
            key={`${service.service} ${service.title}`}
            className={classes.item}
          >
            <ServiceInWords service={service} />
          </li>
        ))}
      </ul>
      {json && (
        <Box mt={1} display="flex" flexWrap="wrap" alignItems="center">
          <Button
            size="small"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? t('request.policyJsonHide') : t('request.policyJson')}
          </Button>
          {open && <CopyButton text={json} />}
          <Box ml={1}>
            <SizeInWords size={size} limit={limit} />
          </Box>
        </Box>
      )}
      {json && open && (
        <CodeBlock label={t('request.previewPolicy')} text={json} />
      )}
    </div>
  );
};

function SizeInWords(props: { size?: number; limit?: number }) {
  const { size, limit } = props;
  const t = useText();
  if (size === undefined) {
    return null;
  }
  return (
    <Typography variant="caption">
      {limit === undefined
        ? t('request.policySizeOnly', { size: String(size) })
        : t('request.policySize', {
            size: String(size),
            limit: String(limit),
          })}
    </Typography>
  );
}

function ServiceInWords(props: { service: ProfileService }) {
  const { title, accessLevels, actions, resources } = props.service;
  const t = useText();
  return (
    <>
      <Typography variant="body2">
        <strong>{title}</strong>
        {': '}
        {accessLevels.map(level => t(`states.accessLevel.${level}`)).join(', ')}
        {actions.length > 0 &&
          ` · ${t('request.actions', { count: actions.length })}`}
      </Typography>
      {resources.length > 0 && (
        <Typography variant="caption" component="p">
          {resourceWords(resources, t)}
        </Typography>
      )}
    </>
  );
}

/** Never says "all" where only some of the actions reach everything. */
function resourceWords(resources: string[], t: Text): string {
  const named = resources.filter(resource => resource !== '*').join(', ');
  if (named === '') {
    return t('request.resourcesAll');
  }
  return resources.includes('*')
    ? t('request.resourcesMixed', { resources: named })
    : t('request.resources', { resources: named });
}
