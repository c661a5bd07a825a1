import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Slider } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { formatInstant } from '../../pieces/format';
import { fieldTime, instantOf } from '../../pieces/moment';
import { Panel } from '../../pieces/page';
import { entryQuery, type LogHead, logQuery } from './audit-queries';
import { isBeyond, momentOf, positionProblem } from './moments';

const route = getRouteApi('/frame/audit');
const POSITION = /^\d+$/;

/** The moment that timelines are shown as of: a slider over the whole log, or a position, or a time. */
export function AsOfBar(): ReactElement {
  const { t } = useTranslation('audit');
  const query = useQuery(logQuery);
  return (
    <Panel title={t('log.title')}>
      <Answer query={query} lines={2}>
        {(log) => (log.position === 0 ? <p className="soft">{t('log.empty')}</p> : <Moment log={log} />)}
      </Answer>
    </Panel>
  );
}

function Moment({ log }: { readonly log: LogHead }): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { asOf } = route.useSearch();
  const moment = momentOf(asOf);
  const beyond = isBeyond(moment, log.position);
  const [sliding, setSliding] = useState<number | undefined>(undefined);
  const shown = sliding ?? (typeof moment === 'number' ? Math.min(Math.max(moment, 1), log.position) : log.position);
  const entry = useQuery({ ...entryQuery(shown), enabled: sliding === undefined }).data;
  const choose = (next: string | undefined): void => change({ asOf: next, before: undefined });
  const words =
    moment === undefined || beyond
      ? t('log.isNow')
      : typeof moment === 'number'
        ? t('log.asOf', { position: moment })
        : t('log.asOfTime', { time: formatInstant(moment, { seconds: true }) });
  return (
    <div className="stack">
      <p className="soft">
        {t('log.head', {
          position: log.position,
          first: log.firstRecordedAt === null ? '–' : formatInstant(log.firstRecordedAt, { seconds: true }),
          last: log.lastRecordedAt === null ? '–' : formatInstant(log.lastRecordedAt, { seconds: true }),
        })}
      </p>
      <Slider
        min={1}
        max={log.position}
        value={shown}
        onChange={setSliding}
        onChangeComplete={(position) => {
          setSliding(undefined);
          choose(position === log.position ? undefined : String(position));
        }}
        ariaLabelForHandle={t('log.slider')}
        tooltip={{ formatter: (position) => position }}
      />
      <div className="row">
        <strong role="status">{words}</strong>
        {entry && (
          <span>
            {t('log.at', { position: entry.position, time: formatInstant(entry.recordedAt, { seconds: true }), what: entry.what })}{' '}
            <code className="soft">{entry.type}</code>
          </span>
        )}
      </div>
      {beyond && (
        <p className="note warn" role="alert">
          {t('log.beyond', { position: moment ?? 0, last: log.position })}
        </p>
      )}
      <Written key={asOf ?? ''} asOf={asOf} last={log.position} onChoose={choose} />
      <p className="soft">{t('log.note')}</p>
    </div>
  );
}

/**
 * The same moment by writing it: a position or a time of the company's zone. Taken when it is finished, by leaving the fields or
 * by sending them: each moment that is chosen may be a look that the log keeps.
 */
function Written({
  asOf,
  last,
  onChoose,
}: {
  readonly asOf: string | undefined;
  readonly last: number;
  readonly onChoose: (asOf: string | undefined) => void;
}): ReactElement {
  const { t } = useTranslation('audit');
  const isPosition = asOf !== undefined && POSITION.test(asOf);
  const shown = { position: isPosition ? asOf : '', time: isPosition || asOf === undefined ? '' : fieldTime(asOf) };
  const [position, setPosition] = useState(shown.position);
  const [time, setTime] = useState(shown.time);
  const [positionId, timeId, whyId] = [useId(), useId(), useId()];
  const problem = position.trim() === '' ? undefined : positionProblem(position, last);
  const written =
    problem !== undefined
      ? undefined
      : position !== shown.position && position.trim() !== ''
        ? position.trim()
        : time !== shown.time && time !== ''
          ? instantOf(time)
          : undefined;
  const take = (): void => {
    if (written !== undefined) onChoose(written);
  };
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) take();
      }}
    >
      <label htmlFor={positionId}>{t('log.position')}</label>
      <input
        id={positionId}
        className="plain-input"
        style={{ width: 110 }}
        inputMode="numeric"
        value={position}
        aria-invalid={problem !== undefined}
        aria-describedby={whyId}
        onChange={(event) => setPosition(event.target.value)}
      />
      <label htmlFor={timeId}>{t('log.time')}</label>
      <input
        id={timeId}
        className="plain-input"
        style={{ width: 220 }}
        type="datetime-local"
        value={time}
        onChange={(event) => setTime(event.target.value)}
      />
      <Button htmlType="submit" disabled={written === undefined} aria-describedby={whyId}>
        {t('log.take')}
      </Button>
      {asOf !== undefined && <Button onClick={() => onChoose(undefined)}>{t('log.now')}</Button>}
      <span id={whyId} className="soft" role="status">
        {written === undefined && (problem !== undefined || asOf === undefined) && t(`log.problem.${problem ?? 'none'}`, { last })}
      </span>
    </form>
  );
}
