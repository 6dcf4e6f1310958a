import { makeStyles } from '@material-ui/core/styles';
import { Completeness } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useLanguage } from '../../hooks/useLanguage';
import { useText } from '../../translation';
import { Fact, Facts, ForeignText, Instant } from '../shared';
import { byteWords } from './byteWords';

const MANY = 3;

const useStyles = makeStyles(
  theme => ({
    lines: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'BreakGlassCoverage' },
);

/** What the source is, what of it was read, and what it can never see. */
export const Coverage = (props: { completeness: Completeness }) => {
  const { completeness } = props;
  const { source, regions, dataEvents, filesRead, bytesScanned } = completeness;
  const language = useLanguage();
  const t = useText();
  return (
    <Facts wide>
      <Fact name={t('evidence.source')}>{source}</Fact>
      {regions.length > 0 && (
        <Fact name={t('evidence.regions')}>{regions.join(', ')}</Fact>
      )}
      <Fact name={t('evidence.dataEventsName')}>
        {t(`evidence.dataEvents.${dataEvents}`)}
      </Fact>
      {filesRead !== undefined && (
        <Fact name={t('evidence.files')}>
          {new Intl.NumberFormat(language).format(filesRead)}
        </Fact>
      )}
      {bytesScanned !== undefined && (
        <Fact name={t('evidence.bytes')}>
          {byteWords(bytesScanned, language)}
        </Fact>
      )}
      <Looks completeness={completeness} />
      <Lines name={t('evidence.unreadable')} lines={completeness.unreadable} />
      <Lines
        name={t('evidence.blindSpots')}
        lines={completeness.blindSpots}
        open
      />
      <Lines name={t('evidence.notes')} lines={completeness.notes} />
    </Facts>
  );
};

function Looks(props: { completeness: Completeness }) {
  const { lastLookAt, nextLookAt } = props.completeness;
  const t = useText();
  return (
    <>
      {lastLookAt && (
        <Fact name={t('evidence.lastLook')}>
          <Instant at={lastLookAt} />
        </Fact>
      )}
      {nextLookAt && (
        <Fact name={t('evidence.nextLook')}>
          <Instant at={nextLookAt} withClock />
        </Fact>
      )}
    </>
  );
}

/** Sentences about the source; many of them stay folded, unless they matter to every verdict. */
function Lines(props: { name: string; lines: string[]; open?: boolean }) {
  const { name, lines, open } = props;
  const classes = useStyles();
  const t = useText();
  if (lines.length === 0) {
    return null;
  }
  const list: ReactNode = (
    <ul className={classes.lines}>
      {lines.map((line, index) => (
        <li key={index}>
          <ForeignText text={line} />
        </li>
      ))}
    </ul>
  );
  return (
    <Fact name={name}>
      {open || lines.length <= MANY ? (
        list
      ) : (
        <details>
          <summary>{t('evidence.more', { count: lines.length })}</summary>
          {list}
        </details>
      )}
    </Fact>
  );
}
