import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { formatDay, formatEnd } from '../../pieces/format';
import { ProblemNote } from '../../pieces/problem-note';
import { type Place, todayIn } from './calendar-days';

/** The questions that a calendar is asked: when N working days are over, and where a window lands. */
export function CalendarTools({ place }: { readonly place: Place }): ReactElement {
  return (
    <div className="grid">
      <DeadlineTool place={place} />
      <WindowTool place={place} />
    </div>
  );
}

function DeadlineTool({ place: { region, zone } }: { readonly place: Place }): ReactElement {
  const { t } = useTranslation('data');
  const [start, setStart] = useState(todayIn(zone));
  const [count, setCount] = useState('5');
  const ask = useMutation({
    mutationFn: (query: { start: string; workingDays: number }) =>
      // Noon is on that day wherever the company has a site in its zone.
      bodyOf(
        api.GET('/api/v1/calendar/deadline', { params: { query: { ...query, start: `${query.start}T04:00:00.000Z`, region, zone } } }),
      ),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate({ start, workingDays: Number(count) });
  };
  return (
    <form onSubmit={submit}>
      <h3>{t('calendar.deadline')}</h3>
      <div className="filters">
        <div className="field">
          <label htmlFor="tool-start">{t('calendar.start')}</label>
          <input
            id="tool-start"
            type="date"
            required
            className="plain-input"
            value={start}
            onChange={(event) => setStart(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="tool-count">{t('calendar.count')}</label>
          <input
            id="tool-count"
            type="number"
            min={1}
            max={250}
            required
            className="plain-input"
            value={count}
            onChange={(event) => setCount(event.target.value)}
          />
        </div>
        <Button htmlType="submit" loading={ask.isPending} aria-label={`${t('calendar.calculate')}: ${t('calendar.deadline')}`}>
          {t('calendar.calculate')}
        </Button>
      </div>
      <div role="status">
        {ask.data && (
          <>
            <strong>{t('calendar.deadlineIs', { at: formatEnd(ask.data.at) })}</strong>
            <p className="soft">{t('calendar.deadlineWhy', { count: ask.variables.workingDays, zone })}</p>
          </>
        )}
      </div>
      {ask.error instanceof ProblemError && <ProblemNote problem={ask.error.problem} />}
    </form>
  );
}

function WindowTool({ place: { region, zone } }: { readonly place: Place }): ReactElement {
  const { t } = useTranslation('data');
  const [first, setFirst] = useState(todayIn(zone));
  const [last, setLast] = useState(todayIn(zone));
  const ask = useMutation({
    mutationFn: (query: { first: string; last: string }) =>
      bodyOf(api.GET('/api/v1/calendar/window', { params: { query: { ...query, region } } })),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate({ first, last });
  };
  return (
    <form onSubmit={submit}>
      <h3>{t('calendar.window')}</h3>
      <div className="filters">
        <div className="field">
          <label htmlFor="tool-first">{t('calendar.first')}</label>
          <input
            id="tool-first"
            type="date"
            required
            className="plain-input"
            value={first}
            onChange={(event) => setFirst(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="tool-last">{t('calendar.last')}</label>
          <input
            id="tool-last"
            type="date"
            required
            min={first}
            className="plain-input"
            value={last}
            onChange={(event) => setLast(event.target.value)}
          />
        </div>
        <Button htmlType="submit" loading={ask.isPending} aria-label={`${t('calendar.calculate')}: ${t('calendar.window')}`}>
          {t('calendar.calculate')}
        </Button>
      </div>
      <div role="status">
        {ask.data && (
          <>
            <strong>{t('calendar.windowIs', { first: formatDay(ask.data.first), last: formatDay(ask.data.last) })}</strong>
            <p className="soft">
              {ask.data.first === ask.variables.first && ask.data.last === ask.variables.last
                ? t('calendar.windowSame')
                : t('calendar.windowMoved')}
            </p>
          </>
        )}
      </div>
      {ask.error instanceof ProblemError && <ProblemNote problem={ask.error.problem} />}
    </form>
  );
}
